"""Tables for people: whom to find in each village of a county, and of the province, with names and Chinese heads.

They are made of public records alone, as the pages are. What each says at its end: how far its data reach, whose they
are, under what terms anyone may use them, and, of invented ones, that they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xlsxwriter import Workbook

from site_builder.model.campaign import Campaign, DataStatus
from site_builder.publication import addresses
from site_builder.publication.public import PublicCounty, PublicRecords, PublicVillage
from site_builder.shared.spreadsheet_text import neutralised
from site_builder.shared.words import Words, fill

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads a UTF-8 file as GBK
# Each column and how wide it is, in digits: all of them fit across A4 at more than four fifths of their size.
_WIDTHS = {
    "prefecture": 9,
    "county": 9,
    "township": 11,
    "village": 9,
    "year": 6,
    "liaison": 9,
    "role": 10,
    "phone": 13,
    "centre": 12,
    "office_phone": 13,
    "supervision_phone": 13,
    "window": 12,
    "window_address": 12,
    "window_way_in": 11,
    "window_hours": 13,
    "window_phone": 13,
}
_LINE = 16  # points
_MARGIN = 0.4  # inches
_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTable:
    """One table. heads and rows: texts; notes: what stands below it; sheet: the name of its sheet."""

    title: str
    sheet: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    campaign: Campaign


def people_files(public: PublicRecords, words: Words) -> Iterator[tuple[str, bytes]]:
    """(path below build/site, bytes): the table of each county and of the whole province, as CSV and as XLSX."""
    for county in public.counties:
        yield from _files(county.code, people_table(public, words, county.name, [county]))
    yield from _files(addresses.CAMPAIGN, people_table(public, words, words["people"]["province"], public.counties))


def _files(area: str, table: PeopleTable) -> Iterator[tuple[str, bytes]]:
    yield addresses.people(area, "csv"), (_BYTE_ORDER_MARK + csv_text(table)).encode("utf-8")
    yield addresses.people(area, "xlsx"), workbook(table)


def people_table(public: PublicRecords, words: Words, area: str, counties: Iterable[PublicCounty]) -> PeopleTable:
    """Everybody who may be found in these counties, village by village. area: what the table is of."""
    texts, is_demo = words["people"], public.campaign.data_status is DataStatus.DEMO
    own = [county for county in counties if county.villages]
    return PeopleTable(
        title=fill(texts["title"], area=area),
        sheet=words["common"]["demo_mark"].strip("【】") + texts["sheet"] if is_demo else texts["sheet"],
        heads=tuple(texts[name] for name in _WIDTHS),
        rows=tuple(_row(public, words, county, village) for county in own for village in county.villages),
        notes=tuple(_notes(public, words, own, is_demo=is_demo)),
        campaign=public.campaign,
    )


def _row(public: PublicRecords, words: Words, county: PublicCounty, village: PublicVillage) -> tuple[str, ...]:
    liaison, windows = village.liaison, county.windows
    return (
        public.prefectures[county.prefecture_code],
        county.name,
        village.township,
        village.name,
        str(village.campaign_year),
        liaison.name if liaison else words["county"]["vacant"],
        liaison.role if liaison else "",
        liaison.phone if liaison else "",
        county.legal_aid_centre,
        county.office_phone,
        county.supervision_phone,
        *(_joined(getattr(window, name) for window in windows) for name in ("name", "address")),
        _joined(words["windows"][f"way_in_{window.way_in}"] for window in windows if window.way_in),
        *(_joined(getattr(window, name) for window in windows) for name in ("hours", "phone")),
    )


def _joined(texts: Iterable[str]) -> str:
    return "；".join(text for text in texts if text)


def _notes(public: PublicRecords, words: Words, counties: Sequence[PublicCounty], *, is_demo: bool) -> Iterator[str]:
    campaign, texts, common = public.campaign, words["people"], words["common"]
    if is_demo:
        yield common["demo_banner"]
    yield fill(texts["as_of"], date=_day(campaign.data_as_of, words))
    for county in counties:
        if county.held_back:
            yield fill(texts["held_back"], county=county.name, date=_day(county.held_back, words))
    yield fill(texts["source"], source=campaign.site.footer.organiser or campaign.title, address=campaign.site.address)
    if campaign.site.licence:
        yield fill(texts["licence"], title=campaign.site.licence.title, path=campaign.site.licence.path)


def _day(day: date, words: Words) -> str:
    return fill(words["common"]["date"], year=day.year, month=day.month, day=day.day)


def csv_text(table: PeopleTable) -> str:
    """The table as CSV, its notes below an empty line; no text becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.heads)
    writer.writerows([neutralised(cell) for cell in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([neutralised(note)] for note in table.notes)
    return out.getvalue()


def workbook(table: PeopleTable) -> bytes:
    """The table as XLSX, to be sorted and printed; each cell is a text. The same table gives the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, _SETTINGS)
    day = datetime.combine(table.campaign.data_as_of, time())
    book.set_properties({"title": table.title, "comments": "　".join(table.notes), "created": day})
    plain = {"font_name": "宋体", "font_size": 11, "valign": "top", "num_format": "@"}
    head = book.add_format(plain | {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEEEEE"})
    cell = book.add_format(plain | {"text_wrap": True, "quote_prefix": True})
    note = book.add_format(plain | {"font_color": "#555555"})
    sheet = book.add_worksheet(table.sheet)
    for place, (width, title) in enumerate(zip(_WIDTHS.values(), table.heads, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    sheet.set_row(0, _height(table.heads))
    for line, row in enumerate(table.rows, start=1):
        sheet.set_row(line, _height(row))
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, cell)
    for line, text in enumerate(table.notes, start=len(table.rows) + 2):
        sheet.write_string(line, 0, text, note)
    sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    sheet.freeze_panes(1, 4)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&C" + table.title.replace("&", "&&"))
    sheet.set_footer("&C&P / &N")
    book.close()
    return out.getvalue()


def _height(row: Sequence[str]) -> int:
    """In points, of a row with all its lines: not every program finds it. A Chinese character is two digits wide."""
    wide = (sum(1 if letter.isascii() else 2 for letter in text) for text in row)
    return _LINE * max(max(1, -(-digits // (width - 1))) for digits, width in zip(wide, _WIDTHS.values(), strict=True))
