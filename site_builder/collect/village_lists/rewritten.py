"""Sheets that write several villages in one cell, or lists without heads: each village in a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.collect.structure import lines
from site_builder.collect.structure.turned import Cell, Turned, own_name
from site_builder.collect.values import place_names
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.place_names import larger_stem, stem
from site_builder.collect.values.places import Places
from site_builder.model.forms import Forms
from site_builder.shared.text_forms import closed, simplified, village_ending
from site_builder.untrusted_files import Sheet, Value

KINDS = ("county_name", "township_name", "village_name")
_BETWEEN = re.compile(r"[、，,;；。/\s]+")
_LEAD = re.compile(r"(?:^|(?<=[、，,;；。\s]))([^:：、，,;；。\s]{2,30})[:：]\s*")
_IN_BRACKETS = re.compile(r"([^、，,;；。:：()（）\s]{1,12}(?:镇|乡|街道))[:：]?[(（]([^()（）]+)[)）]")
_SEVERAL = re.compile(r"[、，,;；。/\s:：]|[(（].*村")
_NUMBER = re.compile(r"^(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|[0-9]{1,3}(?=[^0-9]))\s*")
_COUNT_ALONE = re.compile(r"[共计等]*[0-9]+个?(?:贫困村|行政村|村)?$")
_COUNT = re.compile(rf"[(（][^()（）]*[)）]$|{_COUNT_ALONE.pattern}")
_LONGEST, _SHORTEST = 14, 2  # characters of what may be a village's name without being known as one
_KNOWN_SHARE = 0.5  # of the names in a cell that must be known, for the rest to be names too

Rows = list[list[Value]]


@dataclass(frozen=True, kw_only=True)
class VillageNames:
    """Tells the names of villages and counties in texts."""

    places: Places
    _known: dict[str, bool] = field(default_factory=dict)

    def is_known(self, text: str) -> bool:
        """Whether any village of the gazetteer has that name, perhaps behind its township's."""
        if text not in self._known:
            named = stem(text) in self.places.by_name.get("", {})
            self._known[text] = named or bool(self.places.named("", "", text))
        return self._known[text]

    def joined(self, value: Value) -> list[str]:
        """The names of several villages that stand in one cell, each with its township where one stands before it."""
        if not isinstance(value, str) or not _SEVERAL.search(value.strip(" 。、")):
            return []
        said, found, township = 0, [], ""
        for lead, text in self.pieces(value):
            for name in (lead, *self.parts(text)):
                own = self.township(name)
                said, township = said + bool(own), own or township
                found += [township + name] if name and not own and name is not lead else []
        known = sum(map(self.is_known, found))
        is_joined = said > 1 or (len(found) + said > 1 and known >= _KNOWN_SHARE * len(found))
        return found if is_joined else []

    def in_cell(self, value: str) -> list[str]:
        """The villages that a cell names, one or several; none where it names nothing that is like a village."""
        own = _NUMBER.sub("", value.strip())
        if self.is_known(own):
            return [own]
        return self.joined(value) or ([own] if village_ending(closed(own), 1) else [])

    def pieces(self, value: str) -> list[tuple[str, str]]:
        """A text cut where a place stands before its own, as 乡：村、村 or 乡（村、村）: it, or "", and its own."""
        text = _IN_BRACKETS.sub(self._with_colon, value)
        leads = [found for found in _LEAD.finditer(text) if found.start() == 0 or self._is_place(found[1])]
        ends = [*(lead.start() for lead in leads), len(text)]
        own = [(lead[1], text[lead.end() : end]) for lead, end in zip(leads, ends[1:], strict=True)]
        return [("", text[: ends[0]]), *own] if ends[0] else own

    def _with_colon(self, found: re.Match[str]) -> str:
        return f"{found[1]}：{found[2]}；" if any(map(self.is_known, self.parts(found[2]))) else found[0]

    def _is_place(self, text: str) -> bool:
        return self.county(text) is not None or bool(lines.township([_bare(text)]))

    def township(self, value: Value) -> str:
        """The township that a text names whole, perhaps with a number before it and a count after it; "" for none."""
        text = _bare(value) if isinstance(value, str) else ""
        name = lines.township([text]) if text else ""
        return self._below_counties(name) if name else ""

    def _below_counties(self, name: str) -> str:
        """A township's name without those of the places above it, "" where there is none of that name."""
        above = (each for each in self.places.above.values() if each[-1] in name)
        names = (name, *(place_names.below(name, each) for each in above))
        return next((own for own in names if larger_stem(own) in self._townships), "")

    def parts(self, text: str) -> list[str]:
        """What stands in a text that tells names one after the other, without their numbers and a count at the end."""
        names = (_COUNT_ALONE.sub("", _NUMBER.sub("", part)) for part in _BETWEEN.split(text))
        return [name for name in names if name and (not name.isnumeric() or self.is_known(name))]

    def county(self, value: Value) -> str | None:
        """The county that a cell names whole and nothing else, perhaps with a number before it and a count after it.

        "" for a larger place, of which nothing follows but that the county before it is over; None for all others.
        """
        text = _bare(value) if isinstance(value, str) else ""
        if text in self._larger:
            return ""
        named = self.places.counties_named(text) if _SHORTEST < len(text) <= _LONGEST else []
        name = self.places.counties[named[0]] if len(named) == 1 else ""
        return name if name and text.endswith(simplified(closed(name))) else None

    def under_county(self, text: str) -> tuple[str, str]:
        """The county whose name stands whole before a text, and the rest of it; "" for none."""
        typed = place_names.written(text)
        found = [(name, official) for name, official in self._counties if typed.startswith(name) and typed != name]
        return (found[0][1], typed.removeprefix(found[0][0])) if len(found) == 1 else ("", "")

    @cached_property
    def _counties(self) -> list[tuple[str, str]]:
        """The names of the counties, as they are compared and as they are."""
        return [(place_names.written(name), name) for name in dict.fromkeys(self.places.counties.values())]

    @cached_property
    def _townships(self) -> set[str]:
        """The names of the townships as they are compared."""
        return {larger_stem(name) for name in self.places.townships.get("", ())}

    @cached_property
    def _larger(self) -> set[str]:
        """The names of what is above counties."""
        return {simplified(name) for above in self.places.above.values() for name in above[:-1]}


