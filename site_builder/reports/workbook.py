"""A report as a workbook: a sheet for each section, with charts of the program's own. Nothing becomes a formula."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Drawing
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from site_builder.publication.gate import HIDDEN
from site_builder.reports.model import (
    NUMERIC,
    CellValue,
    Chart,
    ColumnKind,
    Report,
    ReportSection,
    ReportTable,
    chart_text,
)
from site_builder.shared.words import Words

_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {
    ColumnKind.NUMBER: "#,##0",
    ColumnKind.CHANGE: "+#,##0;-#,##0;0",
    ColumnKind.SHARE: '0"%"',
    ColumnKind.DAY: "yyyy-mm-dd",
}
_UNFIT_NAME = re.compile(r"[\[\]:*?/\\']")
_FIRST_WIDTH, _WIDTH, _TEXT_WIDTH = 34, 15, 30
_CHART_ROWS, _LINE_HEIGHT = 18, 17
_COLOURS = ("#1F4E9E", "#9AA7BA")
_A4 = 9
_UPRIGHT = 94  # digits across an upright A4 sheet at full size; half as many more if it lies on its side


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
        edged = plain | {"border": 1, "border_color": "#999999"}
        self.text = book.add_format(edged | {"text_wrap": True, "num_format": "@"})
        self.says = book.add_format(edged | {"align": "right", "num_format": "@"})
        self.head = book.add_format(
            edged | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#DCE6F2", "font_name": "黑体"}
        )
        self.title = book.add_format(plain | {"bold": True, "font_size": 16, "font_name": "黑体"})
        self.part = book.add_format(plain | {"bold": True, "font_size": 12})
        self.sentence = book.add_format(plain | {"text_wrap": True})
        self.note = book.add_format(plain | {"font_color": "#555555"})
        self.by_kind = {kind: book.add_format(edged | {"num_format": form}) for kind, form in _FORMATS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """What one sheet is written with."""

    book: Workbook
    sheet: Worksheet
    styles: _Styles
    report: Report
    words: Words


def workbook(report: Report, words: Words) -> bytes:
    """The report as XLSX; the same report gives the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, _SETTINGS)
    about = {"title": f"{report.title} {report.label}", "author": report.issuer, "comments": "　".join(report.marks)}
    book.set_properties(about | {"created": datetime.combine(report.period.last, time())})
    styles = _Styles(book)
    for number, section in enumerate(report.sections, start=1):
        sheet = book.add_worksheet(f"{number} {_UNFIT_NAME.sub('', section.title)}"[:31])
        _write_section(_Pen(book=book, sheet=sheet, styles=styles, report=report, words=words), section)
    book.close()
    return out.getvalue()


def _write_section(pen: _Pen, section: ReportSection) -> None:
    sheet, styles = pen.sheet, pen.styles
    _set_up(pen, section)
    sheet.write_string(0, 0, section.title, styles.title)
    sheet.write_string(1, 0, "　".join([pen.report.label, *pen.report.marks]), styles.note)
    row = _write_sentences(pen, section, 2)
    for table in section.tables:
        row += 1
        if table.title != section.title:
            sheet.write_string(row, 0, table.title, styles.part)
            row += 1
        if len(section.tables) == 1:
            sheet.repeat_rows(row)  # its head stands on every page that it runs over
        row = _write_table(pen, table, row)
    for chart in section.charts:
        row = _write_chart(pen, chart, row + 1)


def _write_sentences(pen: _Pen, section: ReportSection, row: int) -> int:
    """Write each sentence over the width of the tables; the first row below comes back."""
    last = max((len(table.columns) for table in section.tables), default=6) - 1
    for sentence in section.sentences:
        pen.sheet.merge_range(row, 0, row, last, "", pen.styles.sentence)
        pen.sheet.write_string(row, 0, sentence, pen.styles.sentence)
        _make_room(pen, row, [(sentence, _FIRST_WIDTH + last * _WIDTH)])
        row += 1
    return row


