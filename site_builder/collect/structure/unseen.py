"""What a return holds that may not be meant to be taken: hidden, crossed out, or with a word beside it that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model import meanings
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, address

_Place = TypeVar("_Place")
REMARKS = re.compile("备注|说明|情况|附注|变[更动化]")
"""Heads of columns in which people write what goes into no other."""
_MOST = 12  # places that are named; of more, how many


def of_sheets(received: UntrustedFile, found: Iterable[tuple[Sheet, Sequence[Table]]]) -> Iterator[Problem]:
    """What is hidden or struck through below the first heads; anywhere in a sheet with its heads beside its records."""
    for sheet, tables in found:
        heads = [0 if table.origins else table.header.line for table in tables]
        if heads:
            yield from problems(received, sheet, min(heads))


def problems(received: UntrustedFile, sheet: Sheet, heads: int) -> Iterator[Problem]:
    """Hidden or filtered rows and columns that hold something, and cells struck through; one for each kind.

    heads: the last line of the heads, above which nothing counts.
    """
    body = range(heads + 1, len(sheet.rows) + 1)
    rows = [line for line in sorted(sheet.hidden_rows) if line in body and not all(map(is_blank, sheet.rows[line - 1]))]
    columns = [place for place in sorted(sheet.hidden_columns) if any(_is_filled(sheet, line, place) for line in body)]
    struck = [(line, place) for line, place in sorted(sheet.struck) if line in body and _is_filled(sheet, line, place)]
    if rows:
        yield _problem(Code.ROWS_HIDDEN, received, sheet, (rows[0], 1), named(rows, str))
    if columns:
        yield _problem(Code.COLUMNS_HIDDEN, received, sheet, (max(heads, 1), columns[0]), named(columns, _letters))
    if struck:
        yield _problem(Code.CELLS_STRUCK, received, sheet, struck[0], named(struck, lambda cell: address(*cell)))


def annulled(file: str, table: Table, accepted: Container[tuple[str, int | str]]) -> Iterator[Problem]:
    """Rows that say that they do not count, are an example, not final or not done; but for accepted ones."""
    says = dict(sorted(_says(table).items()))
    lines = (n for area in table.areas if area.kind is PartKind.ROWS for n in range(area.first[0], area.last[0] + 1))
    for line in lines if says else ():
        row = table.sheet.rows[line - 1]
        texts = ((at, row[at - 1], annuls) for at, annuls in says.items() if at <= len(row))
        place = next((at for at, text, annuls in texts if isinstance(text, str) and annuls(text)), 0)
        if place and (table.sheet.name, line) not in accepted:
            text = safe_to_show(plain(row[place - 1]))
            yield Problem(
                code=Code.ROW_ANNULLED,
                file=file,
                sheet=table.sheet.name,
                line=line,
                cell=address(line, place),
                details={"text": text, "row": f"{safe_to_show(table.sheet.name)}!{line}"},
            )


def moved(file: str, table: Table, accepted: Container[tuple[str, int | str]]) -> Iterator[Problem]:
    """Addresses of windows that say that the window moves: two addresses in one; but for accepted rows."""
    columns = table.header.columns.items() if table.header.form.table.name == "windows" else ()
    places = [place for place, column in columns if column.field.name == "address"]
    for line, row in enumerate(table.sheet.rows[table.header.line :], start=table.header.line + 1):
        for place in (at for at in places if at <= len(row) and meanings.moves(plain(row[at - 1]))):
            if (table.sheet.name, line) not in accepted:
                details = {
                    "text": safe_to_show(plain(row[place - 1])),
                    "row": f"{safe_to_show(table.sheet.name)}!{line}",
                }
                cell = address(line, place)
                yield Problem(
                    code=Code.ADDRESS_MOVES, file=file, sheet=table.sheet.name, line=line, cell=cell, details=details
                )


def _says(table: Table) -> dict[int, Callable[[str], bool]]:
    """What tells of a cell that its row does not count, by place: of remarks more than of what somebody words.

    What a resident says is worded by the resident, and may be that something was not done.
    """
    header, name = table.header, table.header.form.table.name
    of_notes = partial(meanings.annuls, is_delivery=name == "deliveries")
    remarks = [place for place, head in header.ignored.items() if REMARKS.search(head)]
    fields = {place: column.field for place, column in header.columns.items() if not column.kind}
    worded = [place for place, field in fields.items() if field.is_free_text and name != "feedback"]
    notes = [place for place, field in fields.items() if field.name == "note"]
    villages = [header.context[kind] for kind in ("village_name",) if kind in header.context]
    return {
        **dict.fromkeys(worded, meanings.undone),
        **dict.fromkeys((*header.ignored, *header.counted), of_notes),
        **dict.fromkeys((*remarks, *notes), lambda text: of_notes(text) or meanings.contradicts(text, name)),
        **dict.fromkeys(villages, meanings.no_village),
    }


def _is_filled(sheet: Sheet, line: int, place: int) -> bool:
    row = sheet.rows[line - 1]
    return place <= len(row) and not is_blank(row[place - 1])


def _letters(place: int) -> str:
    return address(1, place).rstrip("1")


def named(places: Sequence[_Place], name: Callable[[_Place], str]) -> str:
    """The names of places in a sentence; of many the first ones."""
    return _listed(map(name, places[:_MOST])) + ("……" if len(places) > _MOST else "")


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _problem(code: Code, received: UntrustedFile, sheet: Sheet, at: tuple[int, int], places: str) -> Problem:
    line, place = at
    return Problem(
        code=code,
        file=received.path.name,
        sheet=sheet.name,
        line=line,
        cell=address(line, place) if code == Code.CELLS_STRUCK else "",
        details={"places": places},
    )
