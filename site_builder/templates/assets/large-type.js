// Large type for people who see badly: on and off by a button, remembered for the next page and the next day.
(() => {
  "use strict";
  const KEY = "large-type";
  const page = document.documentElement;

  // Where the browser denies its storage, the choice holds for this page.
  function remembered() {
    try {
      return localStorage.getItem(KEY) === "on";
    } catch {
      return false;
    }
  }

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

  function start() {
    show(remembered());
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-large-type]")) return;
      const on = !page.classList.contains("large");
      remember(on);
      show(on);
    });
  }

  page.classList.toggle("large", remembered()); // before the first paint, where the page waits for this script
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
