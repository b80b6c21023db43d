"""Rows in which nothing stands but marks or words for none: what the record has becomes 0 by them, which is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from site_builder.collect.answers.sound import Change, Where
from site_builder.collect.structure.parts import Table
from site_builder.collect.values.cells import plain
from site_builder.collect.values.numbers import says_none
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_NONE = "0"
_MOST_NAMED = 10


C = TypeVar("C", bound=Change)


def problems(file: str, changes: Iterable[C], origins: Mapping[C, Where], tables: Sequence[Table]) -> Iterator[Problem]:
    """One word for each sheet of the rows that only say none, with how much of the record becomes 0 by them."""
    emptied: dict[str, dict[int, int]] = {}
    for change in changes:
        at = origins.get(change)
        if at and change.field and change.after == _NONE and change.before not in {"", _NONE}:
            lines = emptied.setdefault(at.sheet, {})
            lines[at.line] = lines.get(at.line, 0) + 1
    for table in tables:
        found = {
            line: count
            for line, count in emptied.get(table.sheet.name, {}).items()
            if table.header.form.is_spread and _is_marked(table, line)
        }
        if found:
            rows, typed = list(found), _typed(table, min(found))
            named = "、".join(str(table.origin(line, 1)[0]) for line in rows[:_MOST_NAMED])
            more = "……" if len(rows) > _MOST_NAMED else ""
            said = {"rows": named + more, "text": safe_to_show(typed[0]), "count": str(sum(found.values()))}
            yield Problem(code=Code.ROWS_MARKED_NONE, file=file, sheet=table.name, details=said)


def _typed(table: Table, line: int) -> list[str]:
    """What stands in the columns of counts in a row."""
    row = table.sheet.rows[line - 1] if line <= len(table.sheet.rows) else []
    places = (place for place, column in table.header.columns.items() if column.fixed and place <= len(row))
    return [text for place in places if (text := plain(row[place - 1]).strip())]


def _is_marked(table: Table, line: int) -> bool:
    texts = _typed(table, line)
    return table.header.line < line and bool(texts) and all(map(says_none, texts))
