// Which places a text may mean: prefecture, county, township, village and liaison, run together, any of them left out.
(() => {
  "use strict";
  const lookup = window.campaignLookup;
  const OTHER_ENDING = 4; // a community where a village was typed, or the other way round
  const MOST_ENDINGS = 4; // of a larger place, one behind the other: 满族蒙古族锡伯族乡
  const RUNNER_UP = 3; // what is further behind the best is not shown
  const ORDER = ["prefecture", "county", "village", "liaison", "township", "unlisted"]; // of those that fit equally well

  const union = (...maps) => {
    const all = new Map();
    maps.forEach((map) => map.forEach((cost, at) => lookup.put(all, at, cost)));
    return all;
  };

  // The names as they are compared: plain characters, with and without the ending that says what kind of place it is.
  function names(index, letters) {
    const characters = (name) => letters.simplified(lookup.asTyped(name));
    const kinds = index.villageEndings.map((endings) => endings.map(characters));
    const placeEndings = index.placeEndings.map(characters);
    const cached = (make, known = new Map()) => (name) => {
      if (!known.has(name)) known.set(name, make(name));
      return known.get(name);
    };
    const endsWith = (name, ending) => name.slice(-ending.length).join("") === ending.join("");

    function village(name) {
      const whole = characters(name);
      for (const [kind, endings] of kinds.entries()) {
        const ending = endings.find((one) => one.length < whole.length && endsWith(whole, one));
        if (ending) return { base: whole.slice(0, -ending.length), kind };
      }
      return { base: whole, kind: -1 };
    }

    function place(name) {
      let base = characters(name);
      for (;;) {
        const ending = placeEndings.find((one) => base.length - one.length >= 2 && endsWith(base, one));
        if (!ending) return base;
        base = base.slice(0, -ending.length);
      }
    }
    const counties = new Set(index.prefectures.flatMap(([above, , inside]) => inside.map(([rest]) => above + rest)));
    const larger = index.prefectures.map(([, above, inside]) => [above, ...inside.map(([, name]) => name)]);
    const wide = [].concat(...larger).map((name) => place(name).join(""));
    return { village: cached(village), place: cached(place), characters, kinds, placeEndings, counties, wide };
  }

  // Finds the places among some townships that a text may mean. heads: where a village's own name may begin.
  function finder({ index, letters, spelled }, text, loose) {
    const read = lookup.reader(text, letters, loose);
    const start = new Map([[0, 0]]);
    const afterEnding = new Map();

    const memo = (cache, key, make) => {
      if (!cache.has(key)) cache.set(key, make());
      return cache.get(key);
    };

    // From the end of a village's base: the places that its ending, or none, leads to.
    function ended(ends, kind) {
      const all = union(ends);
      for (const [at, cost] of ends) {
        if (at >= read.size) continue;
        const ways = memo(afterEnding, at, () => spelled.kinds.map((endings) =>
          union(...endings.map((ending) => read.along(new Map([[at, 0]]), ending)))));
        ways.forEach((way, number) => way.forEach((more, to) =>
          lookup.put(all, to, cost + more + (number === kind ? 0 : OTHER_ENDING))));
      }
      return all;
    }

    const afterPlaceEnding = new Map();
    function place(from, name) {
      const bare = read.along(from, spelled.place(name), 2);
      const all = union(bare);
      for (const [at, cost] of bare) {
        if (at >= read.size) continue;
        const ways = memo(afterPlaceEnding, at, () => {
          const further = (ends) => union(...spelled.placeEndings.map((ending) => read.along(ends, ending, 2)));
          const times = [further(new Map([[at, 0]]))];
          while (times.length < MOST_ENDINGS) times.push(further(times[times.length - 1]));
          return union(...times);
        });
        ways.forEach((more, to) => lookup.put(all, to, cost + more));
      }
      return all;
    }

    function village(from, name) {
      const { base, kind } = spelled.village(name);
      return ended(read.along(from, base), kind);
    }

    // Prefectures and counties are few and always at hand.
    const prefectures = index.prefectures.map(([code, name, , bare]) => ({ code, name, bare, own: place(start, name) }));
    const counties = new Map();
    index.prefectures.forEach(([prefecture, above, inside], number) => inside.forEach(([rest, name, bare]) => {
      const code = prefecture + rest;
      const from = union(start, prefectures[number].own);
      const own = place(from, name);
      counties.set(code, { code, name, bare, prefecture: above, own, heads: union(from, own) });
    }));
    const whole = (ends) => ends.get(read.size);

    // After the village may come its township and its county, in either order.
    function behind(ends, township, county) {
      const open = new Map([...ends].filter(([at]) => at < read.size));
      if (!open.size) return ends;
      const widening = place(union(open, place(open, township)), county.name);
      const within = union(open, place(open, county.prefecture));
      const inCounty = place(within, county.name);
      const narrowing = place(union(within, inCounty), township);
      return union(ends, widening, inCounty, narrowing, place(open, township));
    }

    // alone: where the name leads without a larger place. What fits alone may have namesakes elsewhere.
    function* inTownship([code, township, size, villages]) {
      const county = counties.get(code.slice(0, 6));
      const own = place(county.heads, township);
      const heads = union(county.heads, own);
      const shared = { township, county: county.name, bare: county.bare };
      const kind = size ? "township" : "unlisted"; // one in which no village is on a list
      yield { ...shared, kind, code, name: township, size, cost: whole(own), alone: place(start, township) };
      for (const [rest, name, liaison] of villages) {
        const found = { ...shared, code: code + rest, name, liaison };
        const ends = village(heads, name);
        const kind = liaison === undefined ? "unlisted" : "village";
        yield { ...found, kind, cost: whole(behind(ends, township, county)), alone: village(start, name) };
        if (!liaison) continue;
        const serving = read.along(union(heads, ends), spelled.characters(liaison));
        const alone = read.along(start, spelled.characters(liaison));
        yield { ...found, kind: "liaison", cost: whole(behind(serving, township, county)), alone };
      }
    }

    function* everywhere(townships) {
      for (const { code, name, bare, own } of prefectures) {
        if (!bare) yield { kind: "prefecture", code, name, cost: whole(own), alone: own };
      }
      for (const { code, name, bare, prefecture, own } of counties.values()) {
        const kind = bare ? "unlisted" : "county"; // a zone with villages, of which the campaign has no page
        yield { kind, code, name, bare, prefecture, county: prefecture, township: name, cost: whole(own), alone: own };
      }
      for (const township of townships) yield* inTownship(township);
    }

    // The places that fit best of those that cost at least so much, nearest first; equals by kind, then by their codes.
    function best(townships, least) {
      const nearest = new Map();
      for (const found of everywhere(townships)) {
        const known = nearest.get(found.code);
        if (found.cost !== undefined && !(known && known.cost <= found.cost)) nearest.set(found.code, found);
      }
      const all = [...nearest.values()].filter(({ cost }) => cost >= least).sort((one, other) => one.cost - other.cost
        || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || (one.code < other.code ? -1 : 1));
      return all.filter((found) => found.cost <= all[0].cost + RUNNER_UP)
        .map((found) => ({ ...found, alone: whole(found.alone) <= found.cost }));
    }

    // Where a village's name may begin, likeliest first: at the start, or behind what may be a prefecture, a county or one
    // of these townships. Where an ending of such a place was typed, the name begins behind it.
    function heads(townships) {
      const wider = [...prefectures, ...counties.values()].map(({ own }) => own);
      const own = townships.map(([code, name]) => place(counties.get(code.slice(0, 6)).heads, name));
      const all = union(start, ...wider, ...own);
      const typedEnding = (at) => !lookup.isLetter(text[at]) && [...(afterPlaceEnding.get(at) || new Map()).values()].includes(0);
      return [...all.keys()].filter((at) => at === 0 || (at < read.size && (loose || !typedEnding(at))))
        .sort((one, other) => all.get(one) - all.get(other) || other - one);
    }

    // The counties with which the text may begin, likeliest first, and whether the first is written as it should be.
    function countiesAhead() {
      const cost = ({ own }) => Math.min(...own.values());
      const ahead = [...counties.values()].filter(({ own }) => own.size).sort((one, other) => cost(one) - cost(other));
      return { codes: ahead.map(({ code }) => code), sure: ahead.length > 0 && cost(ahead[0]) === 0 };
    }

    // What has this code, at no cost.
    function coded(townships, code) {
      const found = [...everywhere(townships)].find((one) => one.code === code && one.kind !== "liaison");
      return found ? [{ ...found, cost: 0, alone: false }] : [];
    }
    return { best, heads, countiesAhead, coded };
  }

  Object.assign(lookup, { finder, names });
})();
