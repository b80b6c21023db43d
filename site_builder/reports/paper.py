"""The paper of an official document (GB/T 9704-2012): its page, fonts, styles, numbers of heads and of pages.

The text area is 156 by 225 mm: 22 lines of 28 characters. Fonts are named, not embedded: those that Windows and WPS
bring, each with the one that stands in where it is missing.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import cast

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from site_builder.reports.model import Report

HEAD_STYLE, TEXT_STYLE, NUMBER_STYLE = "Table Head", "Table Text", "Table Number"
SIGNED_STYLE, LIST_STYLE, MARK_STYLE = "Signed", "Attachments", "Attachment"
BODY_SIZE = Pt(16)
UPRIGHT, ACROSS = 156, 225
"""How wide the text area is, in millimetres: of a page as it is, and of one that lies across."""
_TITLE, _BODY, _HEAD, _SUBHEAD, _NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_LATIN = "Times New Roman"
# What a program takes where a font is missing: those that every Windows has.
FALLBACKS = {_TITLE: "宋体", _BODY: "仿宋", _SUBHEAD: "楷体", _HEAD: "SimHei", _NUMBER: "SimSun"}
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_MARGINS_ACROSS = {"top_margin": 28, "bottom_margin": 26, "left_margin": 37, "right_margin": 35}
_TITLE_SIZE, _TABLE_SIZE, _FOOT_SIZE = Pt(22), Pt(10), Pt(14)  # 二号, and 四号 for the number of the page
_LINE = Pt(28.95)  # 22 of them in 225 mm
_PITCH = "579"  # the same in twentieths of a point
# Twentieths of a point between characters of the text: 28 of them in 156 mm. A grid of characters would do it in Word,
# but others give each character two of its cells.
_NARROWER = "-5"
_FOOT = 7  # millimetres from the text to the line of the page's number
_DIGITS, _UNITS = "零一二三四五六七八九", ("千", "百", "十", "")
_ZEROS = re.compile("零+")


def numeral(number: int) -> str:
    """A number from 1 to 9999 in Chinese, as heads are counted: 十一, 一百一十, 一千零一."""
    units = _UNITS[-len(str(number)) :]
    places = zip(map(int, str(number)), units, strict=True)
    written = "".join(_DIGITS[digit] + (unit if digit else "") for digit, unit in places)
    counted = _ZEROS.sub("零", written).rstrip("零")
    return counted.removeprefix("一") if counted.startswith("一十") else counted


def set_styles(docx: Docx) -> None:
    """The looks of heads, text and tables, in Chinese."""
    _set_language(docx)
    looks = {
        "Normal": (_BODY, BODY_SIZE),
        "Title": (_TITLE, _TITLE_SIZE),
        "Subtitle": (_SUBHEAD, BODY_SIZE),
        "Heading 1": (_HEAD, BODY_SIZE),
        "Heading 2": (_SUBHEAD, BODY_SIZE),
        "Caption": (_BODY, Pt(12)),
        "Header": (_HEAD, Pt(12)),
        "Footer": (_NUMBER, _FOOT_SIZE),
    }
    for name, (font, size) in looks.items():
        _set_font(cast(ParagraphStyle, docx.styles[name]), font, size)
    for name in ("Title", "Subtitle", "Caption"):
        docx.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        body = docx.styles[name].paragraph_format
        body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
        body.space_before = body.space_after = Pt(0)
    docx.styles["Title"].paragraph_format.line_spacing = Pt(32)
    for name in ("Heading 1", "Heading 2"):
        docx.styles[name].paragraph_format.first_line_indent = 2 * BODY_SIZE
    docx.styles["Footer"].font.name = _NUMBER  # digits of the number too
    title = docx.styles["Title"]
    for border in title.element.pPr.findall(qn("w:pBdr")):  # the library's template underlines titles
        title.element.pPr.remove(border)
    _add_styles(docx)
    _name_fallbacks(docx)


def _add_styles(docx: Docx) -> None:
    """Those of tables, of the list of attachments, of the head of one, and of who signs."""
    aligned = {HEAD_STYLE: WD_ALIGN_PARAGRAPH.CENTER, TEXT_STYLE: None, NUMBER_STYLE: WD_ALIGN_PARAGRAPH.RIGHT}
    for name, alignment in aligned.items():
        cell = _add_style(docx, name, _HEAD if name == HEAD_STYLE else _BODY, _TABLE_SIZE)
        cell.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
        cell.paragraph_format.alignment = alignment
        snap = OxmlElement("w:snapToGrid")  # a table keeps to its own lines
        snap.set(qn("w:val"), "0")
        cell.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc")
    signed = _add_style(docx, SIGNED_STYLE, _BODY, BODY_SIZE).paragraph_format
    signed.alignment, signed.keep_together = WD_ALIGN_PARAGRAPH.RIGHT, True
    _add_style(docx, LIST_STYLE, _BODY, BODY_SIZE)
    _add_style(docx, MARK_STYLE, _HEAD, BODY_SIZE)


def _add_style(docx: Docx, name: str, font: str, size: Pt) -> ParagraphStyle:
    made = cast(ParagraphStyle, docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    made.base_style = docx.styles["Normal"]
    _set_font(made, font, size)
    return made


def _set_font(style: ParagraphStyle, font: str, size: Pt) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _LATIN, size, False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().rFonts
    for name in list(fonts.attrib):  # theme fonts would win over named ones
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), _NARROWER if size == BODY_SIZE else "0")
    for old in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(old)
    style.element.rPr.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _set_language(docx: Docx) -> None:
    """Chinese, for spelling and line breaks: the library's template is English, its theme Japanese.

    Numbers and Latin words stay English: as Chinese ones LibreOffice tears them at the end of a line.
    Every style inherits it from the defaults. A second copy of the styles, for Word 2010 alone, is left out.
    """
    for language in (*docx.styles.element.iter(qn("w:lang")), docx.settings.element.find(qn("w:themeFontLang"))):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    for key, relation in list(docx.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            docx.part.drop_rel(key)


def _name_fallbacks(docx: Docx) -> None:
    """Say in the table of fonts what stands in for which."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    [table] = [part for part in docx.part.package.iter_parts() if part.partname == "/word/fontTable.xml"]
    table._blob = f'{head}<w:fonts xmlns:w="{namespace}">{fonts}</w:fonts>'.encode()


