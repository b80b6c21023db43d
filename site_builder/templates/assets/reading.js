// How a reader wants to read: in large type, on and off by a button; by day or by night, as chosen on a page of the theme.
// Both are remembered for the next page and the next day.
(() => {
  "use strict";
  const KEY = "large-type";
  const page = document.documentElement;

  // Where the browser denies its storage, the choice holds for this page.
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  const remembered = () => stored(KEY) === "on";

  function remember(on) {
    try {
      if (on) localStorage.setItem(KEY, "on");
      else localStorage.removeItem(KEY);
    } catch {
      // denied or full
    }
  }

  function show(on) {
    page.classList.toggle("large", on);
    for (const button of document.querySelectorAll("[data-large-type]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", on);
    }
  }

  // Material keeps the choice as JSON under the site's own path, with the media query of a system left to choose; its pages
  // follow it by themselves. A page with a style of its own has one rule for night, which then holds always or never.
  function followDayOrNight() {
    const style = document.querySelector("style");
    const chosen = /prefers-color-scheme: (light|dark)/.exec(stored(`${new URL("..", location).pathname}.__palette`));
    if (!style || !chosen) return;
    page.style.colorScheme = chosen[1];
    for (const { media } of style.sheet.cssRules) {
      if (media && media.mediaText.includes("prefers-color-scheme")) media.mediaText = chosen[1] === "dark" ? "screen" : "not all";
    }
  }

  function start() {
    show(remembered());
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-large-type]")) return;
      const on = !page.classList.contains("large");
      remember(on);
      show(on);
    });
  }

  followDayOrNight();
  page.classList.toggle("large", remembered()); // before the first paint, where the page waits for this script
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
