"""The township that a sheet's name or title names, beside the townships of the villages in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.collect.entries import Entry
from site_builder.collect.places import Places
from site_builder.collect.structure.lines import is_label
from site_builder.collect.structure.parts import Table
from site_builder.collect.values.cells import plain
from site_builder.collect.values.place_names import larger_stem, written
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.untrusted_files import address


def problems(file: str, found: Iterable[Table], entries: Iterable[Entry], places: Places) -> Iterator[Problem]:
    """Villages of another township than the sheet is of, where their own cell does not name it."""
    tables = {(table.sheet.name, table.header.form.table.name): table for table in found if not table.origins}
    of_rows = {(entry.sheet, entry.table, entry.line): entry for entry in entries}
    of_tables = {key: _named(table, places) for key, table in tables.items() if _may_differ(table)}
    for (sheet, name, line), entry in of_rows.items():
        table, named = tables.get((sheet, name)), of_tables.get((sheet, name), [])
        village = places.villages.get(entry.values.get("village_code", ""))
        place = entry.places.get("village_code", 0)
        if not named or table is None or village is None or place != table.header.context["village_name"]:
            continue
        typed = written(plain(table.sheet.rows[line - 1][place - 1]))
        if village.township not in named and larger_stem(village.township) not in typed:
            yield Problem(
                code=Code.VILLAGE_TOWNSHIP_DIFFERS,
                file=file,
                sheet=sheet,
                line=line,
                cell=address(line, place),
                details={"named": "、".join(named), "village": village.name, "township": village.township},
            )


def _may_differ(table: Table) -> bool:
    """Whether villages are told by name, without a column of townships."""
    return "village_name" in table.header.context and "township_name" not in table.header.context


def _named(table: Table, places: Places) -> list[str]:
    """The townships in the sheet's name and in the titles above its heads, by their whole names."""
    above = (value for row in table.sheet.rows[: table.header.first - 1] for value in row if isinstance(value, str))
    texts = [written(text) for text in (table.name, *(text for text in above if not is_label(text)))]
    return [name for name in places.townships if any(written(name) in text for text in texts)]
