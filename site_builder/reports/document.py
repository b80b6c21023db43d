"""A report as DOCX, laid out as an official document is: for Word and WPS, to be edited and sent on.

Fonts are named, not embedded: those of an official document, which Windows and WPS bring. Every text is put in as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import cast
from unicodedata import east_asian_width

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from site_builder.publication.gate import HIDDEN
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
from site_builder.shared.words import Words, fill

_TITLE, _BODY, _HEAD, _LATIN = "小标宋", "仿宋", "黑体", "Times New Roman"
# An official document on A4: margins, sizes 二号, 三号 and 小四, lines 28 points apart (GB/T 9704-2012).
_MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
_TITLE_SIZE, _BODY_SIZE, _TABLE_SIZE = Pt(22), Pt(16), Pt(10)
_LINE = Pt(28)
_HEAD_STYLE, _TEXT_STYLE, _NUMBER_STYLE = "Table Head", "Table Text", "Table Number"
_PAGE_WIDTH = 210 - 28 - 26  # millimetres
_NARROWEST, _WIDEST, _MARGIN = 6, 30, 3  # letters of a column that count when the width is shared out
# Millimetres: a Latin letter of a table's text, a cell's two edges, the space that programs put around a day's digits.
_LETTER, _EDGES, _DAY_SPACE = 1.9, 4.0, 4.5
_WORD = re.compile(r"[!-~]+")
_SOME_DAY = (2018, 1, 1, 0, 0, 0)


def document(report: Report, words: Words) -> bytes:
    """The report as DOCX; the same report gives the same bytes. Raises CampaignError where there is no font to draw."""
    docx = Document()
    _set_styles(docx)
    _set_language(docx)
    _set_up(docx, report, words)
    _add(docx, report.title, "Title")
    _add(docx, report.label, "Subtitle")
    lines = [report.issuer, fill(words["reports"]["as_of"], day=report.as_of)]
    _add(docx, "　".join(filter(None, lines)), "Caption")
    for section in report.sections:
        _write_section(docx, section, words)
    return _saved(docx)


def _set_styles(docx: Docx) -> None:
    looks = {
        "Normal": (_BODY, _BODY_SIZE),
        "Title": (_TITLE, _TITLE_SIZE),
        "Subtitle": ("楷体", _BODY_SIZE),
        "Heading 1": (_HEAD, _BODY_SIZE),
        "Heading 2": ("楷体", _BODY_SIZE),
        "Caption": (_BODY, Pt(12)),
        "Header": (_HEAD, Pt(12)),
        "Footer": (_BODY, Pt(14)),
    }
    for name, (font, size) in looks.items():
        _set_font(cast(ParagraphStyle, docx.styles[name]), font, size)
    for name in ("Title", "Subtitle", "Caption"):
        docx.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = docx.styles["Normal"].paragraph_format
    body.line_spacing_rule, body.line_spacing, body.space_after = WD_LINE_SPACING.EXACTLY, _LINE, Pt(0)
    aligned = {_HEAD_STYLE: WD_ALIGN_PARAGRAPH.CENTER, _TEXT_STYLE: None, _NUMBER_STYLE: WD_ALIGN_PARAGRAPH.RIGHT}
    for name, alignment in aligned.items():
        cell = cast(ParagraphStyle, docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        cell.base_style = docx.styles["Normal"]
        _set_font(cell, _HEAD if name == _HEAD_STYLE else _BODY, _TABLE_SIZE)
        cell.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
        cell.paragraph_format.alignment = alignment
    title = docx.styles["Title"]
    for border in title.element.pPr.findall(qn("w:pBdr")):  # the library's template underlines titles
        title.element.pPr.remove(border)


def _set_font(style: ParagraphStyle, font: str, size: Pt) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _LATIN, size, False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().rFonts
    for name in list(fonts.attrib):  # theme fonts would win over named ones
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)


def _set_language(docx: Docx) -> None:
    """Chinese, for spelling and line breaks: the library's template is English, its theme Japanese.

    Every style inherits it from the defaults. A second copy of the styles, for Word 2010 alone, is left out.
    """
    for language in (*docx.styles.element.iter(qn("w:lang")), docx.settings.element.find(qn("w:themeFontLang"))):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    for key, relation in list(docx.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            docx.part.drop_rel(key)


def _set_up(docx: Docx, report: Report, words: Words) -> None:
    """Paper, what stands on each page, and whose document it is."""
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in _MARGINS.items():
        setattr(section, name, size)
    section.header.paragraphs[0].text = "　".join(report.marks)
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = words["reports"]["page"].split("{page}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(before)
    _add_page_number(foot)
    foot.add_run(after)
    about = docx.core_properties
    about.title, about.author, about.last_modified_by = f"{report.title} {report.label}", report.issuer, report.issuer
    about.comments, about.language = "　".join(report.marks), "zh-CN"
    about.created = about.modified = datetime.combine(report.period.last, time())


def _add_page_number(foot: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = foot.add_run("1")
    field.append(run._r)
    foot._p.append(field)


def _write_section(docx: Docx, section: ReportSection, words: Words) -> None:
    _add(docx, section.title, "Heading 1")
    for sentence in section.sentences:
        docx.add_paragraph(sentence).paragraph_format.first_line_indent = 2 * _BODY_SIZE
    for chart in section.charts:
        _write_chart(docx, chart)
    for table in section.tables:
        if table.title != section.title:
            _add(docx, table.title, "Heading 2")
        _write_table(docx, table, words)
        if table.note:
            _add(docx, table.note, _TEXT_STYLE)


def _add(docx: Docx, text: str, style: str) -> Paragraph:
    made = docx.add_paragraph(text)
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


def _write_table(docx: Docx, table: ReportTable, words: Words) -> None:
    made = docx.add_table(rows=2, cols=len(table.columns))
    made._tbl.tblStyle_val = _identifier("Table Grid")
    kinds = [column.kind for column in table.columns]
    titles = [column.title for column in table.columns]
    texts = [[shown(cell, kind, words) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]
    looks = [_identifier(_NUMBER_STYLE if kind in NUMERIC else _TEXT_STYLE) for kind in kinds]
    widths = _widths([titles, *texts], kinds)
    first, plain = (row._tr for row in made.rows)
    _lay_out(first, [_identifier(_HEAD_STYLE)] * len(kinds), widths)
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


def _lay_out(row: CT_Row, looks: Sequence[str], widths: Sequence[Length]) -> None:
    """Give the cells of an empty row their styles and widths. No row is torn in two by the end of a page."""
    for cell, look, width in zip(row.tc_lst, looks, widths, strict=True):
        cell.width = width
        cell.p_lst[0].style = look
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill_in(row: CT_Row, texts: Sequence[str]) -> None:
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = text


def _widths(texts: Sequence[Sequence[str]], kinds: Sequence[ColumnKind]) -> list[Length]:
    """The widths of columns, by the longest text in each, that fill the page between its margins.

    Heads and texts may wrap, but for years and other Latin words; numbers and days may not. Where they lack room the
    others give it.
    """
    columns = list(zip(*texts, strict=True))
    longest = [max([len(title), *map(_letters, cells)]) for title, *cells in columns]
    shares = [min(max(letters, _NARROWEST), _WIDEST) + _MARGIN for letters in longest]
    needs = [_need(title, cells, kind) for kind, (title, *cells) in zip(kinds, columns, strict=True)]
    fixed: set[int] = set()
    while True:
        room = _PAGE_WIDTH - sum(needs[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        if room <= 0 or not total:  # more than a page can hold: all give alike
            return [Mm(_PAGE_WIDTH * share / sum(shares)) for share in shares]
        widths = [needs[place] if place in fixed else room * share / total for place, share in enumerate(shares)]
        short = {place for place, width in enumerate(widths) if width < needs[place]}
        if not short:
            return [Mm(width) for width in widths]
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
