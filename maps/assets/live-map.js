/* What no class of Folium's gives its live map: the borders from the shared file, figures and names as text, the keys, and
 * one finger left to the page. NAME.setup.js, which Folium writes, calls each, names and ready. */
(function () {
  "use strict";

  const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]; // the order of `next` in counties.js
  const maps = window.countyMaps;
  if (maps.ready) return;
  Object.assign(maps, { each, names, ready });

  /* A shape bears its county's code as in the drawing, a point what it is. */
  function each({ geometry, properties }, shape) {
    const mark = { Polygon: "county", Point: "place" }[geometry.type];
    if (mark) shape.on("add", () => (shape.getElement().dataset[mark] = properties.code));
  }

  /* The names of the drawing. Their letters keep their size while the map grows, so that more of them find room. */
  function names(name, map) {
    const { letters, sheet } = maps.geometry;
    const drawn = maps.find(name).querySelector(".county-map-names");
    const height = parseFloat(getComputedStyle(drawn).fontSize);
    const copy = drawn.cloneNode(true);
    const fit = () => {
      const letter = height * 2 ** (map.getBoundsZoom(sheet) - map.getZoom());
      copy.style.fontSize = `${letter}px`;
      copy.dataset.shows = letters.map((least, level) => (letter < least * 1.01 ? `n${level}` : "")).join(" ");
    };
    map.on("zoomend resize", fit);
    return L.svgOverlay(copy, sheet, { pane: "markerPane" }).on("add", fit); // above areas and circles
  }

  /* From steps in thousandths of a degree, east and north in turn, to the points of GeoJSON. */
  function points(steps) {
    let [east, north] = [0, 0];
    return Array.from({ length: steps.length / 2 }, (_, place) => {
      east += steps[2 * place];
      north += steps[2 * place + 1];
      return [east / 1000, north / 1000];
    });
  }

  function add(layer, type, coordinates, properties) {
    layer.addData({ type: "Feature", geometry: { type, coordinates }, properties });
  }

  /* Folium's tooltips and popups take a property for HTML. */
  function escaped(text) {
    return text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
  }

  /* Called by the set-up script when the map and its layers are made. */
  function ready(map, layers) {
    const { counties, middles, outlines, sheet, width } = maps.geometry;
    const box = map.getContainer();
    const figure = box.closest(".county-map");
    const shapes = {};
    Object.keys(counties).forEach((code) => add(layers.areas, "Polygon", counties[code].rings.map(points), { code }));
    Object.keys(middles).forEach((code) => add(layers.circles, "Point", middles[code].slice(2), { code }));
    add(layers.prefectures, "MultiLineString", outlines.map(points), {});
    (Object.values(maps.data[figure.dataset.map].views)[0].spots || []).forEach(([east, north, group, code, name, more]) => {
      add(layers[`group${group}`], "Point", [east, north], { code, name: escaped(name), more: escaped(more) });
    });
    layers.areas.eachLayer((shape) => (shapes[shape.feature.properties.code] = shape));
    layers.areas.on("click", (event) => maps.choose(figure, event.layer.feature.properties.code, true));
    const middle = (code) => L.latLng(middles[code][3], middles[code][2]);
    const label = (code) => shapes[code].fire("mouseover", { latlng: middle(code) }, true);
    layers.areas.on("mouseout", () => figure.dataset.chosen && label(figure.dataset.chosen));
    figure.show = (code, closer) => {
      shapes[code].bringToFront();
      if (closer) map.fitBounds(shapes[code].getBounds().pad(1), { animate: false });
      else map.panInside(middle(code), { padding: [40, 40], animate: false });
      label(code);
    };
    figure.redraw = (shown, radii) => {
      Object.keys(shapes).forEach((code) => (shapes[code].feature.properties.said = escaped(shown[code].text)));
      if (figure.dataset.chosen) label(figure.dataset.chosen);
      layers.circles.eachLayer((circle) => {
        const radius = ((radii[circle.feature.properties.code] || 0) * map.getSize().x) / width;
        circle.setRadius(radius).getElement().style.display = radius ? "" : "none"; // Leaflet draws 0 as a dot
      });
    };
    map.on("resize", () => map.fitBounds(sheet, { animate: false }) && maps.redraw(figure));
    dressControls(figure, box);
    listenToKeys(figure, map, box);
    maps.redraw(figure);
    if (figure.dataset.chosen) figure.show(figure.dataset.chosen);
    figure.dataset.ready = "yes";
  }

  /* Words in the page's language, as text; shapes for the eye alone, since all stands in the table; one tab stop. */
  function dressControls(figure, box) {
    const words = figure.dataset;
    const titles = { "control-zoom-in": words.zoomIn, "control-zoom-out": words.zoomOut, "control-layers-toggle": words.layers };
    Object.entries(titles).forEach(([name, title]) => {
      const button = box.querySelector(`.leaflet-${name}`);
      button.setAttribute("aria-label", title);
      Object.assign(button, { title, tabIndex: -1 });
    });
    box.querySelectorAll(".leaflet-pane > svg").forEach((drawn) => drawn.setAttribute("aria-hidden", "true"));
    box.querySelectorAll(".leaflet-control-layers label").forEach((label) => {
      const text = label.querySelector("span span");
      text.textContent = maps.data[words.map].titles[text.textContent.trim()];
      label.querySelector("input").tabIndex = -1;
    });
  }

  /* The map's box is one tab stop: arrows walk, Enter follows the county's link, Esc leaves; a finger is the page's. */
  function listenToKeys(figure, map, box) {
    const { counties } = maps.geometry;
    Object.assign(box, { tabIndex: 0 }).setAttribute("role", "application");
    box.setAttribute("aria-labelledby", figure.querySelector("figcaption").id);
    box.addEventListener("focus", () => figure.dataset.chosen || maps.say(figure, figure.dataset.hint));
    box.addEventListener("pointerdown", ({ pointerType }) => map.dragging[pointerType === "touch" ? "disable" : "enable"](), true);
    box.addEventListener("keydown", (event) => {
      const direction = ARROWS.indexOf(event.key);
      const link = figure.querySelector(".county-map-said a");
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") maps.close(figure);
      if (event.key === "Enter" && link) link.click();
      if ("+=-".includes(event.key)) map.zoomIn(event.key === "-" ? -1 : 1, { animate: false });
      if (direction < 0) return;
      event.preventDefault();
      const code = figure.dataset.chosen ? counties[figure.dataset.chosen].next[direction] : Object.keys(counties)[0];
      if (code) maps.choose(figure, code, true);
    });
  }
})();
