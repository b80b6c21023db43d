// Find my village: as the reader types, list the villages whose name, township, county or liaison fits every word.
(() => {
  "use strict";
  const box = document.querySelector("[data-find]");
  if (!box) return;
  const words = box.dataset;
  const input = box.querySelector("input");
  const state = box.querySelector("[role=status]");
  const list = box.querySelector("ul");
  const MOST = 20;
  let loading = null;
  box.hidden = false;

  // A script rather than a fetched file, because fetch is refused when the page is opened from a disk.
  function load() {
    loading = loading || new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${words.root}assets/villages.js`;
      script.onload = () => resolve(window.campaignVillages);
      script.onerror = () => {
        loading = null; // so that the next letter asks again
        resolve(null);
      };
      document.head.append(script);
    });
    return loading;
  }

  // Lower is nearer; 0 is no match. Words run together, such as county and village, match in their order.
  function distance(part, [, name, township, county, liaison], counties) {
    if (name.startsWith(part)) return 1;
    if (name.includes(part) || liaison.includes(part)) return 2;
    const place = counties[county] + township + name;
    if (place.includes(part)) return 3;
    let from = 0;
    return [...part].every((letter) => (from = place.indexOf(letter, from) + 1)) ? 4 : 0;
  }

  function matches(index, query) {
    const parts = query.normalize("NFKC").trim().split(/\s+/);
    const scored = [];
    for (const village of index.villages) {
      const distances = parts.map((part) => distance(part, village, index.counties));
      if (!distances.includes(0)) scored.push([Math.max(...distances), village]);
    }
    const near = scored.filter(([far]) => far < 4);
    const shown = near.length ? near : scored;
    shown.sort((one, other) => one[0] - other[0]); // a stable sort: equals stay in the order of their codes
    return shown.map(([, village]) => village);
  }

  function item(index, [code, name, township, county, liaison]) {
    const link = document.createElement("a");
    link.href = `${words.root}villages/${code}.html`;
    const place = document.createElement("small");
    place.textContent = ` ${index.counties[county]} ${township} ${liaison}`;
    link.append(name, place);
    const row = document.createElement("li");
    row.append(link);
    return row;
  }

  async function show() {
    const query = input.value.trim();
    const index = query && (await load());
    if (query !== input.value.trim()) return; // the reader has typed on
    const found = index ? matches(index, query) : [];
    list.textContent = "";
    list.append(...found.slice(0, MOST).map((village) => item(index, village)));
    state.textContent = query && (index ? sentence(found.length) : words.failed);
  }

  function sentence(count) {
    if (count === 0) return words.none;
    return (count > MOST ? words.many : words.count).replace("{count}", count);
  }

  input.addEventListener("keydown", (event) => {
    const only = list.children.length === 1 && list.querySelector("a");
    if (event.key === "Enter" && !event.isComposing && only) only.click();
  });
  input.addEventListener("focus", load, { once: true });
  // While an input method is composing, the box holds letters that are not yet the reader's words.
  input.addEventListener("input", (event) => event.isComposing || show());
  input.addEventListener("compositionend", show);
})();
