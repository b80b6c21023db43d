"""Text files: the encoding proved, the separator found, the rows as they stand."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sent_files import problem_of, received, refused, sent

from site_builder.untrusted_files import child
from site_builder.untrusted_files.formats import delimited
from site_builder.untrusted_files.messages import RowsMessage

TEXT = "村代码,姓名,备注\r\n220881100201,欧阳䶮,\r\n"
ROWS = [["村代码", "姓名", "备注"], ["220881100201", "欧阳䶮", None]]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
    ],
)
def test_every_encoding_gives_the_same_rows(content: bytes, encoding: str, tmp_path: Path) -> None:
    """UTF-8 with or without a mark, GB18030, UTF-16 with a mark."""
    file = received(tmp_path, "名单.csv", content)
    assert (file.kind, file.encoding) == ("csv", encoding)
    assert [(sheet.name, sheet.rows) for sheet in file.sheets] == [("名单", ROWS)]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF8 + TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1],
        TEXT.encode() + b"\xff",
        b"a,b\n\x00\x01\x02",
    ],
)
def test_what_is_in_no_such_encoding_is_refused(content: bytes, tmp_path: Path) -> None:
    """No mark where one is needed, a wrong one, a byte too few, bytes that are no text."""
    problem = problem_of(sent(tmp_path, "名单.csv", content))
    assert problem.code == "file-encoding-unknown"
    assert problem.line


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_separator_is_found(mark: str, tmp_path: Path) -> None:
    """Even where texts are full of the other ones, quoted or not."""
    rows = [["a", "b", "c"], ["1,2;3", "x", "y"], ["4", 'say "5", ok;', "z"]]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    assert received(tmp_path, "名单.csv", out.getvalue().encode()).sheets[0].rows == rows


def test_a_title_line_does_not_hide_the_separator() -> None:
    """Lines without any separator tell nothing."""
    assert delimited.separator("2018年摸底表\n\na;b;c\n1,5;2;3\n") == ";"


def test_empty_lines_keep_their_places(tmp_path: Path) -> None:
    """Rows are counted from the first line on; only empty ones at the end are dropped."""
    rows = received(tmp_path, "名单.csv", b"\n\na,b\n,\n,\n\n").sheets[0].rows
    assert rows == [[], [], ["a", "b"]]


def test_an_open_quote_is_named_by_its_line(tmp_path: Path) -> None:
    """The record that never ends begins on line 3."""
    problem = problem_of(sent(tmp_path, "名单.csv", b'a,b\n1,2\n"3,4\n5,6\n'))
    assert (problem.code, problem.line) == ("file-not-csv", 3)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    """200,001 lines."""
    assert refused(tmp_path, "名单.csv", b"1\n" * 200_001) == "sheet-far-cell"


def test_a_large_file_is_read_in_the_child(tmp_path: Path) -> None:
    """Above 4 MiB the same rows come from a process of its own."""
    content = ("甲" * 1000 + ",乙\n").encode() * 2000
    assert len(content) > 4 << 20
    rows = received(tmp_path, "名单.csv", content).sheets[0].rows
    assert rows == [["甲" * 1000, "乙"]] * 2000


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(
    st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_what_was_written_is_read(rows: list[list[str]], encoding: str) -> None:
    """Any table of texts comes back cell by cell."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    shown = list(child.messages(".csv", out.getvalue().encode(encoding)))
    assert shown[1] == RowsMessage(rows=[[cell or None for cell in row] for row in rows])
