"""The page of an answer: verdict, next steps, every problem by sheet; alone, safe, readable on a phone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from feedback_cases import CONTEXT, HIDDEN, NAME, PATTERN, QUOTED, ROW, SHEET, WARNING, WHOLE, kit_workbook, problem
from feedback_cases import received as read
from playwright.sync_api import Browser, Page

from site_builder.county_feedback import FeedbackContext, feedback_files
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, remedy, sentence
from site_builder.untrusted_files import UntrustedFile

PAGE = "洮南市2018-问题清单.html"


@pytest.fixture
def sent(tmp_path: Path) -> UntrustedFile:
    return read(kit_workbook(tmp_path / NAME))


def page(*problems: Problem, received: UntrustedFile | None = None, context: FeedbackContext = CONTEXT) -> str:
    return feedback_files(received, NAME, problems, context)[PAGE].decode("utf-8")


class Text(HTMLParser):
    """Collects the text of a page, and its tags."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(content)

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Keep a tag's name."""
        self.tags.add(tag)


@pytest.mark.parametrize(
    ("is_accepted", "problems", "says", "not_says"),
    [
        (True, [], ["收下了", "没有发现问题"], ["没有收下", "已标注"]),
        (True, [WARNING], ["收下了，有几处请核对", "错误0处，提醒1处", "已标注"], ["没有收下"]),
        (False, [WARNING, PATTERN], ["没有收下", "错误1处，提醒1处", "已标注"], ["收下了"]),
    ],
    ids=["sound", "warnings", "errors"],
)
def test_the_verdict_comes_first(
    sent: UntrustedFile, is_accepted: bool, problems: list[Problem], says: list[str], not_says: list[str]
) -> None:
    """Accepted or not, how many errors and warnings, and three steps that fit."""
    text = Text(page(*problems, received=sent, context=replace(CONTEXT, accepted=is_accepted))).text
    assert [word for word in says if word not in text] == []
    assert [word for word in not_says if word in text] == []


def test_a_file_that_could_not_be_read_has_a_page_alone() -> None:
    """Without cells there is nothing to mark, and the page does not speak of a marked file."""
    files = feedback_files(None, NAME, [WHOLE], CONTEXT)
    assert list(files) == [PAGE]
    assert "已标注" not in files[PAGE].decode("utf-8")


def test_a_sound_file_has_a_page_alone(sent: UntrustedFile) -> None:
    """Where nothing was found no workbook goes back."""
    assert list(feedback_files(sent, NAME, [], replace(CONTEXT, accepted=True))) == [PAGE]


def test_a_problem_is_reported_in_words_of_the_catalogue(sent: UntrustedFile) -> None:
    """Level, cell, column, entry, what is wrong, example, remedy and code."""
    text = Text(page(PATTERN, received=sent)).text
    for part in ("C4「姓名」", PATTERN.entered, sentence(PATTERN), PATTERN.example, remedy(PATTERN), "cell-pattern"):
        assert part in text


def test_a_code_leads_to_its_page_of_the_handbook(sent: UntrustedFile) -> None:
    """Where the handbook is on the web; else the code stands alone, and nothing leads anywhere."""
    there = replace(CONTEXT, handbook="https://example.org/handbook/")
    link = '<a href="https://example.org/handbook/codes/cell-pattern.html">cell-pattern</a>'
    assert link in page(PATTERN, received=sent, context=there)
    assert "<a " not in page(PATTERN, received=sent)


def test_problems_stand_by_sheet_in_the_workbook_s_order(sent: UntrustedFile) -> None:
    """First those of the whole file, then sheet by sheet, errors before warnings; a hidden sheet is said to be so."""
    found = [problem(sheet=QUOTED, cell="B3"), problem(sheet=HIDDEN, cell="A1"), WARNING, ROW, WHOLE]
    content = page(*found, received=sent)
    places = [
        content.index(f"{word} <small>") for word in ("整个文件", SHEET + "”表", HIDDEN + "”表", "it&#39;s 窗口”表")
    ]
    assert places == sorted(places)
    assert content.index("第9行") < content.index("A7")
    assert content.count("取消隐藏") == 1


def test_many_alike_are_folded(sent: UntrustedFile) -> None:
    """Of twenty alike five are reported, the others by their cells."""
    content = page(*[problem(sheet=SHEET, cell=f"C{n}", line=n, column="姓名") for n in range(2, 22)], received=sent)
    assert content.count("<article") == 5
    assert "另有15处相同的问题：C7、C8、" in content


