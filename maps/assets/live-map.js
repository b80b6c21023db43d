/* Opens a live map in place of its drawing when the reader asks for it.
 *
 * A map's files are scripts, so that they load from a disk as well as from a server:
 * leaflet.js, counties.js (areas), NAME.data.js (figures), then NAME.setup.js (written by Folium), which
 * calls countyLayer, outlineLayer and ready below. Data is shown through textContent alone. */
(function () {
  "use strict";

  const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]; // the order of `next` in counties.js
  const loaded = {};

  /* The page may bring this script again with each map, or with each page of an instant navigation. */
  if (window.countyMaps) {
    window.countyMaps.prepare();
    return;
  }
  window.countyMaps = { data: {}, geometry: null, prepare, countyLayer, outlineLayer, ready };
  prepare();

  function prepare() {
    document.querySelectorAll(".county-map:not([data-state])").forEach((figure) => {
      const button = figure.querySelector("button");
      figure.dataset.state = "closed";
      button.hidden = false;
      button.addEventListener("click", () => (figure.dataset.state === "open" ? close(figure) : open(figure)));
    });
  }

  async function open(figure) {
    if (figure.dataset.state === "opening") return;
    figure.dataset.state = "opening";
    say(figure, figure.dataset.loading);
    try {
      if (!figure.dataset.ready) await load(figure);
      show(figure);
    } catch (error) {
      console.error(error);
      figure.dataset.state = "closed";
      say(figure, figure.dataset.failed);
    }
  }

  async function load(figure) {
    const folder = figure.dataset.assets;
    const name = figure.dataset.map;
    await Promise.all([
      add(figure, "link", { rel: "stylesheet", href: folder + "leaflet.css" }),
      once(figure, folder + "leaflet.js"),
      once(figure, folder + "counties.js"),
      once(figure, folder + name + ".data.js"),
    ]);
    await add(figure, "script", { src: folder + name + ".setup.js" });
    if (!figure.dataset.ready) throw new Error("the map's set-up script did not finish");
  }

  function show(figure) {
    const button = figure.querySelector("button");
    figure.dataset.state = "open";
    button.textContent = button.dataset.close;
    say(figure, figure.dataset.hint);
    figure.querySelector(".county-map-live").focus();
  }

  function close(figure) {
    const button = figure.querySelector("button");
    figure.dataset.state = "closed";
    button.textContent = button.dataset.open;
    say(figure, "");
    button.focus();
  }

  function once(figure, source) {
    const address = new URL(source, document.baseURI).href;
    if (!loaded[address]) {
      loaded[address] = add(figure, "script", { src: source });
      loaded[address].catch(() => delete loaded[address]);
    }
    return loaded[address];
  }

  /* Into the figure, not the head: an instant navigation clears away what it does not know in the head. */
  function add(figure, tag, attributes) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error("could not load " + (element.src || element.href))));
      figure.append(element);
    });
  }

  /* The county areas, each in the class of its figure: county-map.css colours them as it does the drawing. */
  function countyLayer(name) {
    const { counties } = window.countyMaps.geometry;
    const data = window.countyMaps.data[name];
    const shapes = Object.keys(counties).map((code) => {
      const { kind } = data[code];
      const patterned = kind === "no-data" || kind === "suppressed";
      const shape = L.polygon(counties[code].rings.map(points), {
        className: "county " + kind,
        fillColor: patterned ? "url(#map-" + name + "-" + kind + ")" : null,
        smoothFactor: 0, // areas thinned out one by one would leave gaps between them
      });
      return Object.assign(shape, { code, county: data[code] });
    });
    return L.featureGroup(shapes);
  }

  function outlineLayer() {
    const lines = window.countyMaps.geometry.outlines.map(points);
    return L.polyline(lines, { className: "county-map-outline", interactive: false, smoothFactor: 0 });
  }

  /* From steps in thousandths of a degree, east and north in turn, to Leaflet's [latitude, longitude]. */
  function points(steps) {
    const found = [];
    let east = 0;
    let north = 0;
    for (let index = 0; index < steps.length; index += 2) {
      east += steps[index];
      north += steps[index + 1];
      found.push([north / 1000, east / 1000]);
    }
    return found;
  }

  /* Called by the set-up script when the map and its layers are made. */
  function ready(map, layer) {
    const box = map.getContainer();
    const figure = box.closest(".county-map");
    const label = labeller(map);
    const choose = chooser(figure, map, label);
    const { zoomIn, zoomOut } = figure.dataset;

    L.control.zoom({ position: "topright", zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    layer.on("mousemove", (event) => label.point(event.layer, event.latlng));
    layer.on("mouseout", label.leave);
    layer.on("click", (event) => choose(event.layer));
    leaveOneFingerToThePage(map, box);
    listenToKeys(figure, box, walker(figure, layer, choose));
    figure.dataset.ready = "yes";
  }

  /* The one label on the map: at the pointer while that is over a county, else at the chosen county. */
  function labeller(map) {
    const label = L.tooltip({ className: "county-map-label", direction: "top", opacity: 1 });
    let chosen = null;
    const point = (shape, at) => label.setContent(textElement("span", title(shape.county))).setLatLng(at).addTo(map);
    const leave = () => (chosen ? point(chosen, centre(chosen)) : label.remove());
    const stay = (shape) => {
      chosen = shape;
      leave();
    };
    return { point, leave, stay };
  }

  /* Makes the function that marks a county, labels it on the map and tells it below. */
  function chooser(figure, map, label) {
    return function (shape) {
      const before = figure.querySelector(".chosen");
      if (before) before.classList.remove("chosen");
      shape.getElement().classList.add("chosen");
      shape.bringToFront();
      map.panInside(centre(shape), { padding: [40, 40], animate: false });
      label.stay(shape);
      figure.dataset.chosen = shape.code;
      say(figure, title(shape.county), shape.county.link);
    };
  }

  function centre(shape) {
    const [east, north] = window.countyMaps.geometry.counties[shape.code].centre;
    return L.latLng(north, east);
  }

  /* Makes the function that goes on to the nearest county in a direction, given as a place in ARROWS. */
  function walker(figure, layer, choose) {
    const shapes = {};
    layer.eachLayer((shape) => (shapes[shape.code] = shape));
    return function (direction) {
      const { counties } = window.countyMaps.geometry;
      const from = figure.dataset.chosen;
      const code = from ? counties[from].next[direction] : Object.keys(counties)[0];
      if (code) choose(shapes[code]);
    };
  }

  /* The map's box is one tab stop: arrows walk, Enter follows the county's link, Esc leaves. */
  function listenToKeys(figure, box, walk) {
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-labelledby", figure.querySelector("figcaption").id);
    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") close(figure);
      if (event.target !== box) return; // a zoom button
      if (event.key === "Enter") follow(figure);
      if (ARROWS.includes(event.key)) {
        event.preventDefault();
        walk(ARROWS.indexOf(event.key));
      }
    });
  }

  function follow(figure) {
    const link = figure.querySelector(".county-map-said a");
    if (link) link.click();
  }

  function leaveOneFingerToThePage(map, box) {
    const decide = (event) => (event.pointerType === "touch" ? map.dragging.disable() : map.dragging.enable());
    box.addEventListener("pointerdown", decide, true);
  }

  function say(figure, text, link) {
    const said = figure.querySelector(".county-map-said");
    said.textContent = "";
    const element = textElement(link ? "a" : "span", text);
    if (link) element.href = link;
    said.append(element);
  }

  function title(county) {
    return county.name + " " + county.text;
  }

  function textElement(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }
})();
