"""A report as DOCX, laid out as an official document is: for Word and WPS, to be edited and sent on.

What its paper is stands in `paper.py`. Every text is put in as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from unicodedata import east_asian_width

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Length, Mm
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from site_builder.model.narratives import Block, BlockKind
from site_builder.publication.gate import HIDDEN
from site_builder.reports import paper
from site_builder.reports.chart import picture
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
from site_builder.reports.paper import ACROSS, HEAD_STYLE, LIST_STYLE, NUMBER_STYLE, TEXT_STYLE, UPRIGHT, numeral
from site_builder.shared.words import Words, fill

_MOST_ROWS = 20  # of a table that stands in the text; a longer one is attached
_SQUEEZED = 1.15  # how much wider an attached table may want to be than an upright page
_DAY_INDENT, _NAME_INDENT = 4, 2  # how many characters the day and the issuer stand from the right, at least
_NARROWEST, _WIDEST, _MARGIN = 6, 30, 3  # letters of a column that count when the width is shared out
# Millimetres: a Latin letter of a table's text, a cell's two edges, the space that programs put around a day's digits.
_LETTER, _EDGES, _DAY_SPACE = 1.9, 4.0, 4.5
_WORD = re.compile(r"[!-~]+")
_SOME_DAY = (2018, 1, 1, 0, 0, 0)


def document(report: Report, words: Words) -> bytes:
    """The report as DOCX; the same report gives the same bytes. Raises CampaignError where there is no font to draw."""
    docx = Document()
    paper.set_styles(docx)
    paper.set_up(docx, report)
    _add(docx, report.title, "Title")
    _add(docx, report.label, "Subtitle")
    lines = [report.issuer, fill(words["reports"]["as_of"], day=report.as_of)]
    _add(docx, "　".join(filter(None, lines)), "Caption")
    attached = [table for section in report.sections for table in section.tables if _is_attached(table, words)]
    for number, section in enumerate(report.sections, start=1):
        _write_section(docx, section, numeral(number), attached, words)
    _write_end(docx, report, attached)
    for number, table in enumerate(attached, start=1):
        _attach(docx, table, _of(number, attached), words)
    return _saved(docx)


def _is_attached(table: ReportTable, words: Words) -> bool:
    """Whether a table is too long or too wide for the text."""
    return len(table.rows) > _MOST_ROWS or _needed(table, words) > UPRIGHT


def _of(number: int, attached: Sequence[ReportTable]) -> str:
    """What an attachment is called; the only one has no number."""
    return f"附件{number}" if len(attached) > 1 else "附件"


def _write_section(
    docx: Docx, section: ReportSection, number: str, attached: Sequence[ReportTable], words: Words
) -> None:
    """A part under its head. Heads count as 一、（一）1.; a table that is attached is named in its place."""
    _add(docx, f"{number}、{section.title}", "Heading 1")
    for sentence in section.sentences:
        _write_text(docx, sentence)
    _write_blocks(docx, section.blocks)
    for chart in section.charts:
        _write_chart(docx, chart)
    titled = [table for table in section.tables if table.title != section.title]
    for table in section.tables:
        if table in titled:
            _add(docx, f"（{numeral(titled.index(table) + 1)}）{table.title}", "Heading 2")
        if table in attached:
            _write_text(docx, f"见{_of(attached.index(table) + 1, attached)}。")
            continue
        _write_table(docx, table, UPRIGHT, words)
        if table.note:
            _add(docx, table.note, TEXT_STYLE)


def _paragraph(docx: Docx, text: str) -> Paragraph:
    """A paragraph at the end. The library would look through all before it for where that is."""
    body = docx.element.body
    body[-1].addprevious(OxmlElement("w:p"))  # the last is always what the pages are like
    made = Paragraph(body[-2], docx._body)
    if text:
        made.add_run(text)
    return made


def _write_text(docx: Docx, text: str) -> None:
    _paragraph(docx, text).paragraph_format.first_line_indent = 2 * paper.BODY_SIZE


def _write_blocks(docx: Docx, blocks: Sequence[Block]) -> None:
    """What people have written: heads count on in the part, items from each head."""
    heads = items = 0
    for block in blocks:
        if block.kind is BlockKind.HEAD:
            heads, items = heads + 1, 0
            _add(docx, f"（{numeral(heads)}）{block.text}", "Heading 2")
        elif block.kind is BlockKind.ITEM:
            items += 1
            _write_text(docx, f"{items}.{block.text}")
        else:
            items = 0
            _write_text(docx, block.text)


def _write_end(docx: Docx, report: Report, attached: Sequence[ReportTable]) -> None:
    """What is attached; then who issues it and the day, the shorter of the two in the middle of the longer."""
    spaces = [_add(docx, "", "Normal")] if attached else []
    for number, table in enumerate(attached, start=1):
        mark = "附件：" if number == 1 else ""
        line = _add(docx, f"{mark}{number}.{table.title}" if len(attached) > 1 else f"附件：{table.title}", LIST_STYLE)
        line.paragraph_format.left_indent = (2 if mark else 5) * paper.BODY_SIZE
        spaces.append(line)
    spaces += [_add(docx, "", "Normal") for _ in range(2)]
    lengths = [_letters(text) / 2 for text in (report.issuer, report.dated)]
    right = max(_DAY_INDENT, _NAME_INDENT + (lengths[0] - lengths[1]) / 2)
    for text, indent in ((report.issuer, right + (lengths[1] - lengths[0]) / 2), (report.dated, right)):
        line = _add(docx, text, paper.SIGNED_STYLE)
        line.paragraph_format.right_indent = int(indent * paper.BODY_SIZE)
        spaces.append(line)
    for line in spaces[:-1]:
        line.paragraph_format.keep_with_next = True


def _attach(docx: Docx, table: ReportTable, mark: str, words: Words) -> None:
    """A table on pages of its own, across where it is wide."""
    is_across = _wanted(table, words) > UPRIGHT * _SQUEEZED
    paper.new_section(docx, is_across=is_across)
    _add(docx, mark, paper.MARK_STYLE)
    _add(docx, table.title, "Title")
    _write_table(docx, table, ACROSS if is_across else UPRIGHT, words)
    if table.note:
        _add(docx, table.note, TEXT_STYLE)


def _add(docx: Docx, text: str, style: str) -> Paragraph:
    made = _paragraph(docx, text)
    made._p.style = _identifier(style)
    return made


def _identifier(style: str) -> str:
    """A style's identifier: asked by the name, the library would search all its styles for each paragraph and cell."""
    return style.replace(" ", "")


