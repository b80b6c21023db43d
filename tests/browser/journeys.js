// Journeys of a visitor through one page, taken by the page itself: old engines obey no driver of today. Which one stands
// behind "#journey=". How it ended, and every fault of the page's scripts, is said to the server.
(function () {
  "use strict";
  const mark = "#journey=";
  if (location.hash.indexOf(mark) !== 0) return;
  const given = JSON.parse(decodeURIComponent(location.hash.slice(mark.length)));
  const faults = [];
  window.addEventListener("error", (event) => faults.push(String(event.message)));
  window.addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));

  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const isSeen = (element) => Boolean(element) && element.getClientRects().length > 0;

  // Until something holds; what never does is given up after a minute, and says so.
  function until(holds) {
    return new Promise((resolve, reject) => {
      let rounds = 0;
      (function look() {
        const found = holds();
        if (found) return resolve(found);
        rounds += 1;
        return rounds > 1200 ? reject(new Error("never: " + holds)) : setTimeout(look, 50);
      })();
    });
  }

  function type(input, words) {
    input.value = words;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const colour = (element) => getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number);
  // The ground on which an element stands: its own, or that of what it stands in; none is white.
  function ground(element) {
    for (let each = element; each; each = each.parentElement) {
      const [red, green, blue, opacity] = colour(each);
      if (opacity !== 0) return [red, green, blue];
    }
    return [255, 255, 255];
  }

  const journeys = {
    async look() {
      return { title: text(one("h1")), ground: ground(one("h1")), wide: document.documentElement.scrollWidth };
    },
    async find() {
      await until(() => isSeen(one("[data-find]")));
      type(one("#find-input"), given.words);
      const results = await until(() => isSeen(one("#find-results a")) && all("#find-results a"));
      const leads = results.map((result) => result.getAttribute("href"));
      return { first: text(results[0]), leads: leads[0], all: leads, state: text(one(".find-state")) };
    },
    async compare() {
      await until(() => isSeen(one("#paper")));
      one("#paper").value = given.code;
      one("[data-compare] form button").click();
      await until(() => text(one("#check [role=status]")));
      const answer = text(one("#check [role=status]"));
      type(one("#paper"), "A");
      return { answer, afterwards: text(one("#check [role=status]")) };
    },
    async map() {
      const figure = await until(() => one(".county-map[data-state]"));
      const list = figure.querySelector("select");
      const legend = () => text(figure.querySelector(".county-map-panel:not([hidden])"));
      const before = legend();
      list.selectedIndex = list.options.length - 1;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      await until(() => legend() !== before);
      return { before, after: legend() };
    },
    async table() {
      const rows = () => all("table[data-county-table] tr[data-county]").map((row) => row.dataset.county);
      const head = await until(() => one("table[data-county-table] th.number button"));
      const before = rows();
      head.click();
      await until(() => head.parentElement.getAttribute("aria-sort"));
      return { before, after: rows() };
    },
    async large() {
      const size = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
      const before = size();
      (await until(() => isSeen(one("[data-large-type]")) && one("[data-large-type]"))).click();
      await until(() => size() > before);
      return { kept: localStorage.getItem("large-type") };
    },
  };

  function say(ended) {
    fetch("/said?" + encodeURIComponent(JSON.stringify(Object.assign({ faults }, ended))));
  }

  window.addEventListener("load", () => {
    journeys[given.journey]().then((ended) => say(ended), (error) => say({ never: String(error) }));
  });
})();
