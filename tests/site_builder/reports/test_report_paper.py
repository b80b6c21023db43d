"""A report on the paper of an official document: its page, fonts, heads and numbers, attachments, who signs."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.document import CT_Body
from docx.oxml.ns import qn
from docx.shared import Mm
from office import converted

from site_builder.cli import main
from site_builder.model.narratives import Block, BlockKind
from site_builder.reports.document import document
from site_builder.reports.model import ColumnKind, Report, ReportColumn, ReportSection, ReportTable
from site_builder.reports.paper import FALLBACKS, numeral
from site_builder.shared.periods import Period, PeriodKind
from site_builder.shared.words import Words

APRIL = Period(year=2018, kind=PeriodKind.MONTH, number=4)
COUNTY, RANK = (
    ReportColumn(title=title, kind=kind) for title, kind in (("县", ColumnKind.TEXT), ("名次", ColumnKind.NUMBER))
)
SHORT = ReportTable(title="进展", columns=(COUNTY, RANK), rows=(("洮南市", 1),))
LONG = replace(SHORT, title="排名", rows=tuple((f"第{number}县", number) for number in range(1, 61)))
DAYS = tuple(ReportColumn(title=f"日期{number}", kind=ColumnKind.DAY) for number in range(8))
WIDE = ReportTable(title="各项日期", columns=(COUNTY, *DAYS), rows=(("洮南市", *(APRIL.last for _ in DAYS)),))
WORDS = "样例法律援助中心"
NARRATIVE = (
    Block(kind=BlockKind.HEAD, text="逐村落实"),
    Block(kind=BlockKind.ITEM, text="核对姓名。"),
    Block(kind=BlockKind.ITEM, text="核对电话。"),
    Block(kind=BlockKind.HEAD, text="集中宣传"),
    Block(kind=BlockKind.ITEM, text="发放材料。"),
)


def report(*sections: ReportSection) -> Report:
    return Report(
        period=APRIL,
        title="样例活动月通报",
        label="2018年4月",
        issuer=WORDS,
        as_of="2018年4月30日",
        dated="2018年5月3日",
        marks=("内部",),
        sections=sections,
    )


def made(labels: Words, *tables: ReportTable) -> Document:
    parts = [ReportSection(title=f"第{place}节", tables=(table,)) for place, table in enumerate(tables, start=1)]
    parts.append(ReportSection(title="主要做法", blocks=NARRATIVE))
    return docx.Document(io.BytesIO(document(report(*parts), labels)))


def texts(document_: Document) -> list[str]:
    return [paragraph.text for paragraph in document_.paragraphs if paragraph.text]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        *((1, "一"), (9, "九"), (10, "十"), (11, "十一"), (14, "十四"), (20, "二十"), (35, "三十五"), (99, "九十九")),
        *(
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (111, "一百一十一"),
            (1001, "一千零一"),
            (9090, "九千零九十"),
        ),
    ],
)
def test_heads_are_counted_in_chinese(number: int, written: str) -> None:
    """As far as a narrative may have heads."""
    assert numeral(number) == written


def test_a_paragraph_costs_the_same_however_many_stand_before_it(
    labels: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None is looked through for where the next one goes."""
    looked = []
    monkeypatch.setattr(CT_Body, "insert_element_before", lambda *_: looked.append(1))
    blocks = tuple(Block(kind=BlockKind.ITEM, text="字") for _ in range(200))
    section = ReportSection(title="主要做法", blocks=blocks)
    made = docx.Document(io.BytesIO(document(report(section), labels)))
    assert [each.text for each in made.paragraphs].count("200.字") == 1
    assert not looked


def test_heads_items_and_attachments_are_counted(labels: Words) -> None:
    """一、 then （一） then 1., from each head anew; a long table is named in its place and stands at the end."""
    found = texts(made(labels, SHORT, LONG, WIDE))
    assert found[3:] == [
        *(
            "一、第1节",
            "（一）进展",
            "二、第2节",
            "（一）排名",
            "见附件1。",
            "三、第3节",
            "（一）各项日期",
            "见附件2。",
        ),
        *("四、主要做法", "（一）逐村落实", "1.核对姓名。", "2.核对电话。", "（二）集中宣传", "1.发放材料。"),
        *("附件：1.排名", "2.各项日期", WORDS, "2018年5月3日", "附件1", "排名", "附件2", "各项日期"),
    ]


def test_the_only_attachment_has_no_number(labels: Words) -> None:
    """Neither in the text nor at its head."""
    found = texts(made(labels, LONG))
    assert [text for text in found if "附件" in text] == ["见附件。", "附件：排名", "附件"]


def test_who_signs_stands_above_the_day(labels: Words) -> None:
    """At the right, the longer of the two at least two characters from the edge, the day four."""
    name, day = [each for each in made(labels, SHORT).paragraphs if each.style.name == "Signed"]
    assert (name.text, day.text) == (WORDS, "2018年5月3日")
    right = [each.paragraph_format.right_indent.pt / 16 for each in (name, day)]
    assert right[0] >= 2
    assert right[1] >= 4
    assert name.paragraph_format.keep_with_next


def test_a_wide_table_lies_across(labels: Words) -> None:
    """Every attachment begins a page of its own, upright where its table has room there."""
    text, long, wide = made(labels, LONG, WIDE).sections
    assert [each.orientation for each in (text, long, wide)] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    for section, room in ((text, (156, 225)), (long, (156, 225)), (wide, (225, 156))):
        width = section.page_width - section.left_margin - section.right_margin
        height = section.page_height - section.top_margin - section.bottom_margin
        assert [abs(given - Mm(wanted)) < Mm(1) for given, wanted in zip((width, height), room, strict=True)] == [
            True
        ] * 2
    assert abs(text.top_margin - Mm(37)) < Mm(1)
    assert abs(text.left_margin - Mm(28)) < Mm(1)


