// The pages of the site that a question asks for: by what people call them, and by what the pages say.
(() => {
  "use strict";
  const lookup = window.campaignLookup;
  const MOST_PAIRS = 10; // of neighbouring characters that are looked up: each may cost a file
  const MOST = 5; // pages of either kind
  const BEHIND = 0.5; // what fits less than this part of the best is not shown
  const NAMED = 1.25; // a page for which people have words of their own comes before others that say as much

  const nearest = (found) => found.filter(({ fits }) => fits > 0).sort((one, other) => other.fits - one.fits)
    .filter(({ fits }, place, [best]) => place < MOST && fits >= BEHIND * best.fits);

  // Words for pages as they are compared, the longest first, each with what it is worth: less where several pages have it.
  function called(pages, plain) {
    const read = pages.map(([code, name, words]) => ({ code, name, words: words.split(" ").map(plain) }));
    const counts = new Map();
    read.forEach(({ words }) => words.forEach((word) => counts.set(word, (counts.get(word) || 0) + 1)));
    return read.map(({ code, name, words }) => ({ code, name, words: words
      .sort((one, other) => other.length - one.length)
      .map((word) => [word, word.length * (1 + 1 / counts.get(word))]) }));
  }

  // The pages that have words of the text, [long: signs of the text that they are]; the end of the only one may be missing.
  function named(text, pages) {
    const typed = text.join("");
    return nearest(pages.map(({ code, name, words }) => {
      let rest = typed;
      let fits = 0;
      for (const [word, worth] of words) {
        const parts = rest.split(word);
        if (parts.length === 1) continue;
        rest = parts.join(" ");
        fits += worth;
      }
      const long = [...typed].length - [...rest.replace(/ /g, "")].length;
      const begun = !long && text.length > 1 && words.some(([word]) => word.startsWith(typed));
      return { kind: "page", code, name, cost: 0, fits: begun ? typed.length : fits, long: begun ? typed.length : long };
    }));
  }

  // What of a text is looked up: pairs of neighbouring characters and whole words of letters, without idle words.
  function pairsOf(text, idle) {
    let rest = text.join("");
    for (const word of idle) rest = rest.split(word).join(" ");
    const runs = rest.match(/[a-z]+|[^a-z ]+/g) || [];
    const pairs = runs.map((run) => (lookup.isLetter(run[0]) ? [run] : [...run].slice(1).map((sign, at) => [...run][at] + sign)));
    return [...new Set([].concat(...pairs))].slice(0, MOST_PAIRS);
  }

  // The pages that say what a text asks, each at the part that says it best. covers: the part of the pairs that it has.
  async function saying(text, idle, pages, load) {
    const asked = pairsOf(text, idle);
    const list = asked.length && await load("prose");
    if (!list) return [];
    const own = new Set(pages.map(({ code }) => code));
    const shards = await Promise.all(asked.map((pair) => load(`prose-${pair.codePointAt(0) % list.files}`)));
    const found = new Map();
    asked.forEach((pair, at) => ((shards[at] || {})[pair] || "").split(" ").filter(Boolean).forEach((entry) => {
      const place = parseInt(entry.slice(0, -1), 36);
      const { weight, pairs } = found.get(place) || { weight: 0, pairs: 0 };
      found.set(place, { weight: weight + parseInt(entry.slice(-1), 36), pairs: pairs + 1 });
    }));
    let place = 0;
    return nearest(list.pages.map(([code, name, parts]) => {
      const best = { kind: "page", code, name, cost: 0, fits: 0, covers: 0, heading: "" };
      for (const [anchor, heading] of parts) {
        const { weight, pairs } = found.get(place) || { weight: 0, pairs: 0 };
        place += 1;
        const fits = weight * (own.has(code) ? NAMED : 1);
        if (fits > best.fits) Object.assign(best, { code: anchor ? `${code}#${anchor}` : code, heading, fits, covers: pairs / asked.length });
      }
      return best;
    }));
  }

  Object.assign(lookup, { called, named, saying });
})();
