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
from site_builder.collect.values.place_names import stem
from site_builder.collect.values.places import Places
from site_builder.model.forms import Forms
from site_builder.shared.text_forms import closed, village_ending
from site_builder.untrusted_files import Sheet, Value

KINDS = ("county_name", "township_name", "village_name")
_BETWEEN = re.compile(r"[、，,;；。/\s]+")
_LEAD = re.compile(r"^([^:：]{2,30})[:：]\s*")
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
        """The names of several villages that stand in one cell, each with the township before them all."""
        if not isinstance(value, str) or not _BETWEEN.search(value.strip(" 。、")):
            return []
        value = _NUMBER.sub("", value.strip())
        lead = _LEAD.match(value)
        township = _bare(lead[1]) if lead and lines.township([_bare(lead[1])]) else ""
        names = self.parts(value[lead.end() :] if lead else value)
        known = sum(map(self.is_known, names))
        is_joined = len(names) > 1 and known >= _KNOWN_SHARE * len(names)
        return [township + name for name in names] if is_joined else []

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
        return name if name and text.endswith(closed(name)) else None

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
    def _larger(self) -> set[str]:
        """The names of what is above counties."""
        return {name for above in self.places.above.values() for name in above[:-1]}


def _bare(text: str) -> str:
    return _COUNT.sub("", _NUMBER.sub("", closed(text)).rstrip(":：")).rstrip(":：")


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
            for text in _pieces(value):
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


def _pieces(value: Value) -> list[str]:
    """The text of a cell, what stands before its colon apart."""
    if is_blank(value) or not isinstance(value, str) or lines.is_note(value):
        return []
    lead = _LEAD.match(value)
    return [lead[1], *_pieces(value[lead.end() :])] if lead else [value]


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
