/* The map on the page: a drawing that follows a list, is linked with tables, and is opened as a live map. What comes
 * later are scripts, so that they load from a disk too: NAME.data.js (figures); for the live map leaflet.js, counties.js
 * (areas), live-map.js and then NAME.setup.js (written by Folium). Data is shown through textContent alone. */
(function () {
  "use strict";
  const LEAST_IN_VIEW = 0.3; // the part of the drawing that is to be seen before the live map opens by itself
  const loaded = {};
  /* The page may bring this script again with each map, or with each page of an instant navigation. */
  if (window.countyMaps) {
    window.countyMaps.prepare();
    return;
  }
  const maps = { data: {}, geometry: null, tables: null, prepare, find, choose, redraw, say, close };
  window.countyMaps = maps;
  prepare();

  function prepare() {
    document.querySelectorAll(".county-map[data-map]:not([data-state])").forEach((figure) => {
      const [button, full] = figure.querySelectorAll("button");
      const stage = figure.querySelector(".county-map-stage");
      figure.dataset.state = "closed";
      button.addEventListener("click", () => (figure.dataset.state === "open" ? close(figure) : open(figure, true)));
      full.addEventListener("click", () => stage.requestFullscreen && stage.requestFullscreen());
      figure.querySelectorAll("select").forEach((list) => list.addEventListener("change", () => follow(figure, list)));
      openInView(figure, stage);
    });
    if (maps.tables) maps.tables.prepare();
  }

  function find(name) {
    return document.querySelector(`.county-map[data-map="${name}"]`);
  }

  /* The live map opens by itself once it is looked at, unless the reader saves data: then a tap opens it. */
  function openInView(figure, stage) {
    if ((navigator.connection && navigator.connection.saveData) || !window.IntersectionObserver) return;
    const look = (entries, watcher) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      if (figure.dataset.state === "closed") open(figure, false);
    };
    const watch = () => new IntersectionObserver(look, { threshold: LEAST_IN_VIEW }).observe(stage);
    if (document.readyState === "complete") watch();
    else window.addEventListener("load", watch, { once: true });
  }

  /* asked: whether the reader wants it now; otherwise neither the focus moves nor is anything said. */
  function open(figure, asked) {
    if (figure.dataset.state === "opening") return;
    figure.dataset.state = "opening";
    if (asked) say(figure, figure.dataset.loading);
    const opened = () => {
      setState(figure, "open");
      if (asked) say(figure, "");
      if (asked) figure.querySelector(".county-map-live").focus();
    };
    load(figure).then(opened).catch((error) => fail(figure, error, asked));
  }

  async function load(figure) {
    if (figure.dataset.ready) return;
    const { assets, map } = figure.dataset;
    const style = add(figure, "link", { rel: "stylesheet", href: `${assets}leaflet.css` });
    await Promise.all([style, ...["leaflet.js", "counties.js", "live-map.js", `${map}.data.js`].map((file) => once(figure, file))]);
    await add(figure, "script", { src: `${assets}${map}.setup.js` });
    if (!figure.dataset.ready) throw new Error("the map's set-up script did not finish");
  }

  function fail(figure, error, asked) {
    console.error(error);
    if (figure.dataset.state === "opening") figure.dataset.state = "closed";
    if (asked) say(figure, figure.dataset.failed);
  }

  function close(figure) {
    setState(figure, "closed");
    say(figure, "");
    figure.querySelector("button").focus();
  }

  function setState(figure, state) {
    const button = figure.querySelector("button");
    figure.dataset.state = state;
    button.textContent = state === "open" ? button.dataset.close : button.dataset.open;
  }

  function once(figure, file) {
    const address = new URL(figure.dataset.assets + file, document.baseURI).href;
    if (!loaded[address]) {
      loaded[address] = add(figure, "script", { src: address });
      loaded[address].catch(() => delete loaded[address]);
    }
    return loaded[address];
  }

  /* Into the figure, not the head: an instant navigation clears away what it does not know in the head. */
  function add(figure, tag, attributes) {
    return new Promise((resolve, reject) => {
      const added = Object.assign(document.createElement(tag), attributes);
      added.onload = resolve;
      added.onerror = () => reject(new Error("could not load " + (added.src || added.href)));
      figure.append(added);
    });
  }

  /* What is chosen in the lists: a county to be shown, or another view of the figures in NAME.data.js. */
  function follow(figure, list) {
    const files = [`${figure.dataset.map}.data.js`, "counties.js"].map((file) => once(figure, file));
    const act = () => ("finds" in list.dataset ? list.value && choose(figure, list.value, true, true) : redraw(figure));
    Promise.all(files).then(act).catch((error) => fail(figure, error, true));
  }

  /* The chosen view, with the look and the words of each county by code. */
  function chosenView(figure) {
    const key = [...figure.querySelectorAll("select:not([data-finds])")].map((list) => list.value).join("/");
    const view = maps.data[figure.dataset.map].views[key];
    const counties = {};
    Object.entries(maps.data[figure.dataset.map].counties).forEach(([code, [name, link]], place) => {
      const [cell, more] = [view.texts[place], view.more ? view.more[place] : ""];
      const text = `${name} ${cell}${view.units[place] ? view.unit : ""}`;
      counties[code] = { link, cell, more, text, kind: view.looks[view.kinds[place]] };
    });
    return { key, view, counties, radii: view.radii || {} };
  }

  /* Show the chosen view: its panel, the areas of the drawing and of the live map, the circles, the tables. */
  function redraw(figure) {
    const { key, view, counties, radii } = chosenView(figure);
    figure.querySelector("figcaption").textContent = view.title;
    figure.querySelectorAll(".county-map-panel").forEach((panel) => (panel.hidden = panel.dataset.view !== key));
    figure.querySelectorAll(".county-map-stage, .county-map-action").forEach((part) => (part.hidden = "instead" in view));
    figure.querySelectorAll("[data-county]").forEach((area) => {
      const { kind, text } = counties[area.dataset.county];
      area.setAttribute("class", `county ${kind}${area.dataset.county === figure.dataset.chosen ? " chosen" : ""}`);
      if (["no-data", "suppressed"].includes(kind)) area.setAttribute("fill", `url(#${figure.id}-${kind})`);
      else area.removeAttribute("fill");
      if (area.firstChild) area.firstChild.textContent = text;
    });
    figure.querySelectorAll("circle[data-middle]").forEach((circle) => circle.setAttribute("r", radii[circle.dataset.middle] || 0));
    if (figure.redraw) figure.redraw(counties, radii);
    if (maps.tables) maps.tables.follow(figure, view.title, counties);
    if (figure.dataset.chosen) tell(figure, counties[figure.dataset.chosen]);
  }

  /* Mark a county in the drawing, the live map and the tables. told: whether to say its figure below the map. */
  function choose(figure, code, told, closer) {
    figure.dataset.chosen = code;
    figure.querySelectorAll("[data-county]").forEach((area) => {
      area.classList.toggle("chosen", area.dataset.county === code);
      if (area.dataset.county === code) area.closest("g").append(area.closest("a") || area);
    });
    if (maps.tables) maps.tables.mark(figure, code, told);
    if (told) tell(figure, chosenView(figure).counties[code]);
    if (figure.show) figure.show(code, closer);
  }

  function tell(figure, { text, link, more }) {
    say(figure, text, link, more);
  }

  function say(figure, text, link, more) {
    const said = figure.querySelector(".county-map-said");
    const words = Object.assign(document.createElement(link ? "a" : "span"), { textContent: text }, link ? { href: link } : {});
    said.textContent = ""; // not replaceChildren, which browsers of before 2020 do not know
    said.append(words, more ? ` ${more}` : "");
  }
})();
