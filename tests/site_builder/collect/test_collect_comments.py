"""Comments at the cells of a table are told of, once, with what they say."""

from pathlib import Path

import openpyxl
import pytest
from collect_examples import take
from openpyxl.comments import Comment
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectOptions
from site_builder.collect.left_out import comments
from site_builder.model.forms import PROBLEM_MARK
from site_builder.untrusted_files import Note, UntrustedFile

ROWS = (("村名", "姓名", "身份", "任职日期"), ("瓦房村", "朴银姬", "人民调解员", "2018-05-02"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def told(root: Path, folder: Path, **texts: str) -> list[str]:
    """What is said of comments, by the cell that each stands at."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联络员名单"
    for row in ROWS:
        sheet.append(list(row))
    for cell, text in texts.items():
        sheet[cell].comment = Comment(text, "x")
    book.save(folder / "a.xlsx")
    (taken,) = take(root, folder / "a.xlsx", CollectOptions(county="220881"))
    return [problem.details["notes"] for problem in taken.problems if problem.code == "comments-left-out"]


def test_comments_of_rows_are_listed_in_one_reminder(root: Path, tmp_path: Path) -> None:
    """Whatever they say; those at heads explain the heads, and one of leaving is told of as that."""
    said = told(root, tmp_path, A1="填全称", B2="电话问过本人", C2="村里另定，下周报", D2="已调离")
    assert said == ["B2“电话问过本人”、C2“村里另定，下周报”"]


def test_our_own_marks_are_no_comments(root: Path, tmp_path: Path) -> None:
    """A marked workbook that comes back mended bears what was said of it."""
    assert told(root, tmp_path, B2=f"{PROBLEM_MARK}\n这一格要改") == []


def test_a_comment_with_a_personal_number_is_not_shown(root: Path, tmp_path: Path) -> None:
    """Its place is enough to find it."""
    assert told(root, tmp_path, B2="打13800000000") == ["B2“（内容不显示）”"]


def test_a_thread_of_comments_is_read_once() -> None:
    """Beside it stands an explanation for older programs, which ends with the same text."""
    texts = ("[Threaded comment]\n\nYour version of Excel...\n\nComment:\n    待核", "待核")
    notes = tuple(Note(sheet="表", cell="A2", text=text) for text in texts)
    received = UntrustedFile(path=Path("a.xlsx"), kind="xlsx", digest="", sheets=(), notes=notes)
    assert comments.by_cell(received) == {("表", "A2"): ["待核"]}
