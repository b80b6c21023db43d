// On a Korean page the search leads on to Korean pages, where there are any: those of the counties that the page names.
(() => {
  "use strict";
  const box = document.querySelector("[data-korean]");
  const list = document.getElementById("find-results");
  if (!box || !list) return;
  const counties = box.dataset.korean.split(" ");

  function lead(link) {
    const [, kind, code] = /\/(villages|counties)\/(\d{6}\d*)\.html/.exec(link.pathname) || [];
    if (!code || !counties.includes(code.slice(0, 6)) || link.dataset.korean) return;
    link.dataset.korean = "yes";
    const page = kind === "villages" ? `villages/${code}.html` : `find/index.html#c${code}`;
    link.href = `${box.dataset.root}ko/${page}`;
  }

  new MutationObserver(() => list.querySelectorAll("a").forEach(lead)).observe(list, { childList: true, subtree: true });
})();
