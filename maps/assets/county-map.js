/* The map on the page: a drawing that can be recoloured, linked with tables, and opened as a live map.
 *
 * What comes later are scripts, so that they load from a disk as well as from a server: NAME.data.js (figures);
 * to open the live map leaflet.js, counties.js (areas), live-map.js and then NAME.setup.js (written by Folium).
 * Data is shown through textContent alone. */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const PATTERNED = ["no-data", "suppressed"];
  const LEAST_IN_VIEW = 0.3; // the part of the drawing that is to be seen before the live map opens by itself
  const loaded = {};

  /* The page may bring this script again with each map, or with each page of an instant navigation. */
  if (window.countyMaps) {
    window.countyMaps.prepare();
    return;
  }
  const maps = { data: {}, geometry: null, tables: null, prepare, find, choose, view, looks, element, close };
  window.countyMaps = maps;
  prepare();

  function prepare() {
    document.querySelectorAll(".county-map[data-map]:not([data-state])").forEach((figure) => {
      figure.dataset.state = "closed";
      figure.querySelector("button").addEventListener("click", () => (isOpen(figure) ? close(figure) : open(figure, true)));
      figure.querySelectorAll("select").forEach((list) => list.addEventListener("change", () => change(figure)));
      openInView(figure);
    });
    if (maps.tables) maps.tables.prepare();
  }

  function find(name) {
    return document.querySelector(`.county-map[data-map="${name}"]`);
  }

  function isOpen(figure) {
    return figure.dataset.state === "open";
  }

  /* The live map opens by itself once it is looked at, unless the reader saves data: then a tap opens it. */
  function openInView(figure) {
    const saves = navigator.connection && navigator.connection.saveData;
    if (saves || !window.IntersectionObserver) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        if (figure.dataset.state === "closed") open(figure, false);
      },
      { threshold: LEAST_IN_VIEW },
    );
    const watch = () => watcher.observe(figure.querySelector(".county-map-stage"));
    if (document.readyState === "complete") watch();
    else window.addEventListener("load", watch, { once: true });
  }

  /* asked: whether the reader wants it now; otherwise neither the focus moves nor is anything said. */
  async function open(figure, asked) {
    if (figure.dataset.state === "opening") return;
    figure.dataset.state = "opening";
    if (asked) say(figure, figure.dataset.loading);
    try {
      if (!figure.dataset.ready) await load(figure);
      show(figure, asked);
    } catch (error) {
      console.error(error);
      figure.dataset.state = "closed";
      if (asked) say(figure, figure.dataset.failed);
    }
  }

  async function load(figure) {
    const folder = figure.dataset.assets;
    const setUp = `${folder}${figure.dataset.map}.setup.js`;
    await Promise.all([
      add(figure, "link", { rel: "preload", as: "script", href: setUp }), // runs last, but is fetched with the others
      add(figure, "link", { rel: "stylesheet", href: `${folder}leaflet.css` }),
      ...["leaflet.js", "counties.js", "live-map.js", dataFile(figure)].map((file) => once(figure, file)),
    ]);
    await add(figure, "script", { src: setUp });
    if (!figure.dataset.ready) throw new Error("the map's set-up script did not finish");
  }

  function show(figure, asked) {
    const button = figure.querySelector("button");
    figure.dataset.state = "open";
    button.textContent = button.dataset.close;
    if (!asked) return;
    say(figure, "");
    figure.querySelector(".county-map-live").focus();
  }

  function close(figure) {
    const button = figure.querySelector("button");
    figure.dataset.state = "closed";
    button.textContent = button.dataset.open;
    say(figure, "");
    button.focus();
  }

  function dataFile(figure) {
    return `${figure.dataset.map}.data.js`;
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
      added.addEventListener("load", resolve);
      added.addEventListener("error", () => reject(new Error("could not load " + (added.src || added.href))));
      figure.append(added);
    });
  }

  /* What was chosen in the lists, of the figures in NAME.data.js. */
  function view(figure) {
    const key = [...figure.querySelectorAll("select")].map((list) => list.value).join("/");
    return maps.data[figure.dataset.map].views[key];
  }

  /* The look, the figure in words and what else there is to tell of each county, by code. */
  function looks(figure) {
    const shown = view(figure);
    const found = {};
    Object.entries(maps.data[figure.dataset.map].counties).forEach(([code, [name, link]], place) => {
      found[code] = {
        name,
        link,
        kind: shown.looks[shown.kinds[place]],
        cell: shown.texts[place],
        text: shown.texts[place] + (shown.units[place] ? shown.unit : ""),
        more: shown.more ? shown.more[place] : "",
        radius: shown.radii ? shown.radii[place] : 0,
      };
    });
    return found;
  }

  async function change(figure) {
    try {
      await Promise.all([once(figure, dataFile(figure)), once(figure, "counties.js")]);
    } catch (error) {
      console.error(error);
      say(figure, figure.dataset.failed);
      return;
    }
    const shown = view(figure);
    const counties = looks(figure);
    figure.querySelector("figcaption").textContent = shown.title;
    redraw(figure, counties);
    writeLegend(figure, shown);
    if (figure.redraw) figure.redraw();
    if (maps.tables) maps.tables.follow(figure, shown, counties);
    const chosen = counties[figure.dataset.chosen];
    if (chosen) tell(figure, chosen);
  }

  function redraw(figure, counties) {
    figure.querySelectorAll(".county-map-drawing [data-county]").forEach((area) => {
      const county = counties[area.dataset.county];
      dress(figure, area, county.kind);
      area.classList.toggle("chosen", area.dataset.county === figure.dataset.chosen);
      area.querySelector("title").textContent = `${county.name} ${county.text}`;
    });
    const drawn = Object.entries(counties).filter(([, county]) => county.radius);
    drawn.sort(([, one], [, other]) => other.radius - one.radius);
    const circles = drawn.map(([code, county]) => {
      const [cx, cy] = maps.geometry.counties[code].middle;
      return element("circle", { class: "county-map-circle", cx, cy, r: county.radius });
    });
    refill(figure.querySelector(".county-map-circles"), circles);
  }

  function writeLegend(figure, shown) {
    const unit = document.createElement("li");
    unit.textContent = figure.dataset.unitLabel + shown.unit;
    const rows = shown.legend.map(([kind, text]) => {
      const row = document.createElement("li");
      const box = element("svg", { width: 28, height: 18, "aria-hidden": "true" });
      const area = element("rect", { x: 1, y: 1, width: 26, height: 16 });
      dress(figure, area, kind);
      box.append(area);
      row.append(box, ` ${text}`);
      return row;
    });
    refill(figure.querySelector(".county-map-legend"), [unit, ...rows]);
    const key = shown.key.flatMap(([y, r, text]) => {
      const words = element("text", { x: 78, y, dy: "0.35em" });
      words.textContent = text;
      return [element("circle", { class: "county-map-circle", cx: 36, cy: y, r }), words];
    });
    refill(figure.querySelector(".county-map-key"), key);
  }

  function dress(figure, area, kind) {
    area.setAttribute("class", `county ${kind}`);
    if (PATTERNED.includes(kind)) area.setAttribute("fill", `url(#${figure.id}-${kind})`);
    else area.removeAttribute("fill");
  }

  /* Mark a county in the drawing, the live map and the tables. told: whether to say its figure below the map. */
  function choose(figure, code, told) {
    figure.dataset.chosen = code;
    figure.querySelectorAll(".county-map-drawing [data-county]").forEach((area) => {
      area.classList.toggle("chosen", area.dataset.county === code);
      if (area.dataset.county === code) area.closest("g").append(area.closest("a") || area);
    });
    if (figure.mark) figure.mark(code);
    if (maps.tables) maps.tables.mark(figure, code, told);
    if (told) tell(figure, looks(figure)[code]);
  }

  function tell(figure, county) {
    say(figure, `${county.name} ${county.text}`, county.link, county.more);
  }

  function say(figure, text, link, more) {
    const said = figure.querySelector(".county-map-said");
    const words = document.createElement(link ? "a" : "span");
    words.textContent = text;
    if (link) words.href = link;
    refill(said, [words, more ? ` ${more}` : ""]);
  }

  /* Not by replaceChildren, which browsers of before 2020 do not know. */
  function refill(parent, children) {
    parent.textContent = "";
    parent.append(...children);
  }

  function element(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }
})();
