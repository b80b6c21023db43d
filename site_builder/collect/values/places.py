"""The places that a return may name: the campaign's villages and the counties, by code and by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.collect.values import place_names
from site_builder.collect.values.place_names import larger_stem, stem
from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading
from site_builder.shared.problems import layout
from site_builder.shared.text_forms import closed, simplified

_OFFERED = 3
_VILLAGE_DIGITS, _COUNTY_DIGITS = 12, 6
AREA = "area_code"
"""The field of a place about which a unit reports; its code may be a unit's too."""
_LONGEST_COUNTY = 20  # characters, with the names above it
_BEFORE_NAME = place_names.BETWEEN + ";:()和与及到赴在至"  # what may stand before a village's name in a longer text
_VILLAGE_LIKE = re.compile(r"[^\W\d_]{2,}(?:(?<!农)村(?![民级])|社区)")
_ANY_VILLAGE = re.compile("(?:各|个|贫困|行政|全|本|驻|辖|乡|自然|重点|示范)村")
_CODE_OF_COUNTY = re.compile(r"^([A-Z]-)?[0-9]{6}(?=$|-|[0-9]{6}$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVillage:
    """A village of the campaign."""

    code: str
    name: str
    township: str

    def is_written_as(self, name: str) -> bool:
        """Whether a name is its own, perhaps after its township's, or without its ending: of that nothing is said."""
        return closed(name) in {self.name, closed(self.township + self.name), stem(self.name)}


@dataclass(frozen=True, kw_only=True)
class Places:
    """The villages and counties of the record.

    villages: by code; counties: their names by code; above: the names of what is above a county and its own, by its
    code; by_name: the villages by their names' stems, by county, and all of them under ""; outside: the same of the
    gazetteer's other villages, which are not the campaign's.
    """

    villages: Mapping[str, KnownVillage]
    counties: Mapping[str, str]
    above: Mapping[str, tuple[str, ...]]
    by_name: Mapping[str, Mapping[str, list[KnownVillage]]]
    outside: Mapping[str, Mapping[str, list[KnownVillage]]]

    def of_county(self, county: str) -> list[KnownVillage]:
        """The villages of a county, by code; of the whole province where it is ""."""
        return self._of_counties_by_code.get(county, []) if county else list(self.villages.values())

    @cached_property
    def _of_counties_by_code(self) -> dict[str, list[KnownVillage]]:
        """Each county's villages: all of the province are not to be gone through for each row of a return."""
        found: dict[str, list[KnownVillage]] = {}
        for code, village in self.villages.items():
            found.setdefault(code[:_COUNTY_DIGITS], []).append(village)
        return found

    @cached_property
    def townships(self) -> dict[str, list[str]]:
        """The townships that have villages, the campaign's or others, by county, and all of them under ""."""
        every = (self.by_name, self.outside)
        return {
            county: list(dict.fromkeys(v.township for by in every for of in by.get(county, {}).values() for v in of))
            for county in {"", *self.by_name, *self.outside}
        }

    def townships_in(self, county: str, text: str) -> list[str]:
        """The townships of a county that a text names whole; of one within the name of another only the longer."""
        typed = place_names.written(text)
        found = [name for name in self.townships.get(county, ()) if name and place_names.written(name) in typed]
        return [name for name in found if not any(name != other and name in other for other in found)]

    def villages_in(self, county: str, text: str) -> list[KnownVillage]:
        """The villages that a longer text names whole, each alone or right below its township: 荣华村 of 荣华村村部.

        All of a name that several have, the campaign's and others. Nothing else may stand before it: 新荣华村 is
        another village. A township may have its county's name: 柳河镇 of 柳河县, whose name is not cut off of it.
        """
        whole = place_names.written(text)
        typed = {whole, place_names.below(text, self.above.get(county, ()))}
        spoken = self._spoken_in.get(county, {})
        names = (by[part] for length, by in spoken.items() for part in _parts_of_length(typed, length) if part in by)
        of_name = (village for villages in names for village in villages)
        return [village for village in of_name if any(_is_named_in(each, village) for each in typed)]

    @cached_property
    def _spoken_in(self) -> dict[str, dict[int, dict[str, list[KnownVillage]]]]:
        """All villages by how they are called in a sentence, by county and the length of that.

        A list of events has a place in each row: a part of it is looked up, not each village looked for in it.
        """
        found: dict[str, dict[int, dict[str, list[KnownVillage]]]] = {}
        for by_county in (self.by_name, self.outside):
            for county, by_name in by_county.items():
                for village in (village for of in by_name.values() for village in of):
                    name, by_length = _spoken(village), found.setdefault(county, {})
                    by_length.setdefault(len(name), {}).setdefault(name, []).append(village)
        return found

    def names_other_village(self, text: str, villages: Iterable[KnownVillage]) -> bool:
        """Whether a text names a village or community besides these, as far as its words tell."""
        typed = place_names.written(text)
        for village in villages:
            typed = typed.replace(_spoken(village), ",")
        return _VILLAGE_LIKE.search(_ANY_VILLAGE.sub(",", typed)) is not None

    def says_township(self, county: str, name: str) -> bool:
        """Whether the name of a village has a township's before it."""
        typed = self._own(county, name)
        by_name = self.by_name.get(county, {})
        is_below = stem(typed) not in by_name and any(self._below_townships(by_name, typed, larger_stem))
        return is_below or any(typed.startswith(place_names.written(of)) for of in self.townships_in(county, typed))

    def is_only(self, county: str, name: str) -> bool:
        """Whether no two villages of a county have a name, the campaign's and others together."""
        typed = stem(self._own(county, name))
        return sum(len(by.get(county, {}).get(typed, ())) for by in (self.by_name, self.outside)) <= 1

    def named(self, county: str, township: str, name: str) -> list[KnownVillage]:
        """The villages of that name, perhaps with the places above before it.

        county and township narrow the choice where they are not empty. A name that is whole a village's comes before
        one that is a township's and a village's, and both before one that the places above are cut off.
        """
        typed = place_names.written(name)
        for own in dict.fromkeys((typed, place_names.below(typed, self.above.get(county, ())))):
            for found in self._ways(self.by_name.get(county, {}), own):
                here = [village for village in found if not township or self._is_township(village, township)]
                if here:
                    return _of_kind(name, here)
        return []

    def _ways(self, by_name: Mapping[str, list[KnownVillage]], typed: str) -> Iterator[list[KnownVillage]]:
        """The villages of a name alone, below a township that is written whole, and below a shortened one."""
        yield [village for part in _with_bare(typed) for village in by_name.get(stem(part), ())]
        for written in (place_names.written, larger_stem):
            yield list(self._below_townships(by_name, typed, written))

    def _own(self, county: str, name: str) -> str:
        """A village's name without those above it. 长春岭村 is a name of its own, though 长春 is above its county.

        Nor is a county's name cut off a township's that is called like it.
        """
        typed, every = place_names.written(name), (self.by_name, self.outside)
        is_whole = any(stem(typed) in by.get(county, {}) for by in every)
        own = typed if is_whole else place_names.below(typed, self.above.get(county, ()))
        townships = self.townships.get(county, ()) if own != typed else ()
        return typed if any(typed.startswith(place_names.written(each)) for each in townships) else own

    def is_outside(self, county: str, township: str, name: str) -> bool:
        """Whether the gazetteer has a village of that name, while the campaign has none."""
        typed = self._own(county, name)
        found = self.outside.get(county, {}).get(stem(typed), ())
        return any(not township or self._is_township(village, township) for village in found)

    def _below_townships(
        self, by_name: Mapping[str, list[KnownVillage]], typed: str, written: Callable[[str], str]
    ) -> Iterator[KnownVillage]:
        """The villages whose name follows on that of their township."""
        for end in range(2, min(len(typed) - 1, place_names.LONGEST)):
            for part in _with_bare(typed[end:].lstrip(place_names.BETWEEN)):
                yield from (
                    village for village in by_name.get(stem(part), ()) if written(village.township) == typed[:end]
                )

    def asked(self, county: str, township: str, name: str) -> str:
        """The question which village is meant, with the villages of that name, or else those like it; "" for none.

        Where the county has none of either, those of the name in other counties: the row may be one of theirs.
        """
        found = self.named(county, township, name) or self.likely(county, township, name)
        found = found or self.named("", township, name)
        names = "、".join(f"{village.township}{village.name}（{village.code}）" for village in found[:_OFFERED])
        return layout()["asked"].format(candidates=names) if names else ""

    def home(self, rows: Iterable[tuple[str, str]]) -> str:
        """The county that most villages of a list are of, each by township and name; "" where none is told by these."""
        found = [self.named("", township, name) for township, name in rows if name]
        codes = Counter(villages[0].code[:6] for villages in found if len(villages) == 1)
        return max(codes, key=lambda code: codes[code], default="")

    def official(self, code: str, field: str = "") -> str:
        """The name of a village, with its township, or of a county; the code where there is none of it.

        field: the column it stands in; in one of areas it is the place, and not the unit that has its code.
        """
        village = self.villages.get(code)
        if field == AREA and self.above.get(code):
            return self.above[code][-1]
        return village.township + village.name if village else self.counties.get(code, code)

    def own_example(self, county: str, example: str) -> str:
        """An example of a code as it is in a county, "" for any: another's would be copied and be wrong."""
        is_own = example in self.villages and example.startswith(county)
        if is_own or county not in self.counties or not _CODE_OF_COUNTY.match(example):
            return example
        if len(example) == _VILLAGE_DIGITS:
            return next((village.code for village in self.of_county(county)), example)
        return _CODE_OF_COUNTY.sub(rf"\g<1>{county}", example)

    def likely(self, county: str, township: str, name: str) -> list[KnownVillage]:
        """The villages of a county that a name may mean, at most three, the likeliest first.

        Where no county is known, those of the counties that have a township of that name.
        """
        scores, characters = {}, set(place_names.written(name))
        for village in self._of_counties(county, township):
            if characters.isdisjoint(stem(village.name)):
                continue
            is_home = bool(township) and self._is_township(village, township)
            typed = self._own(village.code[:6], name)
            scores[village.code] = max(
                place_names.likeness(part, village.name, is_home) for part in _parts(village, typed)
            )
        best = sorted((code for code, score in scores.items() if score), key=lambda code: -scores[code])
        return [self.villages[code] for code in best[:_OFFERED]]

    def _of_counties(self, county: str, township: str) -> list[KnownVillage]:
        if county or not township:
            return self.of_county(county)
        homes = {village.code[:6] for village in self.villages.values() if self._is_township(village, township)}
        return [village for village in self.villages.values() if village.code[:6] in homes or not homes]

    def _below(self, village: KnownVillage, name: str) -> str:
        return place_names.below(name, self.above.get(village.code[:6], ()))

    def _is_township(self, village: KnownVillage, township: str) -> bool:
        """Whether a village's township is so named; one that is another township's to the letter is only that one's."""
        typed, own = self._below(village, township), self._below(village, village.township)
        is_cut = own.startswith(typed) and typed.startswith(larger_stem(own))  # its ending is, as people say it
        if larger_stem(typed) != larger_stem(own) and not is_cut:
            return False
        return typed not in self._whole_townships.get(village.code[:6], ()) or typed == own

    @cached_property
    def _whole_townships(self) -> dict[str, set[str]]:
        return {
            county: {place_names.below(name, self.above.get(county, ())) for name in names}
            for county, names in self.townships.items()
        }

    def counties_named(self, name: str) -> list[str]:
        """The codes of the counties that a text names: by code, or by name, perhaps with those above it before it."""
        typed = simplified(closed(name))
        if typed[:6] in self.counties and typed.isdecimal():
            return [typed[:6]]
        known = self._counties_compared.items()
        whole = [code for code, name in known if typed.endswith(name)]
        stems = [code for code, name in known if typed == _county_stem(name)]
        return whole or stems or [code for code, name in known if _is_short(typed, name)]

    @cached_property
    def _counties_compared(self) -> dict[str, str]:
        """The names as texts are compared with them: 乾安县 has a character that is simplified elsewhere."""
        return {code: simplified(closed(official)) for code, official in self.counties.items()}

    def below_county(self, text: str) -> tuple[str, str]:
        """The code of the one county whose whole name stands before a text, and the rest of it; "" for none."""
        typed = place_names.written(text)
        rests = {code: _after_county(typed, above) for code, above in self.above.items()}
        found = [(code, rest) for code, rest in rests.items() if rest]
        return found[0] if len(found) == 1 else ("", "")

    def counties_before(self, text: str) -> list[str]:
        """The codes of the counties that a text begins with the name of: 靖宇县 in 靖宇县法律援助窗口."""
        ends = range(min(len(text), _LONGEST_COUNTY), 1, -1)
        return next((found for end in ends if (found := self.counties_named(text[:end]))), [])

    def is_name_of(self, code: str, name: str) -> bool:
        """Whether a name, perhaps with that of the township before it, is that of the village or county of the code."""
        if code in self.villages:
            village = self.villages[code]
            return village.is_written_as(name) or village in self.named(code[:6], "", name)
        return code not in self.counties or stem(self.counties[code]) == stem(name)


def gather(reading: Reading, schemas: Schemas) -> Places:
    """The places as the record holds them."""
    rows: dict[str, list[dict[str, str]]] = {"divisions": [], "counties": [], "villages": []}
    for file in reading.files:
        if file.table in rows:
            header = schemas.tables[file.table].header
            rows[file.table].extend(dict(zip(header, cells, strict=True)) for cells in file.rows)
    names = {row["code"]: row["name"] for row in rows["divisions"]}
    parents = {row["code"]: row["parent_code"] for row in rows["divisions"]}
    counties = {row["county_code"]: names.get(row["county_code"], row["county_code"]) for row in rows["counties"]}
    villages = sorted(rows["villages"], key=lambda row: row["village_code"])
    known = {
        row["village_code"]: KnownVillage(
            code=row["village_code"], name=row["name"], township=names.get(row["township_code"], "")
        )
        for row in villages
    }
    outside = (
        KnownVillage(code=row["code"], name=row["name"], township=names.get(row["parent_code"], ""))
        for row in rows["divisions"]
        if row["level"] == "village" and row["code"] not in known
    )
    return of(known, counties, names, parents, outside)


def of(
    villages: Mapping[str, KnownVillage],
    counties: Mapping[str, str],
    names: Mapping[str, str],
    parents: Mapping[str, str],
    outside: Iterable[KnownVillage] = (),
) -> Places:
    """The places of these villages and counties. names, parents: of all that the gazetteer has, by code."""
    return Places(
        villages=villages,
        counties=counties,
        above={code: tuple(names[part] for part in _parents(code, parents) if part in names) for code in counties},
        by_name=_by_name(villages.values()),
        outside=_by_name(outside),
    )


def _by_name(villages: Iterable[KnownVillage]) -> dict[str, dict[str, list[KnownVillage]]]:
    found: dict[str, dict[str, list[KnownVillage]]] = {}
    for village in villages:
        for county in ("", village.code[:6]):
            found.setdefault(county, {}).setdefault(stem(village.name), []).append(village)
    return found


def _spoken(village: KnownVillage) -> str:
    """How a village is called in a sentence: without the committee that the gazetteer may add to its name."""
    return stem(village.name) + place_names.kind(village.name)


def _parts_of_length(texts: Iterable[str], length: int) -> list[str]:
    return sorted({text[at : at + length] for text in texts for at in range(len(text) - length + 1)})


def _is_named_in(typed: str, village: KnownVillage) -> bool:
    before = (typed[: found.start()] for found in re.finditer(re.escape(_spoken(village)), typed))
    own = tuple(filter(None, (place_names.written(village.township), larger_stem(village.township))))
    return any(not each or each.endswith(own) or each[-1] in _BEFORE_NAME for each in before)


def _of_kind(name: str, found: list[KnownVillage]) -> list[KnownVillage]:
    """Of a village and a community with one name the one whose kind was typed: 八一村 is the village, 八一 is asked."""
    kind = place_names.kind(name)
    alike = [village for village in found if kind and place_names.kind(village.name) == kind]
    return alike if len(alike) == 1 else found


def _parts(village: KnownVillage, name: str) -> list[str]:
    return [part for part in place_names.within(name, village.township) if part]


def _with_bare(name: str) -> list[str]:
    """A name, and without its remark in brackets where it has one."""
    return list(dict.fromkeys((name, place_names.bare(name))))


def _parents(code: str, parents: Mapping[str, str]) -> list[str]:
    """The codes of the places above one, the largest first, and its own."""
    line = [code]
    while parents.get(line[-1], "") not in ("", *line):
        line.append(parents[line[-1]])
    return line[::-1]


def _after_county(typed: str, above: Iterable[str]) -> str:
    """What follows a county's whole name, before which those above it may stand; "" where its name does not stand."""
    *larger, own = map(place_names.written, above)
    for name in larger:
        typed = typed.removeprefix(name).lstrip(place_names.BETWEEN)
    return typed.removeprefix(own).lstrip(place_names.BETWEEN) if typed.startswith(own) else ""


def _is_short(typed: str, official: str) -> bool:
    """Whether a name is that of an autonomous county without whose it is: 长白县 of 长白朝鲜族自治县."""
    own = _county_stem(typed)
    return typed.endswith("县") and own != typed and official.endswith("自治县") and official.startswith(own)


def _county_stem(name: str) -> str:
    plain = closed(name)
    return plain[:-1] if len(plain) > 2 and plain[-1] in "市县区" else plain
