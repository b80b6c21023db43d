"""Sound .ods workbooks in the shapes of their writers: each is read, whoever wrote it."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sent_files import problem_of, received, refused, sent

from site_builder.untrusted_files import Note, Sheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    "office": "office",
    "table": "table",
    "text": "text",
    "style": "style",
    "draw": "drawing",
}
_CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
SHEET = '<table:table table:name="名单">{}</table:table>'


def spaces(before: str = "") -> str:
    """The namespaces; before: what their short names begin with."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{of}:1.0" for name, of in _SPACES.items()}
    return " ".join([*(f'xmlns:{before}{name}="{uri}"' for name, uri in names.items()), _CALCEXT])


def content(sheets: str, styles: str = "") -> str:
    """The part with the cells."""
    return (
        f"<office:document-content {spaces()}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts in the order that is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def ods(rows: str, styles: str = "", **others: str) -> bytes:
    """A workbook of one sheet."""
    return packed({"mimetype": MIMETYPE, "content.xml": content(SHEET.format(rows), styles), **others})


def cell(attributes: str = "", inner: str = "") -> str:
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def text(shown: str, attributes: str = "") -> str:
    return cell(f'office:value-type="string" {attributes}', f"<text:p>{shown}</text:p>")


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet_of(folder: Path, book: bytes) -> Sheet:
    return received(folder, "报表.ods", book).sheets[0]


VILLAGE, COUNT = text("荣华村"), cell('office:value-type="float" office:value="12"', "<text:p>12</text:p>")
PLAIN = content(SHEET.format(row(VILLAGE, COUNT)))
WRITERS = {
    "LibreOffice": packed({"mimetype": MIMETYPE, "content.xml": PLAIN, "META-INF/manifest.xml": "<m/>"}),
    "SheetJS": packed(
        {
            "META-INF/manifest.xml": "<m/>",
            "mimetype": MIMETYPE,
            "content.xml": content(
                "\n      "
                + SHEET.format(
                    f"\n        {row(f'{chr(10)}          ', VILLAGE, chr(10) + ' ', COUNT, chr(10))}\n      "
                )
                + "\n    "
            ),
        }
    ),
    "Gnumeric": packed(
        {
            "mimetype": MIMETYPE,
            "content.xml": content(
                SHEET.format(
                    row(
                        '\n  <table:table-cell office:value-type="string">\n    <text:p>荣华村</text:p>\n  '
                        "</table:table-cell>\n  ",
                        COUNT,
                        "\n",
                    )
                )
            ),
        }
    ),
    "without a mimetype": packed({"content.xml": PLAIN, "META-INF/manifest.xml": "<m/>"}),
    "odfpy": packed({"mimetype": MIMETYPE, "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{PLAIN}'}),
    "other prefixes": packed(
        {
            "mimetype": MIMETYPE,
            "content.xml": re.sub("(</?| )(office|table|text):", r"\1x-\2:", PLAIN).replace(spaces(), spaces("x-")),
        }
    ),
    "a comment between cells": packed(
        {"mimetype": MIMETYPE, "content.xml": content(SHEET.format(row(VILLAGE, "<!-- 12 -->", COUNT)))}
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_sound_workbook_is_read_whoever_wrote_it(writer: str, tmp_path: Path) -> None:
    """Order of parts, line breaks between cells, comments and short names for namespaces are the writer's own."""
    sheet = sheet_of(tmp_path, WRITERS[writer])
    assert (sheet.name, sheet.rows) == ("名单", [["荣华村", 12]])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('office:value-type="date" office:date-value="2018-03-05"', date(2018, 3, 5)),
        ('office:value-type="date" office:date-value="2018-03-05T08:30:00"', datetime(2018, 3, 5, 8, 30)),
        ('office:value-type="date" office:date-value="2018-03-04T16:00:00.000Z"', "2018-03-04T16:00:00.000Z"),
        ('office:value-type="date" office:date-value="2018-03-04T23:59:17"', datetime(2018, 3, 4, 23, 59, 17)),
        ('office:value-type="date" office:date-value="2018-03-05T00:00:43.000"', datetime(2018, 3, 5, 0, 0, 43)),
        ('office:value-type="date" office:date-value="2018-02-30"', "2018-02-30"),
        ('office:value-type="time" office:time-value="PT08H30M00S"', time(8, 30)),
        ('office:value-type="time" office:time-value="PT30H0M0S"', "30:00:00"),
        ('office:value-type="boolean" office:boolean-value="true"', True),
        ('office:value-type="percentage" office:value="0.5"', 0.5),
        ('office:value-type="currency" office:value="3" office:currency="CNY"', 3),
        ('office:value-type="float" office:value="220881007201"', 220881007201),
        ('office:value-type="float" office:value=""', "所见"),
        ('office:value-type="string" office:string-value="所存"', "所存"),
        ("", "所见"),
    ],
)
def test_a_value_comes_as_what_it_is(written: str, read: object, tmp_path: Path) -> None:
    """What is stored counts; a moment keeps its zone, and what cannot be understood comes as it is written."""
    assert sheet_of(tmp_path, ods(row(cell(written, "<text:p>所见</text:p>")))).rows == [[read]]


def test_an_error_in_a_formula_is_told_as_shown(tmp_path: Path) -> None:
    """LibreOffice stores an empty text, Excel the number 0."""
    own = cell(
        'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"',
        "<text:p>#N/A</text:p>",
    )
    other = cell('table:formula="of:=A9" office:value-type="float" office:value="0"', "<text:p>#REF!</text:p>")
    assert sheet_of(tmp_path, ods(row(own, other))).rows == [["#N/A", "#REF!"]]


def test_a_text_keeps_its_blanks_and_lines(tmp_path: Path) -> None:
    """Blanks, tabs and line breaks are elements of their own."""
    shown = '甲<text:s text:c="2"/>乙<text:tab/>丙<text:line-break/>丁</text:p><text:p>戊'
    assert sheet_of(tmp_path, ods(row(text(shown)))).rows == [["甲  乙\t丙\n丁\n戊"]]


def test_a_drawing_in_a_cell_is_no_part_of_its_text(tmp_path: Path) -> None:
    """Comments and text boxes are notes."""
    box = "<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>"
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    whole = cell('office:value-type="string"', f"{comment}<text:p>甲</text:p>{box}")
    file = received(tmp_path, "报表.ods", ods(row(whole)))
    assert file.sheets[0].rows == [["甲"]]
    assert file.notes == (Note(sheet="名单", cell="A1", text="批注"), Note(sheet="名单", cell="", text="框里"))


def test_a_text_before_the_first_cell_is_of_no_cell(tmp_path: Path) -> None:
    """The message of a validation is a paragraph, too."""
    message = "<table:help-message><text:p>填整数</text:p></table:help-message>"
    assert sheet_of(tmp_path, ods(message + row(cell(), COUNT))).rows == [[None, 12]]


def far(held: str) -> bytes:
    """One cell at XFD1, and one in the last row that there is."""
    gap = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    return ods(row(VILLAGE, cell('table:number-columns-repeated="16382"'), held) + gap + row(held))


@pytest.mark.parametrize("blank", [cell('table:style-name="ce1"'), text(""), text(" "), text('<text:s text:c="3"/>')])
def test_a_blank_far_off_is_no_loss(blank: str, tmp_path: Path) -> None:
    """Neither is the file refused nor are a million rows made of it."""
    assert sheet_of(tmp_path, far(blank)).rows == [["荣华村"]]


def test_what_stands_far_off_is_named(tmp_path: Path) -> None:
    """It would be lost without a word."""
    problem = problem_of(sent(tmp_path, "报表.ods", far(VILLAGE)))
    assert (problem.code, problem.sheet, problem.cell) == ("sheet-far-cell", "名单", "XFD1")


def style(name: str, line: str, family: str = "table-cell", parent: str = "") -> str:
    of = f' style:parent-style-name="{parent}"' if parent else ""
    properties = f"<style:text-properties {line}/>" if line else ""
    return f'<style:style style:name="{name}" style:family="{family}"{of}>{properties}</style:style>'


SOLID, TYPED, NONE = (
    'style:text-line-through-style="solid"',
    'style:text-line-through-type="single"',
    'style:text-line-through-style="none" style:text-line-through-type="single"',
)
COLUMN = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'


@pytest.mark.parametrize(
    ("styles", "rows", "struck"),
    [
        (style("ce1", SOLID), row(VILLAGE, text("乙", 'table:style-name="ce1"')), {(1, 2)}),
        (style("ce1", TYPED), row(VILLAGE, text("乙", 'table:style-name="ce1"')), {(1, 2)}),
        (style("ce1", NONE), row(VILLAGE, text("乙", 'table:style-name="ce1"')), set()),
        (style("a", SOLID) + style("ce1", "", parent="a"), row(text("甲", 'table:style-name="ce1"')), {(1, 1)}),
        (style("a", SOLID) + style("ce1", NONE, parent="a"), row(text("甲", 'table:style-name="ce1"')), set()),
        (style("T1", SOLID, "text"), row(text('甲<text:span text:style-name="T1">乙</text:span>')), {(1, 1)}),
        (style("T1", SOLID, "text"), row(text("甲", 'table:style-name="T1"')), set()),
        (style("ce1", SOLID), COLUMN + row(VILLAGE, VILLAGE), {(1, 2)}),
        (style("ce1", SOLID), row(VILLAGE, attributes='table:default-cell-style-name="ce1"'), {(1, 1)}),
    ],
)
def test_strikes_are_told(styles: str, rows: str, struck: set[tuple[int, int]], tmp_path: Path) -> None:
    """Of a cell by its own style, by what that is made from, by its row's or column's; of a part of its text."""
    assert sheet_of(tmp_path, ods(rows, styles)).struck == struck


def test_a_strike_of_the_common_styles_is_told(tmp_path: Path) -> None:
    """Styles with a name of their own stand in another part."""
    common = f"<office:document-styles {spaces()}>{style('划掉', SOLID)}</office:document-styles>"
    book = ods(row(text("甲", 'table:style-name="划掉"')), **{"styles.xml": common})
    assert sheet_of(tmp_path, book).struck == {(1, 1)}


def test_hidden_and_filtered_rows_and_columns_are_told(tmp_path: Path) -> None:
    """A row may be hidden or filtered out, a column hidden, a sheet hidden by its style."""
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = [row(VILLAGE, attributes=f'table:visibility="{kind}"') for kind in ("visible", "collapse", "filter")]
    properties = '<style:table-properties table:display="false"/>'
    hides = style("ta1", "", "table").replace("</style:style>", f"{properties}</style:style>")
    hidden = SHEET.format(columns + "".join(rows)).replace(">", ' table:style-name="ta1">', 1)
    sheet = sheet_of(tmp_path, packed({"mimetype": MIMETYPE, "content.xml": content(hidden, hides)}))
    assert sheet.is_hidden
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({2, 3}, {2})


def test_a_table_in_a_cell_is_refused(tmp_path: Path) -> None:
    """It would shift all addresses."""
    assert refused(tmp_path, "报表.ods", ods(row(cell("", SHEET.format(row(VILLAGE)))))) == "file-unreadable"


def test_rows_that_stand_for_too_many_are_refused(tmp_path: Path) -> None:
    """One row of many cells, two hundred thousand times, all within bounds."""
    wide = text("甲", 'table:number-columns-repeated="250"')
    assert refused(tmp_path, "报表.ods", ods(row(wide, attributes='table:number-rows-repeated="190000"'))) == (
        "file-too-heavy"
    )
