// Asks for what the find box needs next, so that it comes right behind what the box is shown with and not beside it.
(() => {
  "use strict";
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  for (const path of ["search.js", "lookup/more.js"]) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = folder + path;
    document.head.append(link);
  }
})();
