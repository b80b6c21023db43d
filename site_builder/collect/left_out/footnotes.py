"""Marks behind names that lead to a footnote under the table: what the footnote says is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.collect.left_out import comments
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model import meanings
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Sheet, UntrustedFile, address

_LONGEST = 60  # characters of a footnote that are shown
_OF_NAMES = frozenset({Code.NAME_MASKED, Code.NAME_MARKED})


def quoted(problems: Iterable[Problem], table: Table, received: UntrustedFile) -> Iterator[Problem]:
    """The problems of a table; of a name with a mark that a note explains, with that note's words and its place."""
    notes = list(_notes(table, next(sheet for sheet in received.sheets if sheet.name == table.name)))
    for one in problems:
        marked = meanings.marked_name(_typed(table, one)) if one.code in _OF_NAMES else None
        note = next((note for note in notes if marked and half_width(marked[1]) in half_width(note[1])), None)
        if marked and note:
            said = layout()["footnote"].format(quoted=comments.quoted(note[0], note[1][:_LONGEST], note[1]))
            details = {"name": marked[0], "character": marked[1], "note": said}
            yield replace(one, code=Code.NAME_MARKED, details={**one.details, **details})
        else:
            yield one


def _notes(table: Table, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The texts under the rows of a table, each with its cell: these rows are blank in the sheet as it is read."""
    areas = (area for area in table.areas if area.kind is PartKind.NOTE)
    for line, place in dict.fromkeys(cell for area in areas for cell in table.cells(area)):
        row = sheet.rows[line - 1] if line <= len(sheet.rows) else []
        if place <= len(row) and not is_blank(row[place - 1]):
            yield address(line, place), plain(row[place - 1])


def _typed(table: Table, one: Problem) -> str:
    """What stands in the cell that a problem is of."""
    line = one.line or 0
    row = table.sheet.rows[line - 1] if line else []
    return next((plain(value) for at, value in enumerate(row, start=1) if address(line, at) == one.cell), "")