def test_what_was_sent_never_becomes_markup(sent: UntrustedFile) -> None:
    """Whatever stands in names, entries, sheets, details or lines comes out as text."""
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}"
    details = {"hint": hostile, "expected": hostile}
    bad = problem(Code.HEADER_UNKNOWN, sheet=hostile, column=hostile, entered=hostile, example=hostile, details=details)
    lines: dict[str, Any] = {"normalised": ((hostile,) * 3,), "missing": (hostile,), "written": ((hostile, 1, 2, 3),)}
    context = replace(CONTEXT, county_name=hostile, **lines)
    files = feedback_files(sent, f"{hostile}.xlsx", [bad], context)
    (content,) = [value.decode("utf-8") for name, value in files.items() if name.endswith(".html")]
    assert "script" not in Text(content).tags
    assert "49" not in content.partition("</style>")[2]
    assert "<" not in "".join(files)


def test_a_personal_number_in_a_name_or_line_is_cut(sent: UntrustedFile) -> None:
    """A file, sheet or line that holds an identity number does not carry it into the page or the file's name."""
    number = "110101199003071234"
    context = replace(CONTEXT, normalised=(("F2", "１３８００００００００", f"13800000000，{number}"),))
    files = feedback_files(sent, f"张{number}.xlsx", [problem(sheet=number, cell="A1")], context)
    (name,) = [name for name in files if name.endswith(".html")]
    assert number not in "".join(files)
    assert number not in files[name].decode("utf-8")
    assert "13800000000" not in files[name].decode("utf-8")


@pytest.mark.parametrize(
    ("file_name", "stem"),
    [
        ("洮南市2018.xlsx", "洮南市2018"),
        ("洮南市2018-已标注.xlsx", "洮南市2018"),
        ("洮南市2018-已标注-已标注.xlsx", "洮南市2018"),
        ("a/../..\\b.xlsx", "b"),
        ("..", "报送文件"),
        ("表" * 200 + ".csv", "表" * 60),
        ("a:b?.csv", "ab"),
    ],
)
def test_an_answer_is_named_after_the_file(file_name: str, stem: str) -> None:
    """By the sender's own name, without what a file system forbids; an answer to an answer has the first name."""
    (name,) = feedback_files(None, file_name, [WHOLE], CONTEXT)
    assert name == f"{stem}-问题清单.html"


def test_what_was_taken_over_is_reported(sent: UntrustedFile) -> None:
    """Rows by table, villages that are missing, what was tidied: the first fifty, then how many more."""
    context = replace(
        CONTEXT,
        accepted=True,
        written=(("法律援助联络员", 12, 3, 4),),
        normalised=tuple((f"“联络员名单”表 F{n}", "2018.03.05", "2018-03-05") for n in range(53)),
        missing=("瓦房镇荣华村",),
    )
    content = page(received=sent, context=context)
    assert re.search(r'法律援助联络员</th><td class="n">12</td><td class="n">3</td><td class="n">4<', content)
    assert "瓦房镇荣华村" in content
    assert content.count("<li>“联络员名单”") == 50
    assert "F12：2018.03.05 → 2018-03-05<" in content  # both whole: they are days, and no one long number
    assert "另有3处" in content


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A small phone that runs no scripts."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.needs("chromium")
def test_a_phone_shows_it_all_and_asks_nobody(phone: Page, sent: UntrustedFile, tmp_path: Path) -> None:
    """At 360 pixels nothing is wider than the screen, the verdict is on the first one, and nothing is fetched."""
    long = problem(sheet=SHEET, cell="A1", column="很长的栏目名" * 8, entered="x" * 41, example="2" * 60)
    path = tmp_path / PAGE
    path.write_text(page(long, PATTERN, received=sent), encoding="utf-8")
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.goto(path.as_uri())
    heading = phone.locator("h1").bounding_box()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert heading
    assert heading["y"] < 100
    assert [url for url in requests if not url.startswith(("data:", path.as_uri()))] == []


def test_names_are_shown_with_all_that_is_in_them() -> None:
    """What would turn a file's or a sheet's name round, or hide a part of it, is shown as a box."""
    (page,) = feedback_files(None, "报表\u202exslx.exe", [problem(sheet="联络\u200b员")], CONTEXT).values()
    shown = page.decode("utf-8")
    assert "报表□xslx.exe" in shown
    assert "联络□员" in shown
    assert not set("\u202e\u200b") & set(shown)
