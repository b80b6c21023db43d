// Search: which files of names a text calls for, and what they hold that fits it.
(() => {
  "use strict";
  const lookup = window.campaignLookup;
  const PLACE_CODE = /^[0-9]{9}(?:[0-9]{3})?$/;
  const SHEET_CODE = /^[2-9acdefhjkmprtwxy]{7}$/; // site_builder/publication/postings.py
  const BEFORE_CODE = /^[\u4e00-\u9fff]+/; // 核对码: as it is copied from a message
  const HANGUL = /[\uac00-\ud7a3]/;
  const END = "0";
  const APART = "*";
  const INITIALS = 6; // in a key at most
  const SOUNDS = 2;
  const SOUND_LENGTHS = [6, 5, 4, 3, 2];
  const MISTYPED_LENGTHS = [7, ...SOUND_LENGTHS];
  const MOST_COUNTIES = 2; // files of counties
  const TURNS = 3; // a county's file, the files of the first names, those of names behind a township
  // More than these would cost a slow line too much: files of names at first and for a slip, lists of files.
  const MOST_FILES = 5;
  const MOST_MORE = 3;
  const MOST_LISTS = 4;
  const MOST_ENDS = 3; // of a village's name in a sentence
  const PAGE_FIRST = 0.5; // a page that has this part of what was asked is what was asked for
  const FEW = 5; // where more was found than this, nobody is asked whether something else was meant

  // The ways in which the text from a place on may begin a name: for each of its characters [initial, sound or null].
  // loose: also as if somebody had slipped.
  function beginnings(text, at, letters, keys, loose) {
    const found = [];

    function soundsOf(character) {
      const sounds = letters.soundsOf(character);
      const alike = letters.alikeOnes(character).flatMap((other) => letters.soundsOf(other).slice(0, 1));
      const all = loose || letters.isKorean(character) ? [...new Set([...sounds, ...alike])] : sounds.slice(0, 1);
      return all.length ? all : [lookup.UNREAD];
    }

    const from = (place, length) => text.slice(place, place + length).join("");
    const isSound = (part) => letters.isSound(part) || (loose && letters.isAlmostSound(part));

    // Whether the letters from here are whole sounds to their end; the last may be unfinished.
    const spelt = new Map();
    function inSounds(place) {
      if (!spelt.has(place)) spelt.set(place, endsInSounds(place));
      return spelt.get(place);
    }

    function endsInSounds(place) {
      if (place >= text.length || !lookup.isLetter(text[place])) return true;
      const rest = from(place, text.length - place).match(/^[a-z]*/)[0];
      return letters.beginsSound(rest) || SOUND_LENGTHS.some((length) =>
        length <= rest.length && isSound(from(place, length)) && inSounds(place + length));
    }

    // What the letters from here may be of the next character, [how many of them, sound or null]: whole sounds if that
    // works out, then what may be mistyped, else any beginning.
    function readings(place, mayBeMistyped) {
      const sounds = SOUND_LENGTHS.filter((length) => isSound(from(place, length)));
      const fit = sounds.filter((length) => inSounds(place + length));
      const whole = (lengths) => lengths.map((length) => [length, from(place, length)]);
      return [...whole(fit), ...(mayBeMistyped ? mistyped(place) : []), ...(fit.length ? [] : [...whole(sounds), [1, null]])];
    }

    function mistyped(place) {
      return MISTYPED_LENGTHS.filter((length) => place + length <= text.length && inSounds(place + length))
        .flatMap((length) => letters.mistypedFrom(from(place, length)).map((sound) => [length, sound]));
    }

    function walk(place, lead, mayBeMistyped) {
      if (place >= text.length || lead.length === INITIALS || keys.has(initials(lead))) found.push(lead);
      else if (!lookup.isLetter(text[place])) {
        soundsOf(text[place]).forEach((sound) => walk(place + 1, [...lead, [sound[0], sound]], mayBeMistyped));
      } else {
        readings(place, mayBeMistyped).forEach(([length, sound]) => {
          const asTyped = sound === null || sound === from(place, length);
          walk(place + length, [...lead, [text[place], sound]], mayBeMistyped && asTyped);
        });
      }
    }
    walk(at, [], loose);
    return found;
  }

  const initials = (lead) => lead.map(([initial]) => initial).join("");

  // The files in which names with such a beginning stand: that of its initials, and those of names that end within it.
  function filesOf(lead, keys) {
    const starts = lead.map((_, place) => lead.slice(0, place + 1)).reverse();
    const ending = starts.flatMap((start) => {
      const end = initials(start) + END;
      const sounds = start.slice(0, SOUNDS).map(([, sound]) => `${sound}-`);
      return [end, ...sounds.map((_, place) => end + sounds.slice(0, place + 1).join(""))];
    });
    return [...starts.map(initials), ...ending].filter((key) => keys.has(key));
  }

  // The words with which people ask (names.yml), as they are compared, the longest first.
  function wordsOf({ before, behind, between, idle, province, groups, numerals }, plain) {
    const longestFirst = (list) => list.map(plain).sort((one, other) => other.length - one.length);
    const [starts, ends, fillers] = [[...before, province], behind, between].map(longestFirst);
    return { starts, ends, fillers, idle: longestFirst(idle), groups, numerals };
  }

  // What a text asks for: the name of a place, without the words with which people ask. One sign is left.
  function askedFor(text, { starts, ends, fillers }) {
    let rest = text.join("");
    for (const word of fillers) rest = rest.split(word).join("") || rest;
    for (let size = -1; size !== rest.length;) {
      size = rest.length;
      const start = starts.find((word) => rest.length > word.length && rest.startsWith(word));
      if (start) rest = rest.slice(start.length);
      const end = ends.find((word) => rest.length > word.length && rest.endsWith(word));
      if (end) rest = rest.slice(0, -end.length);
    }
    return Array.from(rest);
  }

  // A text without the part of a village that stands at its end, counted or named: 三组, 第二小组, 东屯; null where none does.
  function withoutPart(text, { groups, numerals }, villageEndings) {
    const typed = text.join("");
    const group = groups.find((word) => typed.endsWith(word));
    if (!group) return null;
    const endings = villageEndings.map((ending) => ending.join("")).filter((ending) => ending.length > 0);
    const ends = endings.map((ending) => typed.lastIndexOf(ending) + ending.length).filter((end, at) =>
      end > endings[at].length && end < typed.length - group.length);
    if (ends.length) return Array.from(typed.slice(0, Math.max(...ends)));
    let size = typed.length - group.length;
    while (size > 0 && numerals.includes(typed[size - 1])) size -= 1;
    return size > 0 && size < typed.length - group.length ? Array.from(typed.slice(0, size)) : null;
  }

  // Whether a text ends as a village's name does, so that nobody will type on.
  function isWhole(text, kinds) {
    const typed = text.join("");
    return [].concat(...kinds).some((ending) => typed.endsWith(ending.join("")));
  }

  // The parts of a sentence that may name a village: from the first county or prefecture in it, or from one right behind
  // it as in 吉林双阳新民村, to an ending of a village, the last first: 范家村村民, 池大地村是不是贫困村.
  function placesIn(text, { kinds, wide }) {
    const typed = text.join("");
    const places = wide.map((name) => [typed.indexOf(name), name.length]).filter(([at]) => at >= 0);
    const [first, long] = places.sort(([one], [other]) => one - other)[0] || [0, 0];
    const starts = places.some(([at]) => long && at === first + long) ? [first, first + long] : [first];
    const ends = [];
    for (const ending of [].concat(...kinds).map((signs) => signs.join(""))) {
      for (let at = typed.indexOf(ending); at >= 0; at = typed.indexOf(ending, at + 1)) ends.push(at + ending.length);
    }
    const last = [...new Set(ends)].sort((one, other) => other - one).slice(0, MOST_ENDS);
    const parts = starts.map((start) => (last.length ? last : [typed.length]).map((end) => Array.from(typed.slice(start, end))));
    return [].concat(...parts).filter((part) => part.length > 2 && part.length < text.length);
  }

  // Whether more files than one begin with all that was typed: then it is too short to tell which to take.
  function isShort(lead, keys) {
    const start = initials(lead);
    return lead.length < INITIALS && !lead.some((_, place) => keys.has(start.slice(0, place + 1)))
      && [...keys].some((key) => key.startsWith(start) && key[start.length] !== END);
  }

  // load: gives the content of a file by its name, or null when it does not come.
  function searcher(load) {
    let known = null;
    const learnt = new Set();

    async function prepare() {
      const [index, more] = await Promise.all([load("index"), load("more")]);
      if (!index || !more || known) return known;
      const letters = lookup.alphabet(index);
      letters.learnReadings(more.readings);
      const plain = (words) => letters.simplified(words).join("");
      known = {
        index,
        letters,
        plain,
        spelled: lookup.names(index, letters),
        keys: new Set(more.keys.split(" ")),
        asking: wordsOf(more.asking, plain),
      };
      return known;
    }

    // What the characters of a text may stand for. Without it the search is only less forgiving.
    async function learnSlips(text) {
      const numbers = new Set(text.filter((sign) => !lookup.isLetter(sign))
        .map((character) => character.codePointAt(0) % known.index.slipFiles).filter((number) => !learnt.has(number)));
      await Promise.all([...numbers].map(async (number) => {
        const slips = await load(`slips-${number}`);
        if (!slips || learnt.has(number)) return;
        learnt.add(number);
        known.letters.learnSlips(slips);
      }));
    }

    async function townships(names) {
      const parts = await Promise.all(names.map((name) => load(`names-${name}`)));
      if (parts.includes(null)) return null;
      const all = new Map();
      for (const [code, name, size, villages] of parts.flat()) {
        const others = all.has(code) ? all.get(code)[3] : [];
        all.set(code, [code, name, size, [...others, ...villages]]);
      }
      return [...all.values()];
    }

    // Where an initial has many files, the list of them is a file too. False when it does not come.
    async function learnKeys(firsts) {
      const lists = await Promise.all([...firsts].map(async (initial) => {
        if (!known.keys.has(initial + APART)) return "";
        const list = await load(`keys-${initial}`);
        if (list) known.keys.delete(initial + APART);
        return list;
      }));
      lists.forEach((list) => list && list.split(" ").forEach((key) => known.keys.add(key)));
      return !lists.includes(null);
    }

    // The files that may hold the names, in the order in which they are worth a try: first that of a county, alone if it
    // was surely typed; then those of names wherever one may begin. namesakes: whether those of the same name in other
    // counties are among them.
    async function wanted(turn, finder, text, atHand, loose) {
      const { codes, sure } = finder.countiesAhead();
      const counties = turn === 0 ? codes.slice(0, sure ? MOST_COUNTIES : 1) : [];
      if (counties.length && sure) return { keys: counties, short: false, namesakes: false };
      const heads = finder.heads(atHand);
      const leads = (at) => beginnings(text, at, known.letters, known.keys, loose);
      const firsts = [...new Set(heads.flatMap(leads).map(([[initial]]) => initial))];
      if (!(await learnKeys(firsts.slice(0, MOST_LISTS)))) return null;
      return {
        keys: [...counties, ...heads.flatMap(leads).flatMap((lead) => filesOf(lead, known.keys))],
        short: leads(0).some((lead) => isShort(lead, known.keys)),
        namesakes: true,
      };
    }

    // Looks through the files at hand, then takes more, up to so many in all, until something fits that costs no less
    // than `least` and no more than `enough`. Adds to `taken`; null when a file does not come.
    async function round(text, taken, { loose, least, enough, most }) {
      const finder = lookup.finder(known, text, loose);
      let [partial, namesakes] = [false, false];
      for (let turn = 0; ; turn += 1) {
        const atHand = await townships([...taken]);
        if (!atHand) return null;
        const found = finder.best(atHand, least);
        // 龙山村 is hardly what begins with 村 in the county 龙山: a whole name may have a better fit elsewhere.
        const isCut = found.length > 0 && found[0].cost >= lookup.UNFINISHED && isWhole(text, known.spelled.kinds);
        const fits = found.length && found[0].cost <= enough && (namesakes || !(found[0].alone || isCut));
        if (fits || turn === TURNS || taken.size === most) {
          return { found, partial, slipped: found.length > 0 && found[0].cost >= lookup.SLIP };
        }
        const more = await wanted(turn, finder, text, atHand, loose);
        if (!more) return null;
        partial = partial || more.short;
        namesakes = namesakes || more.namesakes;
        more.keys.forEach((key) => taken.size < most && taken.add(key));
      }
    }

    // What was typed may be a name and yet a slip: the nearest of the others.
    async function beside(text, taken, most) {
      const others = await round(text, taken, { loose: true, least: lookup.SLIP, enough: lookup.MISTYPED, most });
      return others ? others.found.filter(({ cost }) => cost < lookup.WRONG) : [];
    }

    // The same, after a pause: also what was typed with a slip. near: where it is a name too, what else may be meant.
    async function patiently(text, taken, exact) {
      const most = taken.size + MOST_MORE;
      let answer = exact;
      if (!exact.found.length || exact.slipped) {
        await learnSlips(text);
        answer = await round(text, taken, { loose: true, least: 0, enough: lookup.WRONG, most });
      }
      if (!answer || !answer.found.length || answer.slipped || answer.found.length > FEW) return answer;
      return { ...answer, near: await beside(text, taken, text.some(lookup.isLetter) ? most : taken.size) };
    }

    // The village or township of a code, which its county's file holds.
    async function ofCode(code) {
      const atHand = known.spelled.counties.has(code.slice(0, 6)) ? await townships([code.slice(0, 6)]) : [];
      const finder = atHand && lookup.finder(known, [code], false);
      return atHand && finder.coded(atHand, code);
    }

    // The village to whose posting sheet a check code belongs, of whatever edition; none where it is no such code.
    async function ofSheet(code) {
      const codes = SHEET_CODE.test(code) && await load(`sheets-${code[0]}`);
      const village = codes && codes[code];
      const found = village && await ofCode(village);
      return found ? found.map((one) => ({ ...one, kind: "sheet" })) : [];
    }

    // Without this list Hangul finds nothing, which is said.
    async function fromHangul(text) {
      const hangul = await load("hangul");
      if (!hangul) return text;
      known.letters.learnKorean(hangul.readings);
      return Object.entries(hangul.words).reduce((rest, [word, chinese]) => rest.split(word).join(chinese), text);
    }

    // patient: of a promise, whether to look for slips too.
    async function ofText(given, patient) {
      let text = given;
      const unknown = text.filter((sign) => !known.letters.knows(sign));
      if (unknown.length) {
        await learnSlips(unknown);
        text = known.letters.simplified(text.join(""));
      }
      const taken = new Set();
      const look = (asked, most) => round(asked, taken, { loose: false, least: 0, enough: lookup.UNFINISHED, most });
      let exact = await look(text, MOST_FILES);
      const { kinds } = known.spelled;
      for (const shorter of [withoutPart(text, known.asking, [].concat(...kinds)), ...placesIn(text, known.spelled)]) {
        if (!exact || exact.found.length || !shorter) continue;
        const inside = await look(shorter, MOST_FILES + 1); // that of a county that was not thought of
        if (!inside || inside.found.length) [text, exact] = [shorter, inside];
      }
      return exact && text.length > 1 && (await patient) ? patiently(text, taken, exact) : exact;
    }

    // The pages with words of the text, known by what people call them; none where that list does not come. It is not asked
    // for by letters alone, which spell a name: the list would come beside the names and delay them.
    async function pagesOf(read) {
      const pages = read.every(lookup.isLetter) ? null : await load("pages");
      if (pages && !known.pages) known.pages = lookup.called(pages, known.plain);
      return lookup.named(read, known.pages || []);
    }

    // Places and pages in the order in which they fit. What is found by a slip alone is not shown where a page was asked
    // for (isPage), stands behind a page that says most of what was asked, and before one that does not.
    function together({ found, slipped }, pages, saying, read, isPage) {
      const codes = new Set(pages.map(({ code }) => code));
      const others = saying.filter(({ code }) => !codes.has(code.split("#")[0]));
      if (pages.length) {
        const places = slipped && isPage ? [] : found;
        return pages[0].long === read.length ? [...pages, ...others, ...places] : [...places, ...pages, ...others];
      }
      const isFar = !found.length || (slipped && found[0].cost > lookup.WRONG);
      const isSaid = isFar && others.length > 0 && others[0].covers >= PAGE_FIRST;
      return isSaid ? [...others, ...found] : [...found, ...others];
    }

    // {found, partial, slipped, near}, or null when the names cannot be had. partial: more names may begin like this.
    // patient: also look for what was typed with a slip, and for what no place answers in what the pages say. Where a page
    // is asked for by its word, no place is shown that fits only by a slip.
    return async function search(typed, patient) {
      const nothing = { found: [], partial: false, slipped: false, near: [] };
      if (!(await prepare())) return null;
      const whole = lookup.asTyped(typed);
      if (!whole.length) return nothing;
      if (PLACE_CODE.test(whole)) return ofCode(whole).then((found) => found && { ...nothing, found });
      const sheet = await ofSheet(whole.replace(BEFORE_CODE, ""));
      if (sheet.length) return { ...nothing, found: sheet };
      const read = known.letters.simplified(HANGUL.test(whole) ? await fromHangul(whole) : whole);
      const text = askedFor(read, known.asking);
      const coming = pagesOf(read); // on their way beside the names
      // The words of asking, as 联络员, are words of pages too: a page is asked for where another of its words is left.
      const isPage = coming.then((pages) => pages.length > 0 && lookup.named(text, known.pages).length > 0);
      const answer = await ofText(text, isPage.then((sure) => patient && !sure));
      const pages = await coming;
      if (!answer) return pages.length ? { ...nothing, found: pages } : null;
      const isPlace = !pages.length && answer.found.length > 0 && !answer.slipped;
      const saying = patient && !isPlace ? await lookup.saying(read, known.asking.idle, known.pages || [], load) : [];
      const found = together(answer, pages, saying, read, await isPage);
      return { ...nothing, ...answer, found, slipped: answer.slipped && found.length > 0 && found[0].kind !== "page" };
    };
  }

  Object.assign(lookup, { searcher });
})();
