// The page read by the device's own voice, in large type. Where there is no voice that speaks Chinese, that is said.
(() => {
  "use strict";
  const BLOCKS = "h1, h2, h3, p, li, dt, dd, summary, th, td, .call";
  const MOST = 120; // characters at once: some engines fall silent in the midst of a long text
  const speech = window.speechSynthesis;
  const button = document.querySelector("[data-aloud]");
  const none = document.querySelector("[data-aloud-none]");
  if (!button) return;
  const tongue = document.documentElement.lang === "ko" ? /^ko/i : /^(zh|cmn)/i;
  const line = button.parentElement;
  const heading = document.querySelector("main h1");
  if (heading) heading.after(line); // where it covers nothing, and is met next
  const [start, stop] = button.textContent.split("|");
  let speaking = false;

  function offer() {
    const voices = speech && window.SpeechSynthesisUtterance ? speech.getVoices() : null;
    // A list may come late; an empty one says nothing yet.
    const able = voices && (!voices.length || voices.some(({ lang }) => tongue.test(lang)));
    button.hidden = !able;
    none.hidden = Boolean(able);
  }

  function name() {
    button.textContent = speaking ? stop : start;
    button.setAttribute("aria-pressed", speaking);
    line.toggleAttribute("data-speaking", speaking);
  }

  const seen = (element) => element.getClientRects().length > 0 && !element.closest(".unseen, .aloud");

  function texts() {
    const blocks = [...document.querySelectorAll("main")[0].querySelectorAll(BLOCKS)];
    return blocks
      .filter((block) => seen(block) && !block.querySelector(BLOCKS))
      .map((block) => ({ block, text: block.innerText.trim() }))
      .filter(({ text }) => text);
  }

  // Numbers are called, not counted; a sentence is a piece, and a long one is several.
  function pieces(text) {
    const spelled = text.replace(/\d[\d-]{4,}/g, (number) => number.replace(/-/g, "，").split("").join(" "));
    const sentences = spelled.match(/[^。！？；\n]+[。！？；]?/g) || [];
    return sentences.reduce((all, each) => all.concat(each.match(new RegExp(`.{1,${MOST}}`, "g"))), []);
  }

  function silence() {
    speaking = false;
    speech.cancel();
    name();
  }

  function read() {
    const queue = texts().reduce((all, { block, text }) => all.concat(pieces(text).map((piece) => [block, piece])), []);
    const next = () => {
      if (!speaking) return;
      if (!queue.length) {
        silence();
        return;
      }
      const [block, piece] = queue.shift();
      const utterance = new SpeechSynthesisUtterance(piece);
      const inside = block.closest("[lang]");
      utterance.lang = inside ? inside.lang : "zh-CN";
      utterance.rate = 0.85;
      utterance.onend = next;
      utterance.onerror = () => speaking && silence();
      speech.speak(utterance);
    };
    speaking = true;
    name();
    speech.cancel();
    next();
  }

  button.addEventListener("click", () => (speaking ? silence() : read()));
  window.addEventListener("pagehide", () => speaking && silence());
  document.addEventListener("click", ({ target }) => target.closest("[data-large-type]") && speaking && silence());
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  name();
  offer();
})();
