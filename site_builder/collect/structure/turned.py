"""Sheets that are written another way round: a record in each column, keys beside values, one village for a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from site_builder.collect.structure.lines import filled, is_label, is_note, is_signature, sum_line
from site_builder.collect.values.cells import is_blank
from site_builder.shared.text_forms import village_ending
from site_builder.untrusted_files import Sheet, Value

_MOST_LINES, _MOST_PLACES = 120, 1000  # of a sheet that is turned; more are a list, not keys
_FEWEST_KEYS = 2  # in a column, to make it one of keys
_FEWEST_STATED = 3  # cells that hold a key and its value, to make them a record
_CORNER = re.compile(
    r"项目|指标|内容|栏目|栏目名称|名称|村(?:名|名称)?[/\\](?:项目|指标|内容)|(?:项目|指标|内容)[/\\]村名?"
)
_FEWEST_CHOICES = 2  # along each edge of a sheet, to make it one of counts by both
_NOT_IN_A_NAME = re.compile(r"[0-9:：,，。]")
_KEY = re.compile(r"([^:：]{1,20})[:：]\s*(.*)", re.DOTALL)

Cell = tuple[int, int]


class Turned(NamedTuple):
    """A sheet with its records as rows. origins: for each of its cells the one that it comes from."""

    sheet: Sheet
    origins: Mapping[Cell, Cell]


def turned(sheet: Sheet, knows: Callable[[str], bool], of_villages: str) -> Iterator[Turned]:
    """The ways in which a sheet may be turned.

    knows: whether a text is known as a head; of_villages: the head that says which village a record is about, for a
    corner that only says that keys stand below it.
    """
    width = max(map(len, sheet.rows), default=0)
    if not 0 < len(sheet.rows) <= _MOST_LINES or width > _MOST_PLACES:
        return
    labels = [place for place in range(1, width + 1) if _is_keys(sheet, place, knows)]
    if labels:
        yield _on_its_side(_named(sheet, labels[0], knows, of_villages), width)
    if len(labels) > 1:
        yield _pairs(_keyed(sheet, labels, knows), labels, width, knows)
    stated = _stated(sheet, knows)
    if len(stated) >= _FEWEST_STATED:
        yield _in_one_line(sheet, stated)


def _is_keys(sheet: Sheet, place: int, knows: Callable[[str], bool]) -> bool:
    texts = [row[place - 1] for row in sheet.rows if place <= len(row)]
    return sum(isinstance(text, str) and knows(text) for text in texts) >= _FEWEST_KEYS


def _named(sheet: Sheet, place: int, knows: Callable[[str], bool], of_villages: str) -> Sheet:
    """The sheet without what stands above and below its keys and is no part of any record, with a head in its corner.

    Above are titles; below, who fills it in and when.
    """
    keys = [row[place - 1] if place <= len(row) else None for row in sheet.rows]
    known = [at for at, key in enumerate(keys) if isinstance(key, str) and knows(key)]
    first, below = known[0], range(known[-1] + 1, len(keys))
    titles = [at for at in range(first) if _is_title(sheet.rows[at])]
    titles += [at for at in below if _is_below(sheet.rows[at])]
    rows = [[] if at in titles else row for at, row in enumerate(sheet.rows)]
    corner = next((at for at, key in enumerate(keys) if at not in titles and not is_blank(key)), first)
    if _is_corner(rows[corner], place):
        rows[corner] = [*rows[corner][: place - 1], of_villages, *rows[corner][place:]]
    return replace(sheet, rows=rows, merged=_without(sheet.merged, titles))


def _is_title(row: list[Value]) -> bool:
    """Whether a line above keys says what the table is of, or who fills it in and when."""
    said = [value for _, value in filled(row)]
    return len(said) < _FEWEST_KEYS or any(isinstance(text, str) and (is_label(text) or is_note(text)) for text in said)


def _is_below(row: list[Value]) -> bool:
    """Whether a line below keys is none: nothing stands beside it, or it says who fills in the table and when."""
    said = [value for _, value in filled(row)]
    return len(said) < _FEWEST_KEYS or any(isinstance(text, str) and is_label(text) for text in said)


def _is_corner(row: list[Value], place: int) -> bool:
    """Whether a line begins with a word for the keys below it, and goes on with villages."""
    at_right = [value for other, value in filled(row) if other > place]
    are_villages = all(isinstance(value, str) and _is_village(value.strip()) for value in at_right)
    return bool(at_right) and are_villages and _CORNER.fullmatch("".join(str(row[place - 1]).split())) is not None


def _is_village(text: str) -> bool:
    return bool(village_ending(text, 1)) and not _NOT_IN_A_NAME.search(text)


def _without(
    merged: tuple[tuple[int, int, int, int], ...], titles: Container[int]
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(area for area in merged if area[0] - 1 not in titles)


def _on_its_side(sheet: Sheet, width: int) -> Turned:
    """Rows as columns."""
    height = len(sheet.rows)
    rows: list[list[Value]] = [
        [row[place] if place < len(row) else None for row in sheet.rows] for place in range(width)
    ]
    origins = {(place, line): (line, place) for line in range(1, height + 1) for place in range(1, width + 1)}
    own = Sheet(
        name=own_name(sheet),
        rows=rows,
        is_hidden=sheet.is_hidden,
        formulas=frozenset((b, a) for a, b in sheet.formulas),
        unsolved=frozenset((b, a) for a, b in sheet.unsolved),
        merged=tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged),
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        struck=frozenset((b, a) for a, b in sheet.struck),
    )
    return Turned(own, origins)


def _keyed(sheet: Sheet, labels: list[int], knows: Callable[[str], bool]) -> Sheet:
    """The sheet without the lines above and below its keys that only say what it is of, who fills it in and when."""
    keys = [[value for place, value in filled(row) if place in labels] for row in sheet.rows]
    known = [any(isinstance(key, str) and knows(key) for key in of_line) for of_line in keys]
    first, last = known.index(True), len(known) - known[::-1].index(True)
    is_outside = [at < first or (at >= last - 1 and all(map(is_label, keys[at]))) for at in range(len(known))]
    rows = [[] if is_out else row for is_out, row in zip(is_outside, sheet.rows, strict=True)]
    return replace(sheet, rows=rows)


def _pairs(sheet: Sheet, labels: list[int], width: int, knows: Callable[[str], bool]) -> Turned:
    """Keys in one line, their values in the next: of a record that is written in several columns of keys."""
    keys: list[Value] = []
    values: list[Value] = []
    origins: dict[Cell, Cell] = {}
    ends = dict(zip(labels, [*labels[1:], width + 1], strict=True))
    for line, row in enumerate(sheet.rows, start=1):
        for at, (place, said) in enumerate(filled(row)):
            # In a line of more pairs than others a value stands where others have a key.
            is_value = at % 2 == 1 and not (isinstance(said, str) and knows(said))
            if place in ends and not is_value:
                at_right = [other for other, _ in filled(row) if place < other < ends[place]] or [place + 1]
                keys.append(row[place - 1])
                values.append(row[at_right[0] - 1] if at_right[0] <= len(row) else None)
                origins[1, len(keys)], origins[2, len(keys)] = (line, place), (line, at_right[0])
    from_there = {cell: at for at, cell in origins.items()}
    own = Sheet(
        name=own_name(sheet),
        rows=[keys, values],
        is_hidden=sheet.is_hidden,
        formulas=frozenset(from_there[cell] for cell in sheet.formulas if cell in from_there),
        unsolved=frozenset(from_there[cell] for cell in sheet.unsolved if cell in from_there),
        struck=frozenset(from_there[cell] for cell in sheet.struck if cell in from_there),
    )
    return Turned(own, origins)


def _stated(sheet: Sheet, knows: Callable[[str], bool]) -> list[tuple[Cell, str, str]]:
    """The cells that hold a key and its value, as people write on a phone: 姓名：李春花."""
    found = []
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in filled(row):
            key = _KEY.fullmatch(value.strip()) if isinstance(value, str) else None
            if key and knows(key[1].strip()):
                found.append(((line, place), key[1].strip(), key[2].strip()))
    return found


def _in_one_line(sheet: Sheet, stated: list[tuple[Cell, str, str]]) -> Turned:
    """The keys in one line, their values in the next; one key again is another record."""
    names = list(dict.fromkeys(key for _, key, _ in stated))
    rows: list[list[Value]] = [[*names]]
    origins: dict[Cell, Cell] = {}
    for cell, key, value in stated:
        place = names.index(key) + 1
        if len(rows) == 1 or rows[-1][place - 1] is not None:
            rows.append([None] * len(names))
        rows[-1][place - 1] = value
        origins.setdefault((1, place), cell)
        origins[len(rows), place] = cell
    return Turned(Sheet(name=own_name(sheet), rows=rows, is_hidden=sheet.is_hidden), origins)


def of_one_village(sheet: Sheet, edge: Callable[[str], str], of_villages: str) -> Turned | None:
    """A sheet of counts by two choices, all of one village, with that village in a column of its own at the right.

    edge: the head of the column in which a choice stands, "" for what is none. The village is the sheet's name or
    stands above the counts; where both are there and are not the same one, both stand in the column. None where the
    sheet is not like this.
    """
    head = counted_by_two(sheet, edge)
    names = _villages_above(sheet, head) if head else []
    if not head or not names:
        return None
    width = max(map(len, sheet.rows)) + 1
    rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    first = _first_choice(sheet.rows[head:], edge)
    rows[head - 1][0], rows[head - 1][-1] = first, of_villages
    for row in rows[head:]:
        if not is_blank(row[0]) and not (sum_line(row[0]) or is_signature(row) or len(filled(row)) < _FEWEST_CHOICES):
            row[-1] = "、".join(names)
    origins = {(line, place): (line, place) for line in range(1, len(rows) + 1) for place in range(1, width)}
    origins.update({(line, width): (line, 1) for line in range(1, len(rows) + 1)})
    return Turned(replace(sheet, name=own_name(sheet), rows=rows), origins)


def counted_by_two(sheet: Sheet, edge: Callable[[str], str]) -> int:
    """The line along which choices of one kind stand, those of the other below its first cell; 0 for none."""
    for line, row in enumerate(sheet.rows[:_MOST_LINES], start=1):
        along = {edge(value) for value in row[1:] if isinstance(value, str)} - {""}
        is_edge = len(along) == 1 and sum(isinstance(v, str) and bool(edge(v)) for v in row[1:]) >= _FEWEST_CHOICES
        if is_edge and _first_choice(sheet.rows[line:], edge) not in {"", *along}:
            return line
    return 0


def _first_choice(rows: list[list[Value]], edge: Callable[[str], str]) -> str:
    """The head of the column that the first cells of lines are choices of; "" where too few are."""
    known = [edge(row[0]) for row in rows[:_MOST_LINES] if row and isinstance(row[0], str) and edge(row[0])]
    return known[0] if len(known) >= _FEWEST_CHOICES else ""


def _villages_above(sheet: Sheet, head: int) -> list[str]:
    """The village that the lines above counts name, and the one that the sheet's name is, where that is another."""
    texts = [value for row in sheet.rows[: head - 1] for value in row if isinstance(value, str)]
    parts = [part for text in texts for part in re.split(r"[\s:：]+", text)]
    above = list(dict.fromkeys(part for part in parts if _is_village(part)))
    own = sheet.name.strip()
    return above + ([own] if _is_village(own) and not any(name.endswith(own) for name in above) else [])


def own_name(sheet: Sheet) -> str:
    """A name that no sheet that is sent can have, so that its problems are told from others."""
    return sheet.name + "\x1f"