def _make_room(pen: _Pen, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as its texts need in columns of these widths; not every program does so by itself."""
    lines = max(math.ceil(2 * len(text) / width) for text, width in texts)  # a Chinese character is two digits wide
    if lines > 1:
        pen.sheet.set_row(row, _LINE_HEIGHT * lines)


def _set_up(pen: _Pen, section: ReportSection) -> None:
    """Paper, on its side where the letters would else become small, and what stands on each page.

    & begins an order in a header.
    """
    pen.sheet.set_paper(_A4)
    if max((sum(_widths(table)) for table in section.tables), default=0) > _UPRIGHT:
        pen.sheet.set_landscape()
    pen.sheet.fit_to_pages(1, 0)
    mark = "　".join(pen.report.marks).replace("&", "&&")
    pen.sheet.set_header(f"&C{mark}")
    pen.sheet.set_footer("&C&P / &N")
    pen.sheet.set_column(0, 0, _FIRST_WIDTH)


def _widths(table: ReportTable) -> list[int]:
    """The widths of a table's columns, in digits."""
    others = [_WIDTH if column.kind is not ColumnKind.TEXT else _TEXT_WIDTH for column in table.columns[1:]]
    return [_FIRST_WIDTH, *others]


def _write_table(pen: _Pen, table: ReportTable, row: int) -> int:
    """Write a table and its note; the first row below comes back."""
    widths = _widths(table)
    for place, column in enumerate(table.columns):
        pen.sheet.write_string(row, place, column.title, pen.styles.head)
        if place:
            pen.sheet.set_column(place, place, widths[place])
    _make_room(pen, row, zip((column.title for column in table.columns), widths, strict=True))
    for line, cells in enumerate(table.rows, start=row + 1):
        texts = [(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)]
        _make_room(pen, line, [("", 1), *texts])
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write(pen, (line, place), cell, column.kind)
    row += len(table.rows) + 1
    if table.note:
        pen.sheet.write_string(row, 0, table.note, pen.styles.note)
    return row + 1


def _write(pen: _Pen, at: tuple[int, int], cell: CellValue, kind: ColumnKind) -> None:
    look: Format = pen.styles.by_kind.get(kind, pen.styles.text)
    if cell is HIDDEN:
        pen.sheet.write_string(*at, pen.words["common"]["hidden"], pen.styles.says)
    elif cell is None or cell == "":
        pen.sheet.write_string(*at, pen.words["common"]["blank"], pen.styles.says)
    elif isinstance(cell, date):
        pen.sheet.write_datetime(*at, cell, look)
    elif isinstance(cell, int) and kind in NUMERIC:
        pen.sheet.write_number(*at, cell, look)
    else:
        pen.sheet.write_string(*at, str(cell), pen.styles.text)


def _write_chart(pen: _Pen, chart: Chart, row: int) -> int:
    """Write a chart with its numbers above it; the first row below comes back."""
    sheet, last = pen.sheet, row + len(chart.categories)
    sheet.write_string(row, 0, chart.title, pen.styles.head)
    for line, category in enumerate(chart.categories, start=row + 1):
        sheet.write_string(line, 0, category, pen.styles.text)
    drawn = pen.book.add_chart({"type": "bar"})
    for place, (title, numbers) in enumerate(chart.series, start=1):
        sheet.write_string(row, place, title, pen.styles.head)
        sheet.write_column(row + 1, place, numbers, pen.styles.by_kind[ColumnKind.NUMBER])
        drawn.add_series(
            {
                "name": [sheet.name, row, place],
                "categories": [sheet.name, row + 1, 0, last, 0],
                "values": [sheet.name, row + 1, place, last, place],
                "data_labels": {"value": True},
                "fill": {"color": _COLOURS[(place - 1) % len(_COLOURS)]},
            }
        )
    _set_axes(drawn, [sheet.name, row, 0])
    sheet.insert_chart(last + 1, 0, drawn, {"description": chart_text(chart)})
    return last + 2 + _CHART_ROWS


def _set_axes(drawn: Drawing, title: list[str | int]) -> None:
    """The first category on top, the numbers at the bars instead of an axis."""
    drawn.set_title({"name": title, "name_font": {"size": 12}})
    drawn.set_y_axis({"reverse": True})
    drawn.set_x_axis({"major_gridlines": {"visible": False}, "visible": False})
    drawn.set_size({"width": 640, "height": 20 * _CHART_ROWS})
    drawn.set_legend({"position": "bottom"})
