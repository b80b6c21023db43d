// Find my village: as the reader types, list the villages whose name, township, county or liaison holds every word.
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
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${words.root}assets/villages.js`;
      script.onload = () => resolve(window.campaignVillages);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  function matches(index, query) {
    const parts = query.normalize("NFKC").trim().split(/\s+/);
    return index.villages.filter(([, name, township, county, liaison]) => {
      const text = `${index.counties[county]} ${township} ${name} ${liaison}`;
      return parts.every((part) => text.includes(part));
    });
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
    if (!query) {
      list.replaceChildren();
      state.textContent = "";
      return;
    }
    const index = await load();
    if (query !== input.value.trim()) return;
    const found = matches(index, query);
    list.replaceChildren(...found.slice(0, MOST).map((village) => item(index, village)));
    const sentence = found.length === 0 ? words.none : found.length > MOST ? words.many : words.count;
    state.textContent = sentence.replace("{count}", found.length);
  }

  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", show);
})();
