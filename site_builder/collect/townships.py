"""The township that speaks for a row that does not name its own: what stands above it, its table's titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Entry
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.services import LaidOut
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.place_names import larger_stem, written
from site_builder.collect.values.places import Places
from site_builder.model.forms import RowKind
from site_builder.model.head_words import HeadWords
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Value, address


def spoken(laid_out: LaidOut, table: Table, places: Places, county: str) -> LaidOut:
    """Rows in which the township that speaks for each stands in the column of townships.

    Answers to a form's service, and chains of places, are rows by themselves: nothing else speaks for them.
    """
    header, rows = laid_out.header, laid_out.sheet.rows
    at, village = header.context.get("township_name"), header.context.get("village_name")
    is_by_itself = header.service or at != table.header.context.get("township_name")
    if village is None or is_by_itself:
        return laid_out
    below = rows[header.line :]
    names = [_text(row, village) for row in below]
    speaking = _speaking([_text(row, at) if at else "" for row in below], named(table, places, county))
    if not any(speaking):
        return laid_out
    place = at or max(map(len, rows)) + 1
    said = [_for_row(name, each, places, county) for name, each in zip(names, speaking, strict=True)]
    own = [_with(row, place, each) for row, each in zip(below, said, strict=True)]
    return replace(
        laid_out,
        sheet=replace(laid_out.sheet, rows=[*rows[: header.line], *own]),
        header=replace(header, context={**header.context, "township_name": place}),
    )


def _speaking(cells: Sequence[str], of_table: Sequence[str]) -> list[list[str]]:
    """For each row without a township: that of its table, or those near it in the column; none where it has its own.

    A column that never repeats itself is written once for several rows, and the cell above speaks. In one that repeats
    itself a cell was left out: it may be as the one above, or as the one below.
    """
    above, below = _last_filled(cells), _last_filled(cells[::-1])[::-1]
    filled = [cell for cell in cells if cell]
    is_once = all(one != other for one, other in pairwise(filled))
    alone = list(of_table) if len(of_table) == 1 and not filled else []
    near = ([up] if is_once and up else [up, down] for up, down in zip(above, below, strict=True))
    return [
        [] if cell else list(dict.fromkeys(filter(None, at))) or alone for cell, at in zip(cells, near, strict=True)
    ]


def _last_filled(cells: Sequence[str]) -> list[str]:
    found = [""]
    for cell in cells:
        found.append(cell or found[-1])
    return found[1:]


def _for_row(name: str, speaking: Sequence[str], places: Places, county: str) -> str:
    """The township of a row; both of two that may be meant, unless the village's name is the only one."""
    if not name or places.says_township(county, name) or (len(speaking) > 1 and places.is_only(county, name)):
        return ""
    return "、".join(speaking)


def _with(row: list[Value], place: int, township: str) -> list[Value]:
    return [*row[: place - 1], *[None] * (place - 1 - len(row)), township, *row[place:]] if township else row


def _text(row: Sequence[Value], place: int) -> str:
    return plain(row[place - 1]).strip() if place <= len(row) else ""


def named(table: Table, places: Places, county: str) -> list[str]:
    """The townships that the sheet's name and the nearest titles of a table name, whole; the former may be short."""
    of_titles = ([name for text in texts for name in places.townships_in(county, text)] for texts in table.titles)
    of_name = places.townships_in(county, table.name)
    short = (name for name in places.townships.get(county, ()) if larger_stem(name) == larger_stem(table.name))
    return list(dict.fromkeys([*(of_name or short), *next(filter(None, of_titles), [])]))