def _write_chart(docx: Docx, chart: Chart) -> None:
    _add(docx, chart.title, "Caption").paragraph_format.keep_with_next = True
    place = docx.add_paragraph()
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    place.add_run().add_picture(io.BytesIO(picture(chart)), width=Mm(150))
    place._p.find(f".//{qn('wp:docPr')}").set("descr", chart_text(chart))


def _write_table(docx: Docx, table: ReportTable, room: float, words: Words) -> None:
    """A table over the whole width of the text, room in millimetres."""
    made = docx.add_table(rows=2, cols=len(table.columns))
    made._tbl.tblStyle_val = _identifier("Table Grid")
    kinds = [column.kind for column in table.columns]
    titles = [column.title for column in table.columns]
    texts = _texts(table, words)
    looks = [_identifier(NUMBER_STYLE if kind in NUMERIC else TEXT_STYLE) for kind in kinds]
    widths = _widths([titles, *texts], kinds, room)
    first, plain = (row._tr for row in made.rows)
    _lay_out(first, [_identifier(HEAD_STYLE)] * len(kinds), widths)
    _lay_out(plain, looks, widths)
    made._tbl.remove(plain)
    _fill_in(first, titles)
    for values in texts:  # the library takes many times as long to make a row as to copy one
        row = deepcopy(plain)
        made._tbl.append(row)
        _fill_in(row, values)
    for grid, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = width
    _repeat_head(made)


