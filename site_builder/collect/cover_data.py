"""What a return says of itself: its county, who filled it in and when, and the kit that it was made with.

Our workbook says it on its cover; a list of the county's own in a line above or below, as 填报日期：2018年5月10日.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from string import ascii_uppercase
from typing import NamedTuple

from site_builder.collect.entries import NormalisedCell
from site_builder.collect.phone_exports import exports
from site_builder.collect.phone_exports.exports import Export
from site_builder.collect.structure.lines import is_label
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.structure.services import LaidOut
from site_builder.collect.values import cells, days
from site_builder.model.forms import BEFORE_SHEET, COVER_LABELS, COVER_SHEET, DIGEST_KEY, KIT_SHEET, FormColumn, Forms
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address

Before = tuple[list[str], dict[tuple[str, ...], dict[str, str]]]
_SEARCHED = 60  # lines of the cover in which the labels are looked for
_PERIODS = {
    "posted_on": ("公示期限", "公示期间", "公示期", "公示起止时间")
}  # of which the first day is that of a field
_AROUND = 12  # lines at the top and at the bottom of other sheets
_DATED = re.compile(r"(?:填报|填表|报送|上报|制表)(?:日期|时间)\s*[:：]?\s*")
_SIGNED = re.compile(r"(?:填报|填表|报送|上报|制表|经办)人\s*[:：]?\s*")
_DAY_LIKE = re.compile(r"[0-9]\s*月|[0-9]\s*[./-]\s*[0-9]|^[0-9]{8}$")
_NUMBER = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}＊?")
_AND = "、"
_YEAR = re.compile(r"(?<![0-9])(?:(20[0-9]{2})\s*[年./-]|([0-9]{2})年(?=[0-9]{1,2}月))")
_NEXT_LABEL = re.compile(r"\s{2,}|\s(?=\S{1,8}[:：])")
_DAY_TEXT = (
    r"[0-9]{4}\s*[年./-]\s*[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*日?|"
    r"[〇零○O一二三四五六七八九]{4}\s*年\s*[一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十]{1,3}\s*日"
)
_WHOLE_DAY = re.compile(
    rf"(?:(?P<before>.*?)(?<![0-9年./-]))?(?P<day>{_DAY_TEXT})\s*(?:止|更新|制表?|填报?)?[)）。]?", re.DOTALL
)  # at the end of a line, behind a title, a label or the name of an office
_OTHER_DAY = re.compile(
    r"[0-9]|(?:截止|结束|开始|要求|完成|上报)?(?:时间|期限)[:：]?$|[自于从至]$|[—–~～-]\s*$|通知|根据"
)
_AS_OF = re.compile("(?:截至|截止到?|数据到)$")
_OFFICE = re.compile(
    r"\S*(?:局|所|中心|政府|委|站|办公室|办|处|院|厅|部|街道|镇|乡)\s*(?:[(（](?:公章|盖章|印章|章)[)）])?|[^:：0-9]{2,10}[:：].*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverData:
    """All are "" (the date None) where the return does not say.

    digests: of the forms that the kit was made from, by table; is_prefilled: whether it is our workbook, in which the
    record already stood, as it does in no phone form; is_own_form: whether its sheets are laid out as in that workbook,
    so that it may be one whose hidden sheets were lost; before: by table the fields that it has digests of, and
    those of what it said, by key and field; answered_on: the last day of the answers that a form service has gathered,
    which the return may be younger than; answered: that of each answer, by sheet and line; edited: rows, so
    too, that were put right in the system that gathered them; date_sheet, date_cell, date_entered: where the date
    stands and what was typed there when no day can be read from it; days_unused: other days around its tables, by
    none of which it is dated.
    """

    county: str = ""
    kit_version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    is_prefilled: bool = False
    is_own_form: bool = False
    before: Mapping[str, Before] = field(default_factory=dict)
    data_status: str = ""
    submitted_by: str = ""
    filled_in_on: date | None = None
    answered_on: date | None = None
    answered: Mapping[tuple[str, int], date] = field(default_factory=dict)
    edited: frozenset[tuple[str, int]] = frozenset()
    date_sheet: str = ""
    date_cell: str = ""
    date_entered: str = ""
    days_unused: str = ""


class _Stated(NamedTuple):
    """What stands behind a label."""

    value: Value
    sheet: str
    cell: str


def of_file(received: UntrustedFile, forms: Forms, hotline: str) -> tuple[Export | None, CoverData]:
    """What a file says of itself, with what it brings where it is an export of a phone form."""
    has_phone_forms = not (forms.lists_villages or forms.lists_counties or forms.is_of_units)
    export = exports.flatten(received, forms, hotline) if has_phone_forms else None
    return export, of_export(export) if export else read(received)


def read(received: UntrustedFile) -> CoverData:
    """Read the hidden sheet and the cover of our workbook; of other files, what stands around their tables."""
    sheets = {sheet.name: sheet for sheet in received.sheets}
    kit = _pairs(sheets.get(KIT_SHEET))
    cover = sheets.get(COVER_SHEET)
    stated = _right_of(cover, COVER_LABELS["date"]) if cover else _last_day(received)
    person = (
        _right_of(cover, COVER_LABELS["person"]) if cover else next(_labelled(received, _SIGNED), _Stated("", "", ""))
    )
    filled_in_on, unread = _day(stated.value, received.counts_from_1904)
    return CoverData(
        county=kit.get("county_code", ""),
        kit_version=kit.get("kit_version", ""),
        digests={key.removeprefix(DIGEST_KEY): digest for key, digest in kit.items() if key.startswith(DIGEST_KEY)},
        is_prefilled=bool(kit.get("kit_version")),
        is_own_form=any(_has_numbers(row) for _, _, row in _lines_around(received)),
        before=_before(sheets.get(BEFORE_SHEET)),
        data_status=kit.get("data_status", ""),
        submitted_by=cells.plain(person.value).strip()[:60],
        filled_in_on=filled_in_on,
        date_sheet=stated.sheet,
        date_cell=stated.cell,
        date_entered=unread,
        days_unused="" if cover or unread else _unused(received, filled_in_on),
    )


def with_year(file: str, says: CoverData, found: Sequence[Table], campaign_year: int) -> CoverData:
    """A return's own day without a year, or with two digits of it, in that of the titles: 填报时间：6月29日."""
    if not says.date_entered:
        return says
    read = days.date_reader(False, False, year_said(file, says, found, campaign_year), campaign_year)
    try:
        return replace(says, filled_in_on=date.fromisoformat(read(says.date_entered)), date_entered="")
    except cells.CellError:
        return says