def test_pages_are_numbered_on_their_outer_side(labels: Words) -> None:
    """Between two dashes: odd ones at the right, even ones at the left, a character from the edge."""
    found = made(labels, SHORT)
    section = found.sections[0]
    assert found.settings.odd_and_even_pages_header_footer
    feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [re.sub("<[^>]*>", "", foot._p.xml).split() for foot in feet] == [["—", "1", "—"]] * 2
    assert [foot.alignment for foot in feet] == [2, 0]
    assert [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text] == ["内部", "内部"]


def test_every_font_is_one_that_offices_have_and_names_its_stand_in(labels: Words) -> None:
    """No style names another; the table of fonts says what is taken where one is missing."""
    content = document(report(ReportSection(title="节", tables=(SHORT,))), labels)
    styles = docx.Document(io.BytesIO(content)).styles
    named = {
        style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in (styles[name] for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Footer"))
    }
    assert named == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"} == set(FALLBACKS)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', table)) == FALLBACKS


@pytest.mark.needs("libreoffice-writer", "poppler-utils")
def test_a_page_holds_22_lines_of_28_characters(labels: Words, tmp_path: Path) -> None:
    """As an office program sets it."""
    text = ReportSection(title="节", sentences=("各地把名单落实到村逐村核对" * 120,))
    (tmp_path / "x.docx").write_bytes(document(report(text), labels))
    second = [
        line
        for line in _lines(converted(tmp_path / "x.docx", "pdf"), 2)
        if line.startswith(tuple("各地把名单落实到村逐核对"))
    ]
    assert len(second) == 22
    assert {len(line) for line in second} == {28}


@pytest.mark.needs("libreoffice-writer", "poppler-utils")
def test_no_number_is_torn_at_the_end_of_a_line(labels: Words, tmp_path: Path) -> None:
    """Wherever in a line it begins."""
    sentences = tuple("县" * place + "91827364个村" for place in range(14, 28))
    (tmp_path / "x.docx").write_bytes(document(report(ReportSection(title="节", sentences=sentences)), labels))
    pdf = converted(tmp_path / "x.docx", "pdf")
    assert sum("91827364" in line for page in (1, 2) for line in _lines(pdf, page)) == len(sentences)


def _lines(pdf: Path, page: int) -> Sequence[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", "-f", str(page), "-l", str(page), pdf, "-"], capture_output=True, text=True, check=True
    )
    return [line.strip() for line in done.stdout.splitlines()]


NARRATED = "## 主要做法\n\n各地逐村核对。\n\n## 下一步\n\n- 补齐公示。\n"


def test_made_again_a_report_keeps_what_people_wrote_and_has_new_figures(root: Path, tmp_path: Path) -> None:
    """The text stands in the document of before and of after, in page and document; its file is never touched."""
    beside = root / "content" / "reports" / "2018-06.md"
    beside.parent.mkdir()
    beside.write_text(NARRATED, encoding="utf-8")
    before = _reported(root, tmp_path / "before")
    liaisons = root / "content" / "data" / "liaisons" / "220881.csv"
    changed = liaisons.read_text(encoding="utf-8").replace("2018-05-06,,,demo", "2018-05-06,2018-06-10,核验甲,demo")
    liaisons.write_text(changed, encoding="utf-8")
    after = _reported(root, tmp_path / "after")
    for document_, page in (before, after):
        assert {"各地逐村核对。", "1.补齐公示。"} <= set(document_)
        assert any(text.endswith("、下一步") for text in document_)
        assert [text for text in ("各地逐村核对。", "补齐公示。", "下一步") if text not in page] == []
    assert before[0] != after[0]
    assert "公示已核验1个村" in "".join(before[0])
    assert "公示已核验2个村" in "".join(after[0])
    assert beside.read_text(encoding="utf-8") == NARRATED


def _reported(root: Path, out: Path) -> tuple[list[str], str]:
    """The paragraphs of the document of June, and its page."""
    assert main(["--root", str(root), "report", "--period", "2018-06", "--out", str(out)]) == 0
    return texts(docx.Document(str(out / "2018-06" / "2018-06.docx"))), (out / "2018-06" / "2018-06.html").read_text(
        "utf-8"
    )


def test_the_internal_edition_has_places_for_what_is_not_written(
    root: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """And its own text where there is one; whoever makes a report reads where to write."""
    tmp_path = tmp_path_factory.mktemp("reports")
    asked = ["--root", str(root), "report", "--period", "2018-06", "--internal", "--out"]
    assert main([*asked, str(tmp_path / "blank")]) == 0
    assert "写在 content/reports/2018-06.md 里" in capsys.readouterr().out
    blank = "\n".join(texts(docx.Document(str(tmp_path / "blank" / "2018-06-internal" / "2018-06.docx"))))
    assert [title for title in ("主要做法", "存在问题", "下一步") if f"、{title}\n〔还没有写" not in blank] == []
    (root / "content" / "reports").mkdir()
    (root / "content" / "reports" / "2018-06-internal.md").write_text(NARRATED, encoding="utf-8")
    assert main([*asked, str(tmp_path / "own")]) == 0
    own = "\n".join(texts(docx.Document(str(tmp_path / "own" / "2018-06-internal" / "2018-06.docx"))))
    assert "各地逐村核对。" in own
    assert "还没有写" not in own
    assert _reported(root, tmp_path / "public")[1].count("各地逐村核对。") == 0