def set_up(docx: Docx, report: Report) -> None:
    """Paper, what stands on each page, and whose document it is."""
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _set_margins(section, _MARGINS)
    section.header.paragraphs[0].text = "　".join(report.marks)
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    docx.settings.odd_and_even_pages_header_footer = True
    section.even_page_header.paragraphs[0].text = "　".join(report.marks)
    section.even_page_header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    odd.alignment, odd.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, _FOOT_SIZE
    even.alignment, even.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.LEFT, _FOOT_SIZE
    for foot in (odd, even):
        _add_page_number(foot)
    about = docx.core_properties
    about.title, about.author, about.last_modified_by = f"{report.title} {report.label}", report.issuer, report.issuer
    about.comments, about.language = "　".join(report.marks), "zh-CN"
    about.created = about.modified = datetime.combine(report.period.last, time())


def new_section(docx: Docx, *, is_across: bool) -> None:
    """Begin a page, upright or across, with the same head and foot."""
    section = docx.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if is_across else WD_ORIENT.PORTRAIT
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if is_across else (short, long)
    _set_margins(section, _MARGINS_ACROSS if is_across else _MARGINS)


def _set_margins(section: Section, margins: dict[str, int]) -> None:
    for name, millimetres in margins.items():
        setattr(section, name, Mm(millimetres))
    section.footer_distance = Mm(margins["bottom_margin"] - _FOOT) - _FOOT_SIZE
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name in list(grid.attrib):
        del grid.attrib[name]
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _PITCH)


def _add_page_number(foot: Paragraph) -> None:
    """The number between two dashes."""
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = foot.add_run("1")
    field.append(run._r)
    foot._p.append(field)
    foot.add_run(" —")
