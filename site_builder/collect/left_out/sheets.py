"""What is said of sheets of which nothing was taken in: what they are, or which form they are most like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.collect.papers import claims
from site_builder.collect.structure import head_hints, head_problems, lines
from site_builder.collect.structure.head_block import HeadLines
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.sections import form_named
from site_builder.collect.structure.sheet_header import HeaderReader, SheetHeader, readers
from site_builder.collect.structure.tables import Understood
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import Form, Forms
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.shared.text_forms import village_ending
from site_builder.untrusted_files import Sheet, address

_ENCLOSED = re.compile("附.{0,8}签到|签到.{0,6}附后")
_PARTS = re.compile(r"[\s,，;；|｜、]+")
_FEWEST_PARTS, _LOOKED_AT = 3, 200  # of a cell that holds a whole row; lines
_TITLES = 3  # lines at the top of a sheet that may say what it is
_FEWEST_LIKE = 2  # heads of a form, to say that a sheet is like it
_MOST_UNKNOWN = 3  # heads of a sheet for each that a form has or may have, for it to be like that
_COUNTED_NEED = re.compile("([^0-9、，,；;。]{2,14}?)[:：]?[0-9]+(?:人|名|件|户)?(?:[、，,；;。]|$)")
_MOST_HEADS = 6  # of a form that are named
_KINDS = {"signatures": Code.SHEET_OF_SIGNATURES, "stations": Code.SHEET_OF_STATIONS, "names": Code.SHEET_OF_NAMES}


def problems(
    file: str, forms: Forms, understood: Sequence[tuple[Sheet, Understood]], confirmed: Mapping[str, str]
) -> Iterator[Problem]:
    """Sheets that are none of the forms: one that has a form's name has lost its header.

    Sums of townships beside the villages that they sum are nothing to mend, nor is a cover, or who signed, next to what
    is reported.
    """
    known = any(one.tables for _, one in understood)
    names = "、".join(form.sheet for form in forms.forms.values())
    for sheet, one in understood:
        own = [each for each in one.problems if not known or each.code != Code.REGION_WITHOUT_VILLAGES]
        kind = "" if one.tables or claims.are_said(own) else _kind(sheet, forms)
        if kind == "names" and _is_looked_up(sheet, forms, understood):
            kind = "aside"
        if kind in _KINDS:
            yield Problem(code=_KINDS[kind], file=file, sheet=sheet.name)
            continue
        is_aside = len(understood) > 1 and kind == "aside"
        yield from () if is_aside else (_likened(each, sheet, forms, confirmed) for each in own)
        crowded = "" if one.tables or own or is_aside else _crowded(sheet, forms)
        if crowded:
            yield Problem(code=Code.SHEET_UNSPLIT, file=file, sheet=sheet.name, details={"column": crowded})
        elif not one.tables and (is_aside or not own):
            form = form_named(sheet.name, forms)
            is_known = known or is_aside
            code = Code.SHEET_HEADS_LOST if form else Code.SHEET_IGNORED if is_known else Code.RETURN_UNRECOGNISED
            expected = "、".join(column.title for column in form.columns[:_MOST_HEADS]) if form else names
            yield Problem(code=code, file=file, sheet=sheet.name, details={"expected": expected})
    if not understood:
        yield Problem(code=Code.RETURN_UNRECOGNISED, file=file, details={"expected": names})


def _crowded(sheet: Sheet, forms: Forms) -> str:
    """The letter of the column in which whole rows stand, each in one cell, heads and all; "" where it is not so."""
    rows = [cells for row in sheet.rows[:_LOOKED_AT] if (cells := lines.filled(row))]
    places = {place for cells in rows for place, _ in cells}
    parts = [_PARTS.split(plain(cells[0][1]).strip()) for cells in rows]
    wide = [texts for texts in parts if len(texts) >= _FEWEST_PARTS]
    if len(places) != 1 or len(wide) < _FEWEST_LIKE:
        return ""
    is_known = any(sum(map(reader.knows, wide[0])) >= _FEWEST_PARTS for reader in readers(forms, ()))
    return address(1, min(places)).rstrip("1") if is_known else ""


def without_signatures(understood: Iterable[tuple[Sheet, Understood]], forms: Forms) -> list[tuple[Sheet, Understood]]:
    """What was understood, without lists of who signed for having come: these name villages and persons as well."""
    return [
        (sheet, one._replace(tables=[table for table in one.tables if not _is_signed(table, forms)]))
        for sheet, one in understood
    ]


def _is_signed(table: Table, forms: Forms) -> bool:
    """Whether a list of liaisons is called one of signatures, and says of nobody since when."""
    fields = {column.field.name for column in table.header.columns.values()}
    title = next((texts for texts in (*table.titles, (table.name,)) if texts), ())
    words = forms.head_words.other_sheets["signatures"]
    is_called = any(word in text and not _ENCLOSED.search(text) for word in words for text in title)
    return table.header.form.table.name == "liaisons" and "from_date" not in fields and is_called


def _kind(sheet: Sheet, forms: Forms) -> str:
    """What kind of sheet it says to be that no form is, by its name or its titles; "" for none.

    A list of persons has a column of names, and says nothing of a village.
    """
    words = forms.head_words.other_sheets
    top = (lines.filled(row) for row in sheet.rows[:_TITLES])
    titles = [sheet.name, *(plain(cells[0][1]) for cells in top if len(cells) == 1)]
    said = (kind for kind, own in words.items() if any(word in text for word in own for text in titles))
    kind = next((each for each in said if each != "aside" or any(word in sheet.name for word in words["aside"])), "")
    if kind in ("", "names"):
        is_of_form = any(form_named(text, forms) for text in titles)
        return "names" if not is_of_form and _lists_persons(sheet, forms) else ""
    return kind


def _is_looked_up(sheet: Sheet, forms: Forms, understood: Sequence[tuple[Sheet, Understood]]) -> bool:
    """Whether all persons of a list stand in the tables of the file as well, which look up their phones in it."""
    reported = {
        "".join(plain(value).split())
        for _, one in understood
        for table in one.tables
        for place, column in table.header.columns.items()
        if column.kind == "person"
        for value in table.header.below(table.sheet, place)
    }
    listed = _persons(sheet, forms)
    return bool(listed) and listed <= reported


def _persons(sheet: Sheet, forms: Forms) -> set[str]:
    """The names below the heads that ask for them."""
    heads = [
        (line, place)
        for line, row in enumerate(sheet.rows, start=1)
        for place, value in lines.filled(row)
        if "".join(plain(value).split()) in forms.head_words.of_persons
    ]
    below = (row[place - 1] for line, place in heads for row in sheet.rows[line:] if place <= len(row))
    return {"".join(plain(value).split()) for value in below if not is_blank(value)}


def _lists_persons(sheet: Sheet, forms: Forms) -> bool:
    """Whether a line of heads asks for names, and none for a village."""
    words = set(forms.head_words.of_persons)
    for row in sheet.rows:
        heads = {"".join(plain(value).split()) for _, value in lines.filled(row)}
        if lines.is_headlike(row) and len(heads) > len(heads - words):
            return heads.isdisjoint(forms.context["village_name"])
    return False


# ---- which form it is most like


def _likened(problem: Problem, sheet: Sheet, forms: Forms, confirmed: Mapping[str, str]) -> Problem:
    """The problem of a region that is no table, with the form that its heads are most like and what that lacks."""
    if problem.code is not Code.REGION_UNCLEAR:
        return problem
    header, cell = _most_like(sheet, problem.line or 1, forms, confirmed), _needs_in_words(sheet, forms)
    hint = cell or (_hint(sheet, header, forms) if header else "")
    return replace(problem, details={**problem.details, "hint": hint})


def _needs_in_words(sheet: Sheet, forms: Forms) -> str:
    """What is said of a sheet in whose cells several needs stand with their numbers: 劳动报酬3人、土地承包1人."""
    titles = {word for form in forms.forms.values() if form.is_spread for word in _matters(form, forms)}
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in lines.filled(row):
            pairs = _COUNTED_NEED.findall("".join(plain(value).split())) if isinstance(value, str) else []
            if pairs and all(name in titles for name in pairs):
                details = {"cell": address(line, place), "text": safe_to_show(plain(value))}
                return layout()["needs_in_words"].format_map(details)
    return ""


def _matters(form: Form, forms: Forms) -> Iterator[str]:
    """The words for what a form is spread over."""
    over = next((column.fixed for column in form.columns if column.fixed), {})
    for field in map(form.table.field, over):
        yield from (*field.choices.values(), *forms.choice_aliases.get(field.code_list, {}))


def _most_like(sheet: Sheet, line: int, forms: Forms, confirmed: Mapping[str, str]) -> SheetHeader | None:
    block = HeadLines(sheet=sheet).block(line, line)
    read = [_asked(reader, reader.read(block), sheet) for reader in readers(forms, tuple(confirmed.items()))]
    best = max(read, key=_likeness, default=None)
    likeness = _likeness(best)[0] if best else 0
    return best if best and likeness >= max(_FEWEST_LIKE, len(best.places) / _MOST_UNKNOWN) else None


def _asked(reader: HeaderReader, header: SheetHeader, sheet: Sheet) -> SheetHeader:
    return head_hints.ask(reader, header, sheet.rows)


def _likeness(header: SheetHeader) -> tuple[int, int]:
    """How many heads of a table are, or may be, a form's; of two alike the one that lacks less."""
    likely = {column.title for column in header.likely.values()}
    return len(header.columns) + len(likely) + len(header.unclear), -len(header.missing)


