"""A record written as keys and values, whose village stands in the title alone: 新桐村法律援助联络员登记表."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from site_builder.collect.structure.lines import filled
from site_builder.collect.structure.turned import Turned
from site_builder.collect.values.cells import is_blank
from site_builder.untrusted_files import Sheet, Value

_TOP = 3  # lines at the top of a sheet that may be its title
# A village at the beginning of a title, with what it lies in, and not villages of a kind: 贫困村, 各行政村.
_VILLAGE = re.compile(
    r"[^\s0-9:：,，。()（）]{2,24}?(?<!贫困|行政|脱贫|困难)(?<![各全本我驻进包入到])村(?:民委员会|委会)?(?=\S)"
)


def with_village(way: Turned, sheet: Sheet, knows: Callable[[str], bool], of_villages: str) -> Turned | None:
    """The same one record with the village of the sheet's title in a column of its own; None where that names none.

    sheet: as it was sent; knows: whether a text is a head that says which village a record is about.
    """
    lines = [line for line, row in enumerate(way.sheet.rows) if not all(map(is_blank, row))]
    title = _title(sheet.rows)
    if len(lines) != 2 or title is None or any(isinstance(key, str) and knows(key) for key in way.sheet.rows[lines[0]]):
        return None
    line, place, village = title
    width = max(map(len, way.sheet.rows)) + 1
    said = dict(zip(lines, (of_villages, village), strict=True))
    rows = [[*row, *[None] * (width - 1 - len(row)), said.get(at)] for at, row in enumerate(way.sheet.rows)]
    origins = {**way.origins, **{(at + 1, width): (line, place) for at in lines}}
    return Turned(replace(way.sheet, rows=rows), origins)


def _title(rows: Sequence[Sequence[Value]]) -> tuple[int, int, str] | None:
    """Where the title of a sheet names a village, as line and place, and that village; None where none does."""
    for line, row in enumerate(rows[:_TOP], start=1):
        said = filled(row)
        found = _VILLAGE.match(said[0][1].strip()) if len(said) == 1 and isinstance(said[0][1], str) else None
        if found:
            return line, said[0][0], found.group()
    return None
