/* Tables beside a map: sorted by a tap on a head, and linked with the map both ways. A table says with data-county-table
 * which map it belongs to, a row with data-county which county it tells of; a cell with data-follows shows what is chosen. */
(function () {
  "use strict";
  const maps = window.countyMaps;
  if (maps.tables) {
    maps.tables.prepare();
    return;
  }
  maps.tables = { prepare, mark, follow };
  prepare();

  function prepare() {
    document.querySelectorAll("table[data-county-table]:not([data-ready])").forEach((table) => {
      const choose = ({ target }) => {
        const row = target.closest("tr[data-county]");
        const map = row && maps.find(table.dataset.countyTable);
        if (map) maps.choose(map, row.dataset.county, false);
      };
      table.dataset.ready = "yes";
      table.querySelectorAll("thead th").forEach((head, column) => makeSortable(table, head, column));
      table.addEventListener("click", (event) => event.target.closest("a, button") || choose(event));
      table.addEventListener("focusin", choose);
    });
  }

  function makeSortable(table, head, column) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isFigure = head.classList.contains("number");
      const orders = isFigure ? ["descending", "ascending"] : ["ascending", "descending"]; // the first tap, the second
      const order = head.getAttribute("aria-sort") === orders[0] ? orders[1] : orders[0];
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      sort(table.tBodies[0], isFigure ? figure : words, column, order === "descending" ? -1 : 1);
    });
  }

  /* Equal ones in the official order of the counties; cells without a figure last, whatever the direction. Rows that
   * are no county's, such as a sum, stay before all others. */
  function sort(body, key, column, direction) {
    const rows = [...body.rows].map((row) => ({ row, code: row.dataset.county || "", key: key(row.cells[column]) }));
    rows.sort((one, other) => {
      if (!one.code || !other.code) return compare(Boolean(one.code), Boolean(other.code));
      if ((one.key === null) !== (other.key === null)) return one.key === null ? 1 : -1;
      return direction * compare(one.key, other.key) || compare(one.code, other.code);
    });
    body.append(...rows.map((entry) => entry.row));
  }

  function compare(one, other) {
    return typeof one === "string" ? one.localeCompare(other, "zh-CN") : one - other;
  }

  /* The name of a row stands for its place in the official order. */
  function words(cell) {
    return cell.tagName === "TH" ? cell.parentElement.dataset.county || "" : cell.textContent;
  }

  /* The number in a cell, or null where a word stands instead. */
  function figure(cell) {
    const number = parseFloat(cell.textContent.replace(/,/g, ""));
    return isNaN(number) ? null : number;
  }

  function tablesOf(map) {
    return document.querySelectorAll(`table[data-county-table="${map.dataset.map}"]`);
  }

  /* shown: whether the row is to be brought into sight within a table's own scrolling box. */
  function mark(map, code, shown) {
    tablesOf(map).forEach((table) => {
      const box = table.parentElement;
      [...table.tBodies[0].rows].forEach((row) => {
        const isChosen = row.dataset.county === code;
        row.classList.toggle("chosen", isChosen);
        const distance = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
        if (isChosen && shown && box.scrollHeight > box.clientHeight) box.scrollTop += distance - box.clientHeight / 2;
      });
    });
  }

  /* Put what is now shown on the map into the cells that follow it. */
  function follow(map, title, counties) {
    tablesOf(map).forEach((table) => {
      const head = table.querySelector("th[data-follows]");
      if (!head) return;
      (head.querySelector("button") || head).textContent = title;
      head.removeAttribute("aria-sort");
      table.querySelectorAll("[data-county] > td[data-follows]").forEach((cell) => {
        const shown = counties[cell.parentElement.dataset.county];
        cell.textContent = shown ? shown.cell : ""; // one without an area on the map is not compared
      });
    });
  }
})();