def year_said(file: str, says: CoverData, found: Sequence[Table], campaign_year: int) -> int:
    """The one year that a return's own day, its name and the titles of its tables say; 0 for none, or several."""
    above = (row for table in found for row in table.sheet.rows[: table.header.first - 1])
    texts = [file, *(table.name for table in found), *(value for row in above for value in row if type(value) is str)]
    said = {int(year or f"20{short}"): bool(year) for text in texts for year, short in _YEAR.findall(text)}
    years = {year for year, is_whole in said.items() if is_whole or year <= campaign_year}
    years |= {says.filled_in_on.year} if says.filled_in_on else set()
    return years.pop() if len(years) == 1 else 0


def without_year(file: str, changed: Iterable[NormalisedCell], year: int) -> Iterator[Problem]:
    """One word for the days of a file that were read as of the year that is said around them."""
    for cell in (each for each in changed if days.has_no_year(each.before)):
        details = {"year": str(year), "before": safe_to_show(cell.before), "after": cell.after}
        line, code = int(cell.cell.lstrip(ascii_uppercase)), Code.DATES_WITHOUT_YEAR
        yield Problem(code=code, file=file, sheet=cell.sheet, line=line, cell=cell.cell, details=details)
        return


def with_day_above(received: UntrustedFile, laid_out: LaidOut, table: Table) -> tuple[LaidOut, list[Problem]]:
    """A table without a day that its records must have, with the one that a line above it states for all of them.

    发放时间：2018年6月12日 over a list of deliveries; what is said of it, and of days that its records need not have.
    """
    file, header, rows = received.path.name, laid_out.header, laid_out.sheet.rows
    reported = list(_days_not_taken(received, table))
    for column in header.missing:
        stated = _stated_above(rows[: header.first - 1], column) if column.field.type == "date" else None
        if stated is None:
            continue
        line, text, day = stated
        place = max(map(len, rows)) + 1
        below = [_with_last(row, place, day) for row in rows[header.line :]]
        own = replace(
            laid_out,
            sheet=replace(laid_out.sheet, rows=[*rows[: header.line], *below]),
            header=replace(header, columns={**header.columns, place: column}),
            origins={**laid_out.origins, place: 1},
        )
        details = {"said": safe_to_show(text), "title": column.title, "day": day.isoformat()}
        cell = address(line, 1)
        code, sheet = Code.DAY_ABOVE, laid_out.sheet.name
        return own, [*reported, Problem(code=code, file=file, sheet=sheet, line=line, cell=cell, details=details)]
    return laid_out, reported


