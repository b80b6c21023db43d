"""One return by several writers, in several time zones: the same days are read and the same damage is named."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from collect_examples import context_of, rows_of, take, with_posters, write_workbook

HEADS = ["接收单位代码", "材料编号", "数量", "发放日期", "悬挂日期"]
MEANT = (date(2018, 4, 6), date(2018, 4, 13))
SHEET = "材料发放与悬挂"
AWAY = {
    "no clock": timedelta(),
    "Shanghai, 16:00 of the day before": timedelta(hours=-8),
    "Tokyo, 15:00 of the day before": timedelta(hours=-9),
    "SheetJS, 23:59:17": timedelta(seconds=-43),
    "SheetJS, 00:00:43": timedelta(seconds=43),
}

Rows = list[list[object]]


def by_openpyxl(path: Path, rows: Rows) -> Path:
    """Texts within the workbook's list."""
    return write_workbook(path.with_suffix(".xlsx"), {SHEET: rows})


def by_xlsxwriter(path: Path, rows: Rows) -> Path:
    """Days by a style of the column."""
    book = xlsxwriter.Workbook(path.with_suffix(".xlsx"), {"default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet(SHEET)
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return path.with_suffix(".xlsx")


def ods(path: Path, rows: Rows, zone: str) -> Path:
    """In the shape of SheetJS and Gnumeric: each cell on a line of its own, the mimetype not the first part."""
    lines = "\n".join(
        f"<table:table-row>\n{''.join(_cell(cell, zone) for cell in row)}</table:table-row>" for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}>\n <office:body>\n <office:spreadsheet>\n"
        f'<table:table table:name="{SHEET}">\n{lines}\n</table:table>\n'
        "</office:spreadsheet>\n</office:body>\n</office:document-content>"
    )
    with ZipFile(path.with_suffix(".ods"), "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<m/>")
        archive.writestr("content.xml", content)
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return path.with_suffix(".ods")


def _cell(value: object, zone: str) -> str:
    if isinstance(value, datetime):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}{zone}"/>\n'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>\n'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>\n'


def by_gnumeric(path: Path, rows: Rows) -> Path:
    """Moments without a zone."""
    return ods(path, rows, "")


def by_sheetjs(path: Path, rows: Rows) -> Path:
    """Moments that say that they are of UTC."""
    return ods(path, rows, ".000Z")


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def by_exceljs(path: Path, rows: Rows) -> Path:
    """In the shape of exceljs 4.4: texts in a list, days as numbers with all their digits in the style of number 14."""
    texts = list(dict.fromkeys(value for row in rows for value in row if isinstance(value, str)))
    lines = "".join(
        f'<row r="{line}" spans="1:{len(row)}" x14ac:dyDescent="0.25">'
        + "".join(_exceljs_cell(f"{chr(64 + place)}{line}", value, texts) for place, value in enumerate(row, start=1))
        + "</row>"
        for line, row in enumerate(rows, start=1)
    )
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"'
    ours = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    parts = {
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": _content_types(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" {compatible} {ours}>'
        f'<dimension ref="A1:E{len(rows)}"/><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="55"/>'
        f'<sheetData>{lines}</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" '
        'footer="0.3"/></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">'
        + "".join(f"<si><t>{text}</t></si>" for text in texts)
        + "</sst>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" '
        'borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"), ("worksheet", "worksheets/sheet1.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr defaultThemeVersion="164011" '
        f'filterPrivacy="1"/><sheets><sheet sheetId="1" name="{SHEET}" state="visible" r:id="rId3"/></sheets>'
        '<calcPr calcId="171027"/></workbook>',
    }
    with ZipFile(path.with_suffix(".xlsx"), "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, XML + content)
    return path.with_suffix(".xlsx")


def _exceljs_cell(at: str, value: object, texts: list[str]) -> str:
    if isinstance(value, datetime):
        return f'<c r="{at}" s="1"><v>{25569 + (value - datetime(1970, 1, 1)) / timedelta(days=1)!r}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="s"><v>{texts.index(value)}</v></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def _relations(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _content_types() -> str:
    kinds = {
        "workbook": f"{TYPES}.sheet.main+xml",
        "worksheets/sheet1": f"{TYPES}.worksheet+xml",
        "styles": f"{TYPES}.styles+xml",
        "sharedStrings": f"{TYPES}.sharedStrings+xml",
    }
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{kind}"/>' for part, kind in kinds.items())
        + '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/></Types>'
    )


WRITERS = [by_openpyxl, by_xlsxwriter, by_exceljs, by_gnumeric, by_sheetjs]


def sheet_of(days: tuple[datetime, ...], count: object = 40) -> Rows:
    return [[*HEADS], ["220881100201", "M-02", count, *days]]


@pytest.mark.parametrize("away", AWAY.values(), ids=AWAY)
@pytest.mark.parametrize("writer", WRITERS)
def test_the_days_that_were_meant_are_read(
    writer: Callable[[Path, Rows], Path], away: timedelta, root: Path, tmp_path: Path
) -> None:
    """Whoever wrote the file, wherever the clock stood."""
    days = tuple(datetime.combine(day, datetime.min.time()) + away for day in MEANT)
    (taken,) = take(root, writer(tmp_path / "报表", sheet_of(days)), context=context_of(with_posters(root)))
    assert not [problem for problem in taken.problems if problem.is_error]
    key = ("220881100201", "M-02")
    (row,) = [row for row in rows_of(taken, "deliveries") if (row["recipient_code"], row["material_id"]) == key]
    assert [row["delivered_on"], row["hung_on"]] == [day.isoformat() for day in MEANT]


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_damage_is_named_at_the_same_cell(
    writer: Callable[[Path, Rows], Path], root: Path, tmp_path: Path
) -> None:
    """A word for a number, and one day of two with a clock of its own."""
    days = (datetime(2018, 4, 6, 9, 30), datetime(2018, 4, 13))
    (taken,) = take(root, writer(tmp_path / "报表", sheet_of(days, "约40")), context=context_of(root))
    faults = {(str(problem.code), problem.cell) for problem in taken.problems if problem.is_error}
    assert {("cell-not-number", "C2"), ("cell-clock", "D2")} <= faults