def problems(
    file: str, found: Iterable[Table], entries: Iterable[Entry], places: Places, county: str
) -> Iterator[Problem]:
    """Villages that may be another township's: several are named above, or another county's; their cell names none."""
    for each in found:
        yield from _of_two_villages(file, each, places, county)
    may_differ = [table for table in found if not table.origins and _may_differ(table)]
    tables = [(table, named(table, places, county) or named(table, places, "")) for table in may_differ]
    of_rows = {(entry.sheet, entry.table, entry.line): entry for entry in entries}
    for entry in of_rows.values():
        place = entry.places.get("village_code", 0)
        village = places.villages.get(entry.values.get("village_code", ""))
        table, names = _of_entry(tables, entry, place)
        if table is None or village is None or not names:
            continue
        others = [name for name in names if name != village.township]
        is_named = village.township in names
        is_twin = any(places.is_outside(village.code[:6], other, village.name) for other in others)
        typed = written(_text(table.sheet.rows[entry.line - 1], place))
        if (is_twin or not is_named) and larger_stem(village.township) not in typed:
            yield Problem(
                code=Code.VILLAGE_TOWNSHIP_DIFFERS,
                file=file,
                sheet=entry.sheet,
                line=entry.line,
                cell=address(entry.line, place),
                details={"named": "、".join(names), "village": village.name, "township": village.township},
            )


def _of_two_villages(file: str, table: Table, places: Places, county: str) -> Iterator[Problem]:
    """A table whose sheet is named after one village while its titles name another one: a copy that kept either."""
    tab, titles = table.name, [text for texts in table.titles for text in texts]
    of_tab = {village.code for village in places.villages_in(county, tab)}
    of_titles = {text: {village.code for village in places.villages_in(county, text)} for text in titles}
    named = next((text for text, codes in of_titles.items() if codes), "")
    if of_tab and named and of_tab.isdisjoint(code for codes in of_titles.values() for code in codes):
        details = {"tab": safe_to_show(tab), "title": safe_to_show(named)}
        yield Problem(code=Code.VILLAGE_TAB_DIFFERS, file=file, sheet=table.name, details=details)


def _of_entry(tables: Iterable[tuple[Table, list[str]]], entry: Entry, place: int) -> tuple[Table | None, list[str]]:
    """The table that an entry is of, told by the name of a village, with the townships that are named above it."""
    of_entry = (
        (table, names)
        for table, names in tables
        if (table.sheet.name, table.header.form.table.name) == (entry.sheet, entry.table)
        and table.header.line < entry.line
        and table.header.context["village_name"] == place
    )
    return max(of_entry, key=lambda each: each[0].header.line, default=(None, []))


def _may_differ(table: Table) -> bool:
    """Whether villages are told by name, without a column of townships."""
    return "village_name" in table.header.context and "township_name" not in table.header.context


def missing(
    collection: CollectionContext, county: str, name: str, entries: Iterable[Entry], found: Iterable[Table]
) -> list[str]:
    """The villages of a county of which nothing was sent; of one township, where a list is that township's own.

    None where the lists only tell what has changed.
    """
    lists = [table for table in found if table.header.form.table.name == name]
    are_of_changes = bool(lists) and all(_tells_changes(each, collection.forms.head_words) for each in lists)
    if collection.forms.forms[name].rows is not RowKind.VILLAGES or are_of_changes:
        return []
    reported = {entry.values.get("village_code", "") for entry in entries}
    places, villages = collection.places, collection.campaign_villages(county)
    own = [named(table, places, county) for table in lists]
    said = {each for names in own for each in names} if all(own) else set()
    is_theirs = {village.township for village in villages if village.code in reported} <= said
    return [
        village.township + village.name
        for village in villages
        if village.code not in reported and (not is_theirs or village.township in said)
    ]


def _tells_changes(table: Table, words: HeadWords) -> bool:
    """Whether a list only tells what has changed: its title or a head says so, or each row says who was before."""
    header = table.header
    title = next((texts for texts in (*table.titles, (table.name,)) if texts), ())
    heads = (*header.ignored.values(), *header.confirmed.values())
    former = header.context.get("former_name", 0)
    rows = [row for row in table.sheet.rows[header.line :] if any(not is_blank(value) for value in row)]
    is_said = any(word in text for word in words.of_changes for text in (*title, *heads))
    return is_said or (former > 0 and all(_text(row, former) for row in rows))