def _days_not_taken(received: UntrustedFile, table: Table) -> Iterator[Problem]:
    """Days that a notice around a table states, which the table has no column for: 公示期2018年6月20日至6月26日.

    Each row may have a day of its own on record, so they are asked about, not put in its place.
    """
    header, sheet = table.header, next((each for each in received.sheets if each.name == table.name), table.sheet)
    notes = (area for area in table.areas if area.kind is PartKind.NOTE and not table.origins)
    lines = [*range(1, header.first), *(n for area in notes for n in range(area.first[0], area.last[0] + 1))]
    there = {column.field.name for column in header.columns.values()}
    for column in header.form.columns if not table.origins else ():
        field = column.field
        if field.type != "date" or field.name in there or field.constraints.get("required"):
            continue
        names = "|".join(map(re.escape, (*column.names, *_PERIODS.get(field.name, ()))))
        said = re.compile(
            rf"(?:{names})(?:[是为自从于:：\s])*({_DAY_TEXT})(?:\s*[起]?(?:[至到]|[-—–~～]+)[^，。；、\s]*)?"
        )
        for line in lines:
            found = said.search("".join(cells.plain(value) for value in sheet.rows[line - 1]))
            day = _day(found[1], False)[0] if found else None
            if found and day:
                details = {"said": safe_to_show(found[0]), "title": column.title, "day": day.isoformat()}
                yield Problem(code=Code.DAY_NOT_TAKEN, file=received.path.name, sheet=sheet.name, details=details)
                break


def _stated_above(rows: Sequence[Sequence[Value]], column: FormColumn) -> tuple[int, str, date] | None:
    """The line, the words and the day that lines above heads state under a column's name; None where not one does."""
    label = re.compile(rf"(?:{'|'.join(map(re.escape, column.names))})\s*[:：]\s*({_DAY_TEXT})")
    texts = ("".join(cells.plain(value) for value in row) for row in rows)
    found = [(line, match) for line, text in enumerate(texts, start=1) for match in label.finditer(text)]
    read = _day(found[0][1][1], False)[0] if len(found) == 1 else None
    return (found[0][0], found[0][1][0], read) if read else None


def _with_last(row: list[Value], place: int, value: Value) -> list[Value]:
    is_empty = all(map(cells.is_blank, row))
    return row if is_empty else [*row, *[None] * (place - 1 - len(row)), value]


def of_export(export: Export) -> CoverData:
    """What the phone forms say of themselves; where they differ, the value that is not ours counts."""
    return CoverData(
        county=export.counties[0] if len(export.counties) == 1 else "",
        kit_version=min(export.kit_versions, default=""),
        data_status=min(export.data_statuses, default=""),
        filled_in_on=export.received_on,
        edited=export.edited,
        answered=export.answered,
    )


def _has_numbers(row: list[Value]) -> bool:
    """Whether a line numbers the columns below as our workbook does: 1.1＊, 1.2, 1.3."""
    said = [cells.plain(value).strip() for value in row if not cells.is_blank(value)]
    return len(said) > 1 and all(map(_NUMBER.fullmatch, said)) and any(text.endswith("＊") for text in said)


def _pairs(sheet: Sheet | None) -> dict[str, str]:
    rows = sheet.rows if sheet else []
    return {cells.plain(row[0]).strip(): cells.plain(row[1]).strip() for row in rows if len(row) >= 2}


def _before(sheet: Sheet | None) -> dict[str, Before]:
    """The digests of what the kit said. A line that is not whole is left out, as one that nobody wrote."""
    found: dict[str, Before] = {}
    for row in sheet.rows if sheet else []:
        table, key, said = (cells.plain(value).strip() for value in (*row, None, None, None)[:3])
        names, digests = found.setdefault(table, (said.split(), {}))
        if key and len(said.split()) == len(names):
            digests[tuple(key.split("|"))] = dict(zip(names, said.split(), strict=True))
    return found


