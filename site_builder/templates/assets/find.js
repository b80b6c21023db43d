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

  input.addEventListener("focus", load, { once: true });
  // While an input method is composing, the box holds letters that are not yet the reader's words.
  input.addEventListener("input", (event) => event.isComposing || show());
  input.addEventListener("compositionend", show);
})();