def _bare(text: str) -> str:
    return _COUNT.sub("", _NUMBER.sub("", simplified(closed(text))).rstrip(":：")).rstrip(":：")


def split(sheet: Sheet, names: VillageNames) -> Turned:
    """The sheet with a row for each of the villages that share a cell; the same cells where none do."""
    rows: Rows = []
    origins: dict[Cell, Cell] = {}
    for line, row in enumerate(sheet.rows, start=1):
        apart = {place: names.joined(value) for place, value in enumerate(row) if isinstance(value, str)}
        apart = {place: found for place, found in apart.items() if found}
        for number in range(max(map(len, apart.values()), default=1)):
            rows.append([_at(apart[at], number) if at in apart else value for at, value in enumerate(row)])
            origins.update(((len(rows), place), (line, place)) for place in range(1, len(row) + 1))
    lines_now: dict[int, list[int]] = {}
    for (now, _), (line, _) in origins.items():
        lines_now.setdefault(line, []).append(now)
    return Turned(_moved(sheet, rows, lines_now), origins)


def _at(names: Sequence[str], number: int) -> Value:
    return names[number] if number < len(names) else None


def _moved(sheet: Sheet, rows: Rows, lines_now: dict[int, list[int]]) -> Sheet:
    """The sheet with other rows. lines_now: for each of its lines those that have come of it."""

    def cells(old: frozenset[Cell]) -> frozenset[Cell]:
        return frozenset((now, place) for line, place in old for now in lines_now.get(line, ()))

    return Sheet(
        name=own_name(sheet),
        rows=rows,
        is_hidden=sheet.is_hidden,
        formulas=cells(sheet.formulas),
        unsolved=cells(sheet.unsolved),
        merged=tuple(
            (min(lines_now.get(top, [top])), left, max(lines_now.get(bottom, [bottom])), right)
            for top, left, bottom, right in sheet.merged
        ),
        hidden_rows=frozenset(now for line in sheet.hidden_rows for now in lines_now.get(line, ())),
        hidden_columns=sheet.hidden_columns,
        struck=cells(sheet.struck),
    )


# ---- lists without heads


def prose(sheet: Sheet, names: VillageNames, forms: Forms, county: str) -> Turned | None:
    """A list without heads as one with them; None where no village is named in it. county: until a line says one."""
    rows: Rows = [[forms.context[kind][0] for kind in KINDS]]
    origins: dict[Cell, Cell] = {(1, place): (1, 1) for place in range(1, len(KINDS) + 1)}
    for row, cell in _read(sheet, names, county):
        rows.append([*row])
        origins.update(((len(rows), place), cell) for place in range(1, len(KINDS) + 1))
    known = sum(names.is_known(plain(row[-1])) for row in rows[1:])
    is_list = known and known >= _KNOWN_SHARE * (len(rows) - 1)
    return Turned(Sheet(name=own_name(sheet), rows=rows, is_hidden=sheet.is_hidden), origins) if is_list else None


def _read(sheet: Sheet, names: VillageNames, county: str) -> Iterator[tuple[tuple[str, str, str], Cell]]:
    """County, township and village, with the cell of the last: what stands before speaks for what follows."""
    township, has_begun = "", False
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row, start=1):
            for text in _pieces(value, names):
                above, kind = _larger(text, names)
                has_begun = has_begun or bool(above)
                own, name = ("", "") if kind else names.under_county(text)
                if own and (names.is_known(name) or (has_begun and village_ending(name, 1))):
                    has_begun = True
                    yield (own, "", name), (line, place)
                elif kind == KINDS[0]:
                    county, township = above, ""
                elif kind == KINDS[1]:
                    township = above
                else:
                    said = [name for name in names.parts(text) if _may_be(name, names, has_begun=has_begun)]
                    has_begun = has_begun or bool(said)
                    yield from (((county, township, name), (line, place)) for name in said)


def _pieces(value: Value, names: VillageNames) -> Iterator[str]:
    """The texts of a cell, each place apart that stands before its own."""
    if is_blank(value) or not isinstance(value, str) or lines.is_note(value):
        return
    for lead, text in names.pieces(value):
        if lead:
            yield lead
        parts = names.parts(text)
        yield from parts if any(map(names.township, parts)) else [text]


def _larger(text: str, names: VillageNames) -> tuple[str, str]:
    """The county or township that a text names, with its kind."""
    county = names.county(text)
    township = lines.township([_bare(text)]) if county is None else ""
    return (county or township), (KINDS[0] if county is not None else KINDS[1] if township else "")


def _may_be(name: str, names: VillageNames, *, has_begun: bool) -> bool:
    """Whether a text is a village's name: a known one, or, once the list has begun, any that is no number or title."""
    if names.is_known(name):
        return True
    is_short = _SHORTEST <= len(name) <= _LONGEST and not name.isdecimal()
    return has_begun and is_short and (bool(village_ending(closed(name), 1)) or not lines.sum_line(name))
