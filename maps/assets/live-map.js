/* The live map: county areas, circles and points in Leaflet, for NAME.setup.js, which calls countyLayer,
 * outlineLayer and ready. Figures come from NAME.data.js by way of county-map.js. */
(function () {
  "use strict";

  const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]; // the order of `next` in counties.js
  const maps = window.countyMaps;
  if (maps.ready) return;
  Object.assign(maps, { countyLayer, outlineLayer, ready });

  /* The county areas; county-map.css colours them as it does the drawing. */
  function countyLayer() {
    const shapes = Object.entries(maps.geometry.counties).map(([code, { rings }]) => {
      // Areas thinned out one by one would leave gaps between them.
      const shape = L.polygon(rings.map(points), { className: "county", fillColor: null, smoothFactor: 0 });
      return Object.assign(shape, { code });
    });
    return L.featureGroup(shapes);
  }

  function outlineLayer() {
    const lines = maps.geometry.outlines.map(points);
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
    const shapes = {};
    layer.eachLayer((shape) => (shapes[shape.code] = shape));
    const over = L.layerGroup().addTo(map); // circles and points
    const label = labeller(map, figure);
    const bounds = layer.getBounds();

    figure.redraw = () => redraw(figure, map, shapes, over);
    figure.mark = (code) => mark(map, shapes, code, label);
    figure.redraw();
    // Shapes alone: what is chosen is said beside the map, and all of it stands in the table.
    box.querySelectorAll(".leaflet-overlay-pane svg").forEach((drawn) => drawn.setAttribute("aria-hidden", "true"));
    addZoomButtons(map, figure);
    layer.on("mousemove", (event) => label.point(event.layer, event.latlng));
    layer.on("mouseout", label.leave);
    layer.on("click", (event) => maps.choose(figure, event.layer.code, true));
    map.on("resize", () => {
      map.fitBounds(bounds, { animate: false });
      figure.redraw();
    });
    leaveOneFingerToThePage(map, box);
    listenToKeys(figure, map, box);
    if (figure.dataset.chosen) figure.mark(figure.dataset.chosen);
    figure.dataset.ready = "yes";
  }

  function redraw(figure, map, shapes, over) {
    const counties = maps.looks(figure);
    over.clearLayers();
    Object.entries(shapes).forEach(([code, shape]) => dress(figure, shape, counties[code].kind));
    circles(counties, map.getSize().x / maps.geometry.width).forEach((circle) => circle.addTo(over));
    (maps.view(figure).spots || []).forEach(([east, north]) => {
      const icon = L.divIcon({ className: "county-map-spot", iconSize: [12, 12] });
      L.marker([north, east], { icon, interactive: false, keyboard: false }).addTo(over);
    });
  }

  function dress(figure, shape, kind) {
    const area = shape.getElement();
    const patterned = kind === "no-data" || kind === "suppressed";
    area.classList.remove(...[...area.classList].filter((name) => !/^(county|chosen|leaflet-.*)$/.test(name)));
    area.classList.add(kind);
    if (patterned) area.setAttribute("fill", `url(#${figure.id}-${kind})`);
  }

  /* The largest first, so that no circle hides a smaller one. unit: pixels to a unit of the drawing. */
  function circles(counties, unit) {
    const drawn = Object.keys(counties).filter((code) => counties[code].radius);
    drawn.sort((one, other) => counties[other].radius - counties[one].radius);
    return drawn.map((code) =>
      L.circleMarker(centre(code), {
        className: "county-map-circle",
        interactive: false,
        pane: "shadowPane", // above the areas, even one brought to the front
        radius: counties[code].radius * unit,
      }),
    );
  }

  function mark(map, shapes, code, label) {
    Object.values(shapes).forEach((shape) => shape.getElement().classList.toggle("chosen", shape.code === code));
    shapes[code].bringToFront();
    map.panInside(centre(code), { padding: [40, 40], animate: false });
    label.stay(code);
  }

  function centre(code) {
    const [east, north] = maps.geometry.counties[code].centre;
    return L.latLng(north, east);
  }

  /* The one label on the map: at the pointer while that is over a county, else at the chosen county. */
  function labeller(map, figure) {
    const label = L.tooltip({ className: "county-map-label", direction: "top", opacity: 1 });
    let chosen = null;
    const write = (code, at) => {
      const { name, text } = maps.looks(figure)[code];
      const words = document.createElement("span");
      words.textContent = `${name} ${text}`;
      label.setContent(words).setLatLng(at).addTo(map);
    };
    const point = (shape, at) => write(shape.code, at);
    const leave = () => (chosen ? write(chosen, centre(chosen)) : label.remove());
    const stay = (code) => {
      chosen = code;
      leave();
    };
    return { point, leave, stay };
  }

  /* For mouse and finger; the keyboard has + and -, so that the map stays one tab stop. */
  function addZoomButtons(map, figure) {
    const { zoomIn, zoomOut } = figure.dataset;
    const control = L.control.zoom({ position: "topright", zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    control.getContainer().querySelectorAll("a").forEach((button) => (button.tabIndex = -1));
  }

  /* The map's box is one tab stop: arrows walk, Enter follows the county's link, Esc leaves. */
  function listenToKeys(figure, map, box) {
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-labelledby", figure.querySelector("figcaption").id);
    box.addEventListener("focus", () => figure.dataset.chosen || hint(figure));
    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const direction = ARROWS.indexOf(event.key);
      if (event.key === "Escape") maps.close(figure);
      if (event.key === "Enter") follow(figure);
      if (event.key === "+" || event.key === "=") map.zoomIn(1, { animate: false });
      if (event.key === "-") map.zoomOut(1, { animate: false });
      if (direction < 0) return;
      event.preventDefault();
      walk(figure, direction);
    });
  }

  function hint(figure) {
    figure.querySelector(".county-map-said").textContent = figure.dataset.hint;
  }

  /* On to the nearest county in a direction, given as a place in ARROWS. */
  function walk(figure, direction) {
    const { counties } = maps.geometry;
    const from = figure.dataset.chosen;
    const code = from ? counties[from].next[direction] : Object.keys(counties)[0];
    if (code) maps.choose(figure, code, true);
  }

  function follow(figure) {
    if (figure.dataset.chosen) maps.choose(figure, figure.dataset.chosen, true);
    const link = figure.querySelector(".county-map-said a");
    if (link) link.click();
  }

  function leaveOneFingerToThePage(map, box) {
    const decide = (event) => (event.pointerType === "touch" ? map.dragging.disable() : map.dragging.enable());
    box.addEventListener("pointerdown", decide, true);
  }
})();