def _texts(table: ReportTable, words: Words) -> list[list[str]]:
    kinds = [column.kind for column in table.columns]
    return [[shown(cell, kind, words) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]


def _needed(table: ReportTable, words: Words) -> float:
    """How many millimetres a table must have."""
    columns = zip(table.columns, *_texts(table, words), strict=True)
    return sum(_need(column.title, cells, column.kind) for column, *cells in columns)


def _wanted(table: ReportTable, words: Words) -> float:
    """How many millimetres a table would take whose texts are not squeezed."""
    return sum(
        max(_need(column.title, cells, column.kind), _length(cells) if column.kind is ColumnKind.TEXT else 0)
        for column, *cells in zip(table.columns, *_texts(table, words), strict=True)
    )


def _length(cells: Sequence[str]) -> float:
    """How many millimetres the longest of some texts takes, as far as it counts."""
    return min(max(map(_letters, cells), default=0), _WIDEST) * _LETTER + _EDGES


def _lay_out(row: CT_Row, looks: Sequence[str], widths: Sequence[Length]) -> None:
    """Give the cells of an empty row their styles and widths. No row is torn in two by the end of a page."""
    for cell, look, width in zip(row.tc_lst, looks, widths, strict=True):
        cell.width = width
        cell.p_lst[0].style = look
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill_in(row: CT_Row, texts: Sequence[str]) -> None:
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = text


def _widths(texts: Sequence[Sequence[str]], kinds: Sequence[ColumnKind], width: float) -> list[Length]:
    """The widths of columns, by the longest text in each, that fill a width in millimetres.

    Heads and texts may wrap, but for years and other Latin words; numbers and days may not. Where they lack room the
    others give it.
    """
    columns = list(zip(*texts, strict=True))
    longest = [max([len(title), *map(_letters, cells)]) for title, *cells in columns]
    shares = [min(max(letters, _NARROWEST), _WIDEST) + _MARGIN for letters in longest]
    needs = [_need(title, cells, kind) for kind, (title, *cells) in zip(kinds, columns, strict=True)]
    fixed: set[int] = set()
    while True:
        room = width - sum(needs[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        if room <= 0 or not total:  # more than a page can hold: all give alike
            return [Mm(width * share / sum(shares)) for share in shares]
        widths = [needs[place] if place in fixed else room * share / total for place, share in enumerate(shares)]
        short = {place for place, each in enumerate(widths) if each < needs[place]}
        if not short:
            return [Mm(each) for each in widths]
        fixed |= short


def _need(title: str, cells: Sequence[str], kind: ColumnKind) -> float:
    """How many millimetres a column must have: for its longest number or day, or the longest Latin word of its texts.

    A title has room for two characters a line.
    """
    unbroken = _WORD.findall("\n".join(cells)) if kind is ColumnKind.TEXT else cells
    space = _DAY_SPACE if kind is ColumnKind.DAY else 0.0
    return max([min(_letters(title), 4), *map(_letters, unbroken)]) * _LETTER + _EDGES + space


def _letters(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(2 if east_asian_width(character) in "WF" or character == "%" else 1 for character in text)


def _repeat_head(made: DocxTable) -> None:
    """The first row stands at the head of each page that the table runs over."""
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shown(cell: CellValue, kind: ColumnKind, words: Words) -> str:
    """A cell as people read it."""
    common = words["common"]
    if cell is HIDDEN:
        return common["hidden"]
    if cell is None or cell == "":
        return common["blank"]
    if isinstance(cell, date):
        return fill(common["date"], year=cell.year, month=cell.month, day=cell.day)
    if isinstance(cell, int) and kind in NUMERIC:
        return {ColumnKind.CHANGE: f"{cell:+,}" if cell else "0", ColumnKind.SHARE: f"{cell}%"}.get(kind, f"{cell:,}")
    return str(cell)


def _saved(docx: Docx) -> bytes:
    """The document's bytes without the clock that the library puts into the list of parts."""
    plain, out = io.BytesIO(), io.BytesIO()
    docx.save(plain)
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _SOME_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
