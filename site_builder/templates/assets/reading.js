// How a reader wants to read: in large type, by day or by night. Both are remembered for the next page and the next day.
// Large type brings the voice along; what is folded opens for the address that names it, and for paper.
(() => {
  "use strict";
  const page = document.documentElement;
  const LARGE = "large-type";
  const NIGHT = "night";
  const NIGHTS = ["", "night", "day"]; // as the system has it, or as chosen
  const voice = new URL("aloud.js", document.currentScript.src).href;

  // Where the browser denies its storage, a choice holds for this page.
  const chosen = {};
  function stored(key) {
    try {
      return localStorage.getItem(key) || "";
    } catch (denied) {
      return chosen[key] || "";
    }
  }

  function remember(key, value) {
    chosen[key] = value;
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch (denied) {
      // or full
    }
  }

  function show() {
    const large = stored(LARGE) === "on";
    const night = NIGHTS.includes(stored(NIGHT)) ? stored(NIGHT) : "";
    page.classList.toggle("large", large);
    page.classList.toggle("night", night === "night");
    page.classList.toggle("day", night === "day");
    for (const button of document.querySelectorAll("[data-large-type]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", large);
    }
    for (const button of document.querySelectorAll("[data-night]")) {
      button.dataset.night = button.dataset.night || button.textContent;
      button.textContent = button.dataset.night.split("|")[NIGHTS.indexOf(night)];
      button.hidden = false;
    }
    if (large && document.body && !document.querySelector("script[src$='/aloud.js']")) {
      document.body.appendChild(document.createElement("script")).src = voice;
    }
  }

  function pressed(event) {
    const button = event.target.closest("[data-large-type], [data-night]");
    if (!button) return;
    if (button.hasAttribute("data-large-type")) remember(LARGE, stored(LARGE) ? "" : "on");
    else remember(NIGHT, NIGHTS[(NIGHTS.indexOf(stored(NIGHT)) + 1) % NIGHTS.length]);
    show();
  }

  function unfold() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let fold = named && named.closest("details");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    named.scrollIntoView();
  }

  function start() {
    show();
    unfold();
    document.addEventListener("click", pressed);
    window.addEventListener("hashchange", unfold);
    let folded = [];
    window.addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll("main details:not([open])")];
      for (const fold of folded) fold.open = true;
    });
    window.addEventListener("afterprint", () => folded.forEach((fold) => (fold.open = false)));
  }

  // WeChat shows the first picture of a page beside a shared link: there, and only there, it is put first.
  window.addEventListener("load", () => {
    const shown = document.querySelector("meta[property='og:image']");
    if (!shown || !/MicroMessenger/i.test(navigator.userAgent)) return;
    const first = document.createElement("div");
    first.className = "unseen";
    first.setAttribute("aria-hidden", "true");
    first.appendChild(document.createElement("img")).src = shown.content;
    document.body.insertBefore(first, document.body.firstChild);
  });

  show(); // before the first paint, where the page waits for this script
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