def _hint(sheet: Sheet, header: SheetHeader, forms: Forms) -> str:
    """Which form a table is most like, what it lacks of it, and which of its heads that may be."""
    village = forms.context["village_name"][0]
    field = header.form.village_field
    lacks_village = bool(field) and any(column.field.name == field for column in header.missing)
    missing = [column for column in head_problems.lacking(header) if not (lacks_village and column.field.name == field)]
    titles = [*([village] if lacks_village else []), *(column.title for column in missing)]
    hints = [head_problems.missed(header, column)["hint"] for column in missing]
    if lacks_village:
        hints.insert(0, _village_hint(sheet, header, village))
    said = layout()["most_like"].format(form=header.form.sheet, missing="”、“".join(titles)) if titles else ""
    return said + "".join([*hints, *_choice_hints(header)])


def _choice_hints(header: SheetHeader) -> Iterator[str]:
    """The questions whether unknown heads are choices of a form that is spread over them."""
    for head, choices in header.unclear.values():
        if choices:
            yield layout()["meant_choice"].format(head=safe_to_show(head), titles="”、“".join(choices))


def _village_hint(sheet: Sheet, header: SheetHeader, village: str) -> str:
    """The question whether an unknown column is that of the villages: most of its cells end as their names do."""
    for place, head in header.ignored.items():
        below = [plain(value).strip() for value in header.below(sheet, place) if not is_blank(value)]
        if sum(bool(village_ending(text, least=1)) for text in below) * 2 > len(below):
            return layout()["meant_head"].format(head=safe_to_show(head), title=village)
    return ""
