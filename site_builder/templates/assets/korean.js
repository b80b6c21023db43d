// On a Korean page the search leads on to Korean pages, where there are any: those of the counties that the page names.
(() => {
  "use strict";
  const box = document.querySelector("[data-korean]");
  const list = document.getElementById("find-results");
  if (!box || !list) return;
  const counties = box.dataset.korean.split(" ");

  function lead(link) {
    const [, kind, code] = /([a-z]+)\/(\d{6}\d*)\.html$/.exec(link.pathname) || [];
    if (!code || !counties.includes(code.slice(0, 6)) || link.dataset.led) return;
    link.dataset.led = "yes";
    if (kind === "villages") link.href = link.href.replace(/villages\/\d+\.html$/, "ko/$&");
    if (kind === "counties") link.href = `${box.dataset.places}#c${code}`;
  }

  new MutationObserver(() => list.querySelectorAll("a").forEach(lead)).observe(list, { childList: true, subtree: true });
})();