def _right_of(cover: Sheet, label: str) -> _Stated:
    """The value in column B beside a label in column A."""
    for line, row in enumerate(cover.rows[:_SEARCHED], start=1):
        if row and cells.plain(row[0]).strip().rstrip(":：") == label:
            return _Stated(row[1] if len(row) > 1 else None, cover.name, address(line, 2))
    return _Stated(None, "", "")


# ---- lists of the county's own


def _last_day(received: UntrustedFile) -> _Stated:
    """The day on which a list says that it was filled in: the last that has a label; else the one that stands alone."""
    found = list(filter(_is_day, _labelled(received, _DATED)))
    if not found:
        return _only_day(received)
    days_read = [(_day(each.value, received.counts_from_1904)[0] or date.max, each) for each in found]
    return max(days_read, key=lambda each: each[0], default=(date.min, _Stated(None, "", "")))[1]


def _only_day(received: UntrustedFile) -> _Stated:
    """The day that stands without a label in the lines around tables; of several none, so that it is asked for."""
    found = {_day(each.value, received.counts_from_1904)[0]: each for each in _alone(received)}
    last = next(reversed(found.values()), _Stated(None, "", ""))
    if len(found) < 2:
        return last
    return last._replace(value=_AND.join(cells.plain(each.value) for each in found.values()))


def _unused(received: UntrustedFile, used: date | None) -> str:
    """The days without a label that are not the one that was taken."""
    found = ((_day(each.value, received.counts_from_1904)[0], cells.plain(each.value)) for each in _alone(received))
    return _AND.join(dict.fromkeys(text for day, text in found if day and day != used))


def _is_day(stated: _Stated) -> bool:
    """Whether a day is meant, be it one that cannot be read; a blank to fill in, or another head, is none."""
    return not isinstance(stated.value, str) or bool(_DAY_LIKE.search(stated.value))


def _lines_around(received: UntrustedFile) -> Iterator[tuple[Sheet, int, list[Value]]]:
    """The lines at the top and the bottom of each sheet that is shown."""
    for sheet in received.sheets:
        if not sheet.is_hidden and sheet.name[:1] != "_":
            count = len(sheet.rows)
            lines = sorted({*range(1, min(_AROUND, count) + 1), *range(max(1, count - _AROUND + 1), count + 1)})
            yield from ((sheet, line, sheet.rows[line - 1]) for line in lines)


def _labelled(received: UntrustedFile, label: re.Pattern[str]) -> Iterator[_Stated]:
    """What stands behind a label in its own cell, or in the next filled one of its line."""
    for sheet, line, row in _lines_around(received):
        for place, value in enumerate(row, start=1):
            found = label.search(value) if isinstance(value, str) else None
            if not found:
                continue
            behind = _NEXT_LABEL.split(cells.plain(value)[found.end() :].strip())[0]
            others = (
                (other, each) for other, each in enumerate(row[place:], start=place + 1) if not cells.is_blank(each)
            )
            at, stated = (place, behind) if behind else next(others, (place, None))
            if not cells.is_blank(stated):
                yield _Stated(stated, sheet.name, address(line, at))


def _alone(received: UntrustedFile) -> Iterator[_Stated]:
    """A whole day in a title or at the foot, with nothing else in its line but an office or such as 填报单位：某镇."""
    for sheet, line, row in _lines_around(received):
        filled = [
            (place, cells.plain(value).strip()) for place, value in enumerate(row, start=1) if not cells.is_blank(value)
        ]
        days_said = [(place, _whole_day(text)) for place, text in filled]
        place, day = next(((place, day) for place, day in days_said if day), (0, ""))
        others = [text for at, text in filled if at != place]
        if day and all(is_label(text) or _OFFICE.fullmatch(text) for text in others):
            yield _Stated(day, sheet.name, address(line, place))


def _whole_day(text: str) -> str:
    """The one whole day with which a text ends; "" for none, and for what is a day of something else."""
    found = _WHOLE_DAY.fullmatch(text)
    if not found:
        return ""
    before = re.sub(r"[(（]$", "", (found["before"] or "").strip())
    is_other = _OTHER_DAY.search(re.sub("[0-9]{4}年(?:度|[^0-9]|$)", "", before)) and not _AS_OF.search(before)
    return "" if is_other else found["day"]


def _day(value: Value, counts_from_1904: bool) -> tuple[date | None, str]:
    if cells.is_blank(value):
        return None, ""
    try:
        return date.fromisoformat(days.read_day(value, counts_from_1904)), ""
    except cells.CellError:
        return None, cells.plain(value)
