// How a name may be typed: by characters, by pinyin, by first letters, or with a usual slip.
// What was typed is read once from left to right; each way to read it has a cost, and lower is nearer.
(() => {
  "use strict";
  const INITIAL = 1; // a first letter instead of the whole sound, or the beginning of a sound at the end of the text
  const UNFINISHED = 2; // the text ends before the name does
  const SAME_SOUND = 20;
  const LIKE = 24; // another look or a nearly equal sound
  const MISTYPED = 30; // a sound with one letter too few, too many or wrong, or with two turned round
  const WRONG = 40; // any other character; one left out, or one too many
  const MOST = 70;
  const SLIP = SAME_SOUND; // from here on somebody slipped
  const UNREAD = "_";
  const VOWEL = /[aeiouv]/;
  const NEAR_SOUNDS = [[/^zh/, "z"], [/^z(?!h)/, "zh"], [/^ch/, "c"], [/^c(?!h)/, "ch"], [/^sh/, "s"], [/^s(?!h)/, "sh"],
    [/^l/, "n"], [/^n/, "l"], [/([aei])ng$/, "$1n"], [/([aei])n$/, "$1ng"], [/^(l|n)v/, "$1u"]];

  const isLetter = (sign) => sign >= "a" && sign <= "z";
  const lettersOf = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

  // A text as it is compared: letters and digits alone, of no width or case, without asides.
  function asTyped(typed) {
    const text = typed.normalize("NFKC").toLowerCase().replace(/ü/g, "v");
    return lettersOf(text.replace(/\(.*?\)/g, "")) || lettersOf(text);
  }

  const nearly = (sound) => NEAR_SOUNDS.flatMap(([from, to]) => (from.test(sound) ? [sound.replace(from, to)] : []));

  // Whether one slip behind the first letter makes a sound of what was typed. Of shorter sounds too little would be left.
  function isMistyped(typed, sound) {
    if (sound.length < 3 || typed[0] !== sound[0] || typed === sound) return false;
    let same = 1;
    while (same < typed.length && typed[same] === sound[same]) same += 1;
    const [rest, other] = [typed.slice(same), sound.slice(same)];
    const turned = rest.length > 1 && rest[1] + rest[0] + rest.slice(2) === other;
    return turned || rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1);
  }

  function put(map, place, cost) {
    if (cost <= MOST && !(map.get(place) <= cost)) map.set(place, cost);
  }

  // What is known of characters: their sounds, and of those that were typed with a slip what they may stand for.
  function alphabet({ digits }) {
    const every = new Set();
    const almost = new Set();
    const sounds = new Map();
    const looks = new Map();
    const korean = new Map();
    const plain = new Map([...digits].map((digit, number) => [String(number), digit]));
    const soundsOf = (character) => sounds.get(character) || [];

    function learnSound(character, sound) {
      sounds.set(character, [...soundsOf(character), sound]);
      every.add(sound);
      nearly(sound).forEach((near) => almost.add(near));
    }

    function learnReadings(readings) {
      for (const firstly of [0, 1]) {
        for (const [sound, characters] of Object.entries(readings)) {
          for (const character of characters[firstly]) learnSound(character, sound);
        }
      }
    }

    function learnSlips(slips) {
      for (const [character, [read, simplified, alike]] of Object.entries(slips)) {
        read.split(" ").filter(Boolean).forEach((sound) => learnSound(character, sound));
        if (simplified) plain.set(character, simplified);
        looks.set(character, [...alike]);
      }
    }

    // By syllable of Hangul the characters that it may stand for.
    function learnKorean(given) {
      for (const [syllable, characters] of Object.entries(given)) {
        korean.set(syllable, characters);
        const read = [...characters].map((character) => soundsOf(character)[0]).filter(Boolean);
        sounds.set(syllable, [...new Set([...read, UNREAD])]); // names may be written in Hangul themselves
      }
    }

    return {
      learnKorean,
      isKorean: (sign) => korean.has(sign),
      koreanOf: (syllable) => korean.get(syllable) || "",
      learnReadings,
      learnSlips,
      soundsOf,
      knows: (character) => sounds.has(character) || plain.has(character) || isLetter(character),
      simplified: (text) => Array.from(text, (character) => plain.get(character) || character),
      soundAlike: (one, other) => soundsOf(one).some((sound) => sound !== UNREAD && soundsOf(other).includes(sound)),
      alikeOnes: (character) => looks.get(character) || [],
      isSound: (text) => every.has(text),
      isAlmostSound: (text) => almost.has(text),
      mistypedFrom: (text) => [...every].filter((sound) => isMistyped(text, sound)),
      beginsSound: (text) => VOWEL.test(text) && [...every].some((sound) => sound.startsWith(text)),
    };
  }

  // The ways to read one text: `along` gives the places that a name's characters lead to, each with its cost.
  function reader(text, letters, loose) {
    const known = new Map();

    function spelled(at, sound, ways) {
      const from = (length) => text.slice(at, at + length).join("");
      const rest = text.length - at;
      if (from(sound.length) === sound) put(ways, at + sound.length, 0);
      if (text[at] === sound[0]) put(ways, at + 1, INITIAL);
      if (sound[1] === "h" && from(2) === sound.slice(0, 2)) put(ways, at + 2, 2 * INITIAL);
      if (rest < sound.length && sound.startsWith(from(rest)) && VOWEL.test(from(rest))) put(ways, text.length, INITIAL);
      for (const near of nearly(sound)) if (from(near.length) === near) put(ways, at + near.length, LIKE);
      if (!loose) return;
      for (const length of [sound.length - 1, sound.length, sound.length + 1]) {
        if (length <= rest && isMistyped(from(length), sound)) put(ways, at + length, MISTYPED);
      }
    }

    function read(at, character) {
      const ways = new Map();
      const typed = text[at];
      if (typed === character || letters.koreanOf(typed).includes(character)) put(ways, at + 1, 0);
      else if (isLetter(typed)) letters.soundsOf(character).forEach((sound) => spelled(at, sound, ways));
      else if (letters.soundAlike(typed, character)) put(ways, at + 1, SAME_SOUND);
      else if (letters.alikeOnes(typed).includes(character) || soundNearly(typed, character)) put(ways, at + 1, LIKE);
      else if (loose) put(ways, at + 1, WRONG);
      return ways;
    }

    function soundNearly(one, other) {
      const sounds = letters.soundsOf(other);
      return letters.soundsOf(one).some((sound) => nearly(sound).some((near) => sounds.includes(near)));
    }

    function ways(at, character) {
      const key = at + character;
      if (!known.has(key)) known.set(key, at < text.length ? read(at, character) : new Map());
      return known.get(key);
    }

    function step(here, character) {
      const next = new Map();
      for (const [at, cost] of here) {
        for (const [to, more] of ways(at, character)) put(next, to, cost + more);
        if (!loose) continue;
        put(next, at, cost + WRONG);
        for (const [to, more] of ways(at + 1, character)) put(next, to, cost + more + WRONG);
      }
      return next;
    }

    // From: places of the text with their costs. enough: after so many characters a name may be cut short.
    function along(from, name, enough = name.length) {
      let here = new Map([...from].filter(([at]) => at < text.length));
      const ends = new Map();
      name.forEach((character, place) => {
        here = step(here, character);
        const cut = place + 1 < name.length;
        for (const [at, cost] of here) {
          if (!cut) put(ends, at, cost);
          else if (place + 1 >= enough || at === text.length) put(ends, at, cost + UNFINISHED);
        }
      });
      return ends;
    }

    return { along, size: text.length };
  }

  window.campaignLookup = { MISTYPED, SLIP, UNFINISHED, WRONG, UNREAD, alphabet, asTyped, isLetter, put, reader };
})();
