"""Comments at cells: they are taken for nothing, which is said once for each table, with what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_builder import privacy
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.model import meanings
from site_builder.model.forms import PROBLEM_MARK
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import UntrustedFile, address

_MOST_NAMED = 20
_LONGEST = 40  # characters of a comment that are shown: the rest is found where it stands

ByCell = Mapping[tuple[str, str], Sequence[str]]


def by_cell(received: UntrustedFile) -> ByCell:
    """What people wrote in comments, by sheet and cell: without our own marks, and nothing twice.

    A thread of comments stands in a workbook once more, behind an explanation for programs that know no threads.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in received.notes:
        text = note.text.partition(PROBLEM_MARK)[0].strip()
        if note.cell and text:
            found[note.sheet, note.cell].append(text)
    return {at: [one for one in texts if not _is_again(one, texts)] for at, texts in found.items()}


def problems(received: UntrustedFile, tables: Iterable[Table]) -> Iterator[Problem]:
    """One word for each table whose rows bear comments, but for those that are told of as of somebody who left."""
    commented = by_cell(received)
    for table in tables if commented else ():
        said = [
            quoted(address(*at), text[:_LONGEST] + ("…" if len(text) > _LONGEST else ""), text)
            for at in _cells(table)
            for text in commented.get((table.name, address(*at)), ())
            if table.header.form.table.name != "liaisons" or not meanings.of_leaving(text)
        ]
        if said:
            notes = "、".join(said[:_MOST_NAMED]) + ("……" if len(said) > _MOST_NAMED else "")
            yield Problem(
                code=Code.COMMENTS_LEFT_OUT, file=received.path.name, sheet=table.name, details={"notes": notes}
            )


def quoted(cell: str, shown: str, text: str) -> str:
    """A part of a text with its place; hidden where the text holds a personal number."""
    is_personal = bool(privacy.find(text))
    return layout()["quoted"].format(cell=cell, text=layout()["hidden"] if is_personal else safe_to_show(shown))


def _is_again(text: str, texts: Sequence[str]) -> bool:
    return any(other != text and text.endswith(other) and "[Threaded comment]" in text for other in texts)


def _cells(table: Table) -> Iterator[tuple[int, int]]:
    """The cells of a table's rows, as they stand in the sheet that was sent."""
    return (cell for area in table.areas if area.kind is PartKind.ROWS for cell in table.cells(area))
