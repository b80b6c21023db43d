"""That a liaison has left or another came, where it goes into no field: in comments, in remarks, in notes below."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.collect.left_out import comments
from site_builder.collect.left_out.rows import Row
from site_builder.collect.structure.parts import PartKind, Table, note_lines
from site_builder.collect.structure.unseen import REMARKS
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model import meanings
from site_builder.model.persons_in_texts import named_alone
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address

_MOST_NAMED = 20
_REASON = re.compile("(?:变动|变更|调整|更换|离任|离职|卸任).{0,2}(?:原因|理由|事由)$")
_ONLY_CHANGED = re.compile("已?(?:更换|换人|变更|新任|新人|接任)")
_OF_MARKS = re.compile("标[红黄蓝绿注记色]|涂[红黄]|[红黄蓝绿]色|[*＊＃#★△▲√×]|打勾|打叉|[划画][线掉]")
Place = tuple[str, int]


class Terms(NamedTuple):
    """What is known of the rows of liaisons, by sheet and line.

    others: another county's; ended: whose term the return ends anyway; serving: who serves by them.
    """

    others: Container[Place]
    ended: Mapping[Place, str]
    serving: Mapping[Place, str]


class _Text(NamedTuple):
    """A text that goes into no field.

    cell: where it was sent; line, place: where it stands as understood; is_remark: on its row, not on the whole; own:
    what its row reports.
    """

    cell: tuple[int, int]
    line: int
    place: int
    text: str
    is_remark: bool
    own: frozenset[str]


def serving(entries: Iterable[Row], on_record: Iterable[Mapping[str, str]]) -> dict[Place, str]:
    """Who serves by the rows of a county: those without a last day, in the return and on record alike."""
    over = {(row["village_code"], row["name"]) for row in on_record if row.get("to_date")}
    reported = (one for one in entries if one.table == "liaisons" and not one.values.get("to_date"))
    named = (
        ((one.sheet, one.line), one.values.get("village_code", ""), one.values.get("name", "")) for one in reported
    )
    return {place: name for place, village, name in named if name and (village, name) not in over}


def problems(
    received: UntrustedFile, found: Iterable[Table], terms: Terms, accepted: Container[tuple[str, int | str]]
) -> Iterator[Problem]:
    """An error for each who serves by a row that says the contrary; one word for all else of a table of liaisons.

    accepted: the rows that somebody has looked at.
    """
    commented = comments.by_cell(received)
    sheets = {sheet.name: sheet for sheet in received.sheets}
    for table in found:
        if table.header.form.table.name != "liaisons":
            continue
        texts = _texts(table, sheets[table.name], commented, terms.others)
        left = [text for text in texts if not _is_ended(table, text, terms.ended)]
        open_ones = (text for text in left if (table.sheet.name, text.line) not in accepted)
        asked = [text for text in open_ones if _is_contrary(table, text, terms)]
        yield from (_contrary(received.path.name, table, text) for text in asked)
        quoted = _quoted(text for text in left if text not in asked)
        if quoted:
            named = "、".join(quoted[:_MOST_NAMED]) + ("……" if len(quoted) > _MOST_NAMED else "")
            details = {"notes": named}
            yield Problem(code=Code.NOTE_OF_LEAVING, file=received.path.name, sheet=table.name, details=details)


def _is_contrary(table: Table, one: _Text, terms: Terms) -> bool:
    """Whether a text says that somebody has left who serves by the row, or by one of those that a note is of."""
    sheet = table.sheet.name
    if one.is_remark:
        name = terms.serving.get((sheet, one.line), "")
        is_changed = meanings.has_changed(one.text) and name not in one.text
        return bool(name) and (bool(meanings.has_left(one.text)) or is_changed)
    is_note = (sheet, one.line) in note_lines([table])
    names = {name for (of, _), name in terms.serving.items() if of == sheet}
    is_of_some = _OF_MARKS.search(one.text) is not None or any(name in one.text for name in names)
    return is_note and bool(names) and is_of_some and bool(meanings.has_left(one.text))


def _contrary(file: str, table: Table, one: _Text) -> Problem:
    sentence = meanings.has_left(one.text) or meanings.of_leaving(one.text) or one.text
    return Problem(
        code=Code.LIAISON_SAID_GONE,
        file=file,
        sheet=table.sheet.name,
        line=one.line,
        cell=address(one.line, one.place),
        details={
            "note": comments.quoted(address(*one.cell), sentence, one.text),
            "row": f"{safe_to_show(table.sheet.name)}!{one.line}",
        },
    )


def _is_ended(table: Table, one: _Text, ended: Mapping[Place, str]) -> bool:
    """Whether a text is of somebody whose term ends by the same row: by the name, or as the reason of the change."""
    name, text = ended.get((table.sheet.name, one.line), ""), one.text.strip()
    places = (place for place, head in table.header.ignored.items() if _REASON.search(head))
    is_reason = any(table.origin(one.line, place) == one.cell for place in places)
    return bool(name) and (name in text or is_reason or _ONLY_CHANGED.fullmatch(text) is not None)


def _quoted(texts: Iterable[_Text]) -> list[str]:
    """The sentences of texts that say of somebody else, or that one has left, each with its address."""
    said = ((one, meanings.of_leaving(one.text) or _other_person(one)) for one in texts)
    return [comments.quoted(address(*one.cell), sentence, one.text) for one, sentence in said if sentence]


def _other_person(one: _Text) -> str:
    """Whom a remark or a comment names and nothing else of its row does; "" for nobody."""
    person = named_alone(one.text) if one.is_remark else ""
    return "" if person in one.own else person


def _texts(table: Table, sheet: Sheet, commented: comments.ByCell, others: Container[Place]) -> Iterator[_Text]:
    """What goes into no field, with its cell and line: of rows that do not say the last day, and of the notes."""
    lines = [(area, line) for area in table.areas for line in range(area.first[0], area.last[0] + 1)]
    remarks = {place for place, head in table.header.ignored.items() if REMARKS.search(head)}
    for area, line in lines:
        is_passed_over = (table.sheet.name, line) in others or _has_last_day(table, line)
        is_row, is_note = area.kind is PartKind.ROWS and not is_passed_over, area.kind is PartKind.NOTE
        own = frozenset("".join(plain(_value(table.sheet, (line, at))).split()) for at in table.header.columns)
        for place in range(area.first[1], area.last[1] + 1) if is_row or is_note else ():
            at = table.origin(line, place)
            if is_note or place in table.header.ignored:
                is_remark = is_row and place in remarks
                text = plain(_value(sheet, at))
                yield _Text(cell=at, line=line, place=place, text=text, is_remark=is_remark, own=own)
            for text in commented.get((table.name, address(*at)), ()) if is_row else ():
                yield _Text(cell=at, line=line, place=place, text=text, is_remark=True, own=own)


def _has_last_day(table: Table, line: int) -> bool:
    columns = table.header.columns.items()
    place = next((place for place, column in columns if column.field.name == "to_date"), 0)
    return bool(place) and not is_blank(_value(table.sheet, (line, place)))


def _value(sheet: Sheet, cell: tuple[int, int]) -> Value:
    line, place = cell
    row = sheet.rows[line - 1] if line <= len(sheet.rows) else []
    return row[place - 1] if place <= len(row) else None
