"""What an unknown head may mean, by its words and by what stands below it: a person is asked, nothing is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from site_builder.collect.structure.lines import sum_line
from site_builder.collect.structure.sheet_header import HeaderReader, SheetHeader, UnclearHead
from site_builder.collect.structure.titles import Titles, Wording
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import FormColumn
from site_builder.model.meanings import is_plain_name
from site_builder.shared.text_forms import caseless, closed
from site_builder.untrusted_files import Value

_SEEN = 40  # filled cells below a head that tell what kind it is
_LIKE = 0.6  # of a head's characters that a choice must have, for the choice to be offered
_MOST_OFFERED = 3  # materials
_ASIDE = re.compile("备注|说明|注|签字|签名|签章")
_YES_OR_NO = re.compile("[是否有无√×yn]|同意|不同意", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9][0-9()（）\-—]{6,}")
_DAY = re.compile(
    r"[0-9]{2,4}[年./-][0-9]{1,2}.*|[〇○零一二三四五六七八九]{2,4}年.*|[0-9一二三四五六七八九十]{1,3}月.*"
)
_COUNTED = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?[^0-9.,%]{1,2}")
_NOTED = re.compile(r"[(（].*")
_NUMBER = re.compile(r"-?[0-9][0-9,，]*(?:\.[0-9]+)?[^0-9]{0,3}")
_FIGURES_REPORTED = frozenset(("activities",))
_KINDS = ((_YES_OR_NO, "yes"), (_LONG_NUMBER, "code"), (_DAY, "day"), (_NUMBER, "number"))

Rows = Sequence[Sequence[Value]]


def ask(reader: HeaderReader, header: SheetHeader, rows: Rows) -> SheetHeader:
    """The same heads, with what the unknown ones may have meant. rows: of the sheet, from line 1."""
    for place, head in list(header.ignored.items()):
        if _is_spread_place(reader, header, place, rows):
            header.unclear[place] = UnclearHead(head, _likely_choices(reader, head))
            del header.ignored[place]
    _settle_by_title(reader, header, rows)
    _ask_of_materials(reader, header, rows)
    _ask_of_names(reader.titles, header, rows)
    _ask_of_rivals(reader.titles.wording, header, rows)
    header.likely.update(_likely(reader.titles, header, rows))
    header.figures.update(_of_figures(reader, header, rows))
    return header


def _ask_of_materials(reader: HeaderReader, header: SheetHeader, rows: Rows) -> None:
    """Unknown columns of a list of deliveries that may count a material: all of them at once.

    Where a column says which material a row is of, no other column counts any.
    """
    is_matrix = any(column.fixed for column in header.columns.values())
    if reader.counted is None or any(column.field.name == "material_id" for column in header.columns.values()):
        return
    for place, head in list(header.ignored.items()):
        last, kinds = head.rpartition("·")[2], _kinds_below(rows, header.line, place)
        offered = (reader.titles.of_kind(last) or _containing(reader, last))[:_MOST_OFFERED]
        are_counted = _are_most(kinds, "number") or (bool(offered) and _are_most(kinds, "yes"))
        is_asked = offered or is_matrix or _has_unit(reader, head, rows, header, place)
        if are_counted and is_asked and not _is_not_asked(reader, head):
            header.unclear[place] = UnclearHead(last, offered)
            del header.ignored[place]


def _containing(reader: HeaderReader, head: str) -> tuple[str, ...]:
    """The titles of materials that hold a head of two characters or more: 农民工 under 宣传单."""
    text = min((bare.text for bare in reader.titles.wording.bare(head)), key=len, default="")
    return tuple(title for title in reader.titles.forms.materials.values() if len(text) > 1 and text in title)


def _of_figures(reader: HeaderReader, header: SheetHeader, rows: Rows) -> Iterator[int]:
    """The unknown columns of numbers that may be what the form asks for by another name: they have a unit, or a sum.

    Of an event nothing is counted but who was there and what was given: any number may be one of these.
    """
    for place, head in header.ignored.items():
        is_other = _is_not_asked(reader, head) or reader.titles.says_other(head, "") or reader.form.lists_villages
        are_numbers = not is_other and _are_most(_kinds_below(rows, header.line, place), "number")
        is_counted = reader.form.table.name in _FIGURES_REPORTED or _has_unit(reader, head, rows, header, place)
        if are_numbers and is_counted:
            yield place


def _is_not_asked(reader: HeaderReader, head: str) -> bool:
    """Whether a head of figures surely asks for what is in no form: a sum, what was planned, how many live there."""
    words, last = reader.titles.wording.words, head.rpartition("·")[2]
    if sum_line(last) is not None or _ASIDE.search(last) or any(word in head for word in words.planned):
        return True
    return any(bare.text in words.of_no_form for bare in reader.titles.wording.bare(last))


def _are_most(kinds: Sequence[str], kind: str) -> bool:
    return bool(kinds) and kinds.count(kind) * 2 > len(kinds)


def _has_unit(reader: HeaderReader, head: str, rows: Rows, header: SheetHeader, place: int) -> bool:
    """Whether the numbers of a column have a unit, in its head or in its cells, or are added up below."""
    if reader.titles.has_unit(head):
        return True
    below = [row for row in rows[header.line :] if place <= len(row) and not is_blank(row[place - 1])]
    in_cells = [_COUNTED.fullmatch(closed(str(row[place - 1]))) is not None for row in below]
    return in_cells.count(True) * 2 > len(below) or any(sum_line(value) for row in below for value in row)


def _settle_by_title(reader: HeaderReader, header: SheetHeader, rows: Rows) -> None:
    """Heads that are the end of several materials' titles, where what stands above the heads says more of one of them.

    公示板 under 联络员公示板悬挂情况统计表.
    """
    closed_text = reader.titles.wording.closed
    above = "".join(closed_text(plain(value)) for row in rows[: header.first - 1] for value in row)
    for place, (head, _) in list(header.unclear.items()):
        column = reader.material(head, above)
        if column is not None and column not in header.columns.values():
            header.columns[place] = column
            del header.unclear[place]


def _ask_of_names(known: Titles, header: SheetHeader, rows: Rows) -> None:
    """Unknown heads with the name of a column in brackets, where the sheet does not have it: 第3题(工作电话)."""
    there = {column.field.name for column in header.columns.values()}
    for place, head in list(header.ignored.items()):
        column = known.in_brackets(head)
        is_name = "name" not in there and _are_names(rows, header.line, place)  # 秦鹏（会计） under 联络员（职务）
        if column and not is_name and column.field.name not in there and _kinds_below(rows, header.line, place):
            header.unclear[place] = UnclearHead(head, (column.title,))
            del header.ignored[place]


def _ask_of_rivals(wording: Wording, header: SheetHeader, rows: Rows) -> None:
    """Questions of which another column answers a part as well, or the whole: which of them counts is asked."""
    answered = {column.field.name for column in header.columns.values()}
    for place, columns in list(header.several.items()):
        names = {column.field.name for column in columns}
        values = (row[place - 1] for row in rows[header.line :] if place <= len(row))
        is_filled = any(not is_blank(each) and caseless(plain(each)) not in wording.words.not_chosen for each in values)
        if not answered.isdisjoint(names):
            del header.several[place]
            head = header.head_at(rows, place)
            header.unclear.update({place: UnclearHead(head)} if is_filled else {})
            header.counted.update({} if is_filled else {place: head})
        answered |= names


def is_part(known: Titles, head: str, column: FormColumn) -> bool:
    """Whether a head is a part of what a column holds whole: 男 under 老年人."""
    outer, dot, _ = head.rpartition("·")
    return bool(dot) and known.column(outer.rpartition("·")[2]) is column


def _likely(known: Titles, header: SheetHeader, rows: Rows) -> Iterator[tuple[int, FormColumn]]:
    """What the unknown heads may have meant, of what the sheet does not have and what stands below them can be."""
    there = [column.title for column in header.columns.values()]
    absent = [column for column in header.form.columns if column.title not in there]
    person = next((column for column in absent if column.field.name == "name" and column.kind == "person"), None)
    for place, head in header.ignored.items():
        kinds = _kinds_below(rows, header.line, place)
        column = known.likeliest(
            head, [each for each in absent if _fits(each, kinds) or _is_consent(known, head, each)]
        )
        if person and not known.is_of_others([head], person) and _are_names(rows, header.line, place):
            column = person
        if column and not known.is_of_others(head.split("·")[:-1], column):
            header.parts.update([place] if is_part(known, head, column) else [])
            header.likeliest.update([place] if known.is_very_like(head, column) else [])
            yield place, column


def _fits(column: FormColumn, kinds: Sequence[str]) -> bool:
    """Whether most cells below a head are of the kind that a column asks for; a consent is asked for by its words."""
    if column.field.name.endswith("_consent"):
        return False
    return not kinds or sum(kind == _kind_of(column) for kind in kinds) * 2 > len(kinds)


def _are_names(rows: Rows, line: int, place: int) -> bool:
    """Whether most cells below a head are names of persons, whatever is noted behind them in brackets."""
    values = (row[place - 1] for row in rows[line:] if place <= len(row) and not is_blank(row[place - 1]))
    texts = [_NOTED.sub("", plain(value)).strip() for value, _ in zip(values, range(_SEEN), strict=False)]
    return 2 * sum(map(is_plain_name, texts)) > len(texts)


def _is_consent(known: Titles, head: str, column: FormColumn) -> bool:
    """Whether a head may ask for a consent, without a word of what to: 本人同意."""
    words = known.wording.words.may_mean.get(known.form.table.name, {}).get(column.field.name, ())
    is_said = any(bare.text in words for bare in known.wording.bare(head.rpartition("·")[2]))
    return column.field.name.endswith("_consent") and is_said


def _kind_of(column: FormColumn) -> str:
    if column.kind == "phone" or column.field.name.endswith("_code"):
        return "code"
    kinds = {"integer": "number", "number": "number", "date": "day", "boolean": "yes"}
    return kinds.get(column.field.type, "text")


def _kinds_below(rows: Rows, line: int, place: int) -> list[str]:
    values = (row[place - 1] for row in rows[line:] if place <= len(row) and not is_blank(row[place - 1]))
    return [_kind(value) for value, _ in zip(values, range(_SEEN), strict=False)]


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, date):
        return "day"
    text = closed(f"{value:.0f}" if isinstance(value, float) else str(value))
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(text)), "text")


# ---- what a form is spread over


def _is_spread_place(reader: HeaderReader, header: SheetHeader, place: int, rows: Rows) -> bool:
    """Whether an unknown column stands where one of the columns is expected that a form is spread over.

    Between two of them every filled one does, whatever it is called; beside them, one that is like a choice.
    """
    spread = [at for at, column in header.columns.items() if column.fixed]
    outer, _, last = header.ignored[place].rpartition("·")
    is_planned = bool(outer) and not header.form.is_spread and reader.titles.says_other(last, "")
    is_aside = sum_line(last) is not None or _ASIDE.search(last) is not None
    if is_aside or is_planned or not _kinds_below(rows, header.line, place):
        return False
    if place in header.halves or not spread:
        return place in header.halves
    is_next = not header.form.is_spread and place in (min(spread) - 1, max(spread) + 1)
    if is_next and _fits(header.columns[spread[0]], _kinds_below(rows, header.line, place)):
        return True
    return min(spread) < place < max(spread) or bool(_likely_choices(reader, header.ignored[place]))


def _likely_choices(reader: HeaderReader, head: str) -> tuple[str, ...]:
    """The title of the choice that an unknown head is most like, often shortened; of materials, of those of a kind."""
    last = head.rpartition("·")[2]
    if reader.counted is not None and (offered := reader.titles.of_kind(last) or _containing(reader, last)):
        return offered[:_MOST_OFFERED]
    known = reader.titles.wording.closed
    unknown = next((part for part in reversed(head.split("·")) if known(part) not in reader.choices), head)
    titles = _choices(reader)
    of_kind = {word: title for word, title in titles.items() if not reader.titles.says_other(unknown, word)}
    scores = {title: _likeness(known(unknown), known(word)) for word, title in of_kind.items()}
    best = max(scores, key=lambda title: scores[title], default="")
    return (best,) if best and scores[best][0] >= _LIKE else ()


def _choices(reader: HeaderReader) -> Mapping[str, str]:
    over = next((column.fixed for column in reader.form.columns if column.fixed), {})
    return {title: title for name in over for title in reader.form.table.field(name).choices.values()}


def _likeness(head: str, title: str) -> tuple[float, float]:
    """How much of a head its title has, and the other way round."""
    matcher = SequenceMatcher(None, head, title, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same / max(1, len(head)), matcher.ratio()
