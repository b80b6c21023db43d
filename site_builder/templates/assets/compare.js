// Compare my paper: tell from the check code of a posting sheet whether the sheet still holds, and if not what has
// changed. All that it needs stands in the page: the editions with their codes, and the answers in words.
(() => {
  "use strict";
  const box = document.querySelector("[data-compare]");
  if (!box) return;
  const alphabet = box.dataset.compare;
  const form = box.querySelector("form");
  const input = form.querySelector("input");
  const status = box.querySelector("[role=status]");
  const editions = [...box.querySelectorAll(".edition")]; // the present one first
  const codes = editions.map((edition) => tidied(edition.querySelector(".code").textContent));

  // Without the Chinese words that stand before a code on paper, with which it is copied from a message.
  function tidied(text) {
    return text.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}]/gu, "").replace(/^\p{Script=Han}+:?/u, "");
  }

  // ISO 7064, pure system with radix 2, as site_builder/publication/postings.py makes the codes.
  function isCode(code) {
    const places = [...code].map((character) => alphabet.indexOf(character));
    if (places.length !== codes[0].length || places.includes(-1)) return false;
    return places.reduce((sum, place) => (2 * sum + place) % alphabet.length, 0) === 1;
  }

  function kindOf(code) {
    if (!code) return "empty";
    if (!isCode(code)) return "mistyped";
    const place = codes.indexOf(code);
    return place < 0 ? "unknown" : place > 0 ? "old" : "current";
  }

  // What the editions after the one with this code say, in the order of time.
  function changesSince(code) {
    const list = document.createElement("ol");
    for (const edition of editions.slice(0, codes.indexOf(code)).reverse()) {
      const item = document.createElement("li");
      item.textContent = edition.querySelector("span").textContent;
      list.append(item);
    }
    return list;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = tidied(input.value);
    const kind = kindOf(code);
    const answer = box.querySelector(`[data-answer=${kind}]`).cloneNode(true);
    answer.hidden = false;
    status.dataset.kind = kind;
    status.textContent = "";
    status.append(answer, ...(kind === "old" ? [changesSince(code)] : [])); // browsers of before 2020 know no replaceChildren
    status.scrollIntoView({ block: "nearest" }); // at once: without motion for whoever wants none
  });
  // An answer about another code than the one in the box would mislead.
  input.addEventListener("input", () => {
    status.textContent = "";
  });
})();
