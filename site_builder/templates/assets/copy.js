// Copy a text by a button: by the clipboard where the browser gives it to a page, else by selecting the text, as by hand.
(() => {
  "use strict";

  function selected(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }

  function copied(text) {
    if (!navigator.clipboard) return Promise.resolve(selected(text)); // a page without encryption has none
    return navigator.clipboard.writeText(text.textContent).then(() => true, () => selected(text));
  }

  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      copied(document.getElementById(button.dataset.copies)).then((done) => {
        for (const answer of document.querySelectorAll("[data-copied]")) answer.hidden = (answer.dataset.copied === "yes") !== done;
      });
    });
  }
})();
