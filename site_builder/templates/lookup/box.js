// The find box: a combobox whose list shows what fits as the reader types (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
(() => {
  "use strict";
  const box = window.document && document.querySelector("[data-find]");
  if (!box) return;
  const words = box.dataset;
  const input = box.querySelector("input");
  const state = box.querySelector("[role=status]");
  const list = box.querySelector("[role=listbox]");
  const MOST = 50;
  const PAUSE = 400; // milliseconds without a letter, after which slips are looked for too
  const asked = new Map();
  const given = inPage();
  let waiting = 0;
  let active = null;
  let listed = { typed: "", codes: "" }; // the text whose results are listed, and which they are
  // Whoever comes to this page came to search. The box is shown once the first county was looked up by its name and listed;
  // where that fails the lists of counties stand alone: a box at which nothing happens would be worse.
  load("index").then((index) => {
    const [[, , [[, name]]]] = index.prefectures;
    refill(list, larger(index, name).slice(0, 1).map((place) => option(place, 0, false)));
    if (!list.firstChild) return;
    refill(list, []);
    box.hidden = false;
    engine(); // so that it is there when somebody has typed
    load("more");
    if (history.state && history.state.find) input.value = history.state.find; // the reader has come back
    if (input.value) typed();
  });

  // Not by replaceChildren, which browsers of before 2020 do not know.
  function refill(element, children) {
    element.textContent = "";
    element.append(...children);
  }

  // A script rather than a fetched file, because fetch is refused when the page is opened from a disk. result: gives what
  // the script has set; null where it does not come.
  function script(path, result) {
    if (!asked.has(path)) {
      asked.set(path, new Promise((resolve) => {
        const element = document.createElement("script");
        element.src = `${words.root}assets/${path}`;
        element.onload = () => resolve(result() || null);
        element.onerror = () => {
          asked.delete(path); // so that the next letter asks again
          resolve(null);
        };
        document.head.append(element);
      }));
    }
    return asked.get(path);
  }

  // What every lookup needs stands in the page itself, where the build has put it and it has come whole.
  function inPage() {
    const block = document.querySelector("script[data-names]");
    try {
      return block ? JSON.parse(block.textContent) : {};
    } catch (error) {
      return {};
    }
  }

  function load(name) {
    return given[name] ? Promise.resolve(given[name]) : script(`lookup/${name}.js`, () => window.campaignNames[name]);
  }

  function engine() {
    return script("search.js", () => window.campaignLookup && window.campaignLookup.searcher(load));
  }

  function counties({ prefectures }) {
    return [].concat(...prefectures.map(([above, prefecture, inside]) =>
      inside.map(([rest, name, bare]) => ({ kind: "county", code: above + rest, name, prefecture, bare }))));
  }

  // The counties whose names begin with a text: what is at hand before the whole search is.
  function larger(index, text) {
    return counties(index).filter(({ name, bare }) => !bare && name.startsWith(text.replace(/\s/g, "")));
  }

  // The villages of a county that is named are asked for at once, and need not wait for the search.
  function askAhead(text) {
    load("index").then((index) => {
      const named = index && counties(index).find(({ name }) => name.length > 2 && text.includes(name.slice(0, -1)));
      if (named) load(`names-${named.code}`);
    });
  }

  // What the whole search finds; where it does not come, at least the counties and prefectures.
  async function search(text, patient) {
    const whole = await engine();
    const answer = whole && await whole(text, patient);
    if (answer) return answer;
    const found = larger(await load("index"), text);
    return found.length ? { found, partial: false, slipped: false, near: [] } : null;
  }

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // Where the pages stand is filled in when this script is put together.
  const address = {
    village: ({ code }) => `ADDRESS_OF_VILLAGE`,
    liaison: ({ code }) => `ADDRESS_OF_VILLAGE`,
    township: ({ code }) => `ADDRESS_OF_COUNTY_OF_TOWNSHIP#t${code}`,
    county: ({ code }) => `ADDRESS_OF_COUNTY`,
    prefecture: ({ code }) => `ADDRESS_OF_PREFECTURE`,
    unlisted: ({ code, bare }) => (bare ? `ADDRESS_OF_APPLYING#where` : `ADDRESS_OF_COUNTY_OF_TOWNSHIP#unlisted`),
    page: ({ code }) => code,
    sheet: ({ code }) => `ADDRESS_OF_VILLAGE#check`,
  };

  const wider = {
    village: ({ county, township }) => `${county} ${township}`,
    liaison: ({ county, township }) => `${county} ${township}`,
    township: ({ county }) => county,
    county: ({ prefecture }) => prefecture,
    prefecture: () => "",
    unlisted: ({ county, township, name }) => (township === name ? county : `${county} ${township}`),
    page: ({ heading }) => heading,
    sheet: ({ county, township }) => `${county} ${township}`,
  };

  // What a result is. A page that people have words for is something to be done, another only says something.
  function aboutOf({ kind, liaison, long }) {
    if (kind === "page") return long ? list.dataset.task : words.page;
    return words[kind] || list.dataset[kind] || (liaison ? words.serving : list.dataset.vacant);
  }

  // A line of the list: the name, where it lies, and for a village who serves there, for others what kind of place it is.
  function option(found, number, isNear) {
    const link = document.createElement("a");
    link.href = (words.root || "./") + address[found.kind](found);
    link.id = `find-option-${number}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    const about = aboutOf(found);
    const parts = [["b", found.name], ["small", wider[found.kind](found)], ["span", about && filled(about, found)]];
    if (isNear) {
      link.dataset.near = "";
      parts.unshift(["em", words.near]);
    }
    for (const [tag, text] of parts.filter(([, text]) => text)) {
      const part = document.createElement(tag);
      part.textContent = text;
      link.append(part, " ");
    }
    return link;
  }

  function choose(link) {
    if (active) active.setAttribute("aria-selected", "false");
    active = link;
    if (!link) return input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    link.scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", link.id);
  }

  const codesOf = (found) => found.map(({ code }) => code).join();

  function fill(found, sentence) {
    choose(null);
    listed = { typed: input.value, codes: codesOf(found) };
    refill(list, found.slice(0, MOST).map((place, number) => option(place, number, false)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    state.textContent = sentence;
    reveal();
  }

  // Above the keyboard of a phone there is little room: where the first result is not in it, the box moves to its top.
  function reveal() {
    const room = window.visualViewport ? window.visualViewport.height : window.innerHeight;
    if (list.firstChild && list.firstChild.getBoundingClientRect().bottom > room) input.scrollIntoView({ block: "start" });
  }

  function sentence({ found, partial, slipped }) {
    if (!found.length) return partial || [...input.value.trim()].length === 1 ? words.short : words.none;
    const text = slipped ? words.alike : found.length > MOST ? words.many : partial ? words.partial : words.count;
    return filled(text, { count: found.length, most: MOST });
  }

  // At once what fits; after a pause what fits nearly.
  async function show(patient) {
    const typed = input.value;
    const text = typed.trim();
    if (!text) return fill([], "");
    const answer = await search(text, patient);
    if (typed !== input.value) return null; // the reader has typed on
    if (!answer) return fill([], words.failed);
    if (!patient) waiting = setTimeout(show, PAUSE, true);
    return patient || answer.found.length ? present(answer) : fill([], "");
  }

  // What is listed already stays where it is, since somebody may be about to tap it; what is near comes below.
  function present({ found, near, ...rest }) {
    const isListed = !list.hidden && listed.typed === input.value && listed.codes === codesOf(found);
    if (!isListed) fill(found, sentence({ found, ...rest }));
    const place = list.children.length;
    const shown = near.slice(0, MOST - place);
    list.append(...shown.map((one, number) => option(one, place + number, true)));
    if (shown.length) state.textContent += filled(words.beside, { count: shown.length });
  }

  function typed() {
    clearTimeout(waiting);
    history.replaceState({ ...history.state, find: input.value }, "");
    askAhead(input.value);
    show(false);
  }

  const isOnly = ({ nextSibling }) => !nextSibling || "near" in nextSibling.dataset;
  const keys = {
    ArrowDown: () => choose(active ? active.nextSibling || list.firstChild : list.firstChild),
    ArrowUp: () => choose(active ? active.previousSibling || list.lastChild : list.lastChild),
    Escape: () => {
      clearTimeout(waiting);
      fill([], "");
    },
    Enter: () => (active || isOnly(list.firstChild) ? (active || list.firstChild).click() : choose(list.firstChild)),
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden || listed.typed !== input.value || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // While an input method is composing, the box holds letters that are not yet the reader's words.
  input.addEventListener("input", (event) => event.isComposing || typed());
  input.addEventListener("compositionend", typed);
})();
