"""Rows of a list of windows that are stations, at a court or in a township: counties report none, the province does."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.values.cells import plain
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_WINDOWS, _WINDOW = "windows", "窗口"
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")
_KIND = ("类别", "类型", "性质", "种类")  # heads over what kind of place a row is of


def lines(table: Table, words: Sequence[str], accepted: Container[tuple[str, int | str]]) -> dict[int, str]:
    """The lines of a table that are stations, with what says so. words: how names of stations end.

    accepted: rows that a person takes as windows.
    """
    named = _named(table, words) if table.header.form.table.name == _WINDOWS else iter(())
    return {line: name for line, name in named if (table.sheet.name, line) not in accepted}


def problems(file: str, sheet: str, found: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """That rows are of stations, each by its line."""
    for line, name in found:
        details = {"name": safe_to_show(name), "row": f"{safe_to_show(sheet)}!{line}"}
        yield Problem(code=Code.ROWS_OF_STATIONS, file=file, sheet=sheet, line=line, details=details)


def _named(table: Table, words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines whose name, or else whose kind, is a station's, with it; what is called a window is one."""
    names = [place for place, column in table.header.columns.items() if column.field.name == "name"]
    kinds = [place for place, head in table.header.ignored.items() if head.rpartition("·")[2].strip().endswith(_KIND)]
    areas = (area for area in table.areas if area.kind is PartKind.ROWS)
    for line in (n for area in areas for n in range(area.first[0], area.last[0] + 1)):
        row = table.sheet.rows[line - 1]
        texts = [_BRACKETED.sub("", "".join(plain(row[at - 1]).split())) for at in (*names, *kinds) if at <= len(row)]
        said = next((text for text in texts if text.endswith((*words, _WINDOW))), "")
        if said.endswith(tuple(words)):
            yield line, said
