"""That somebody has left who would go on serving by the same row is asked about, not only told."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.untrusted_files import UntrustedFile

HEADS: list[object] = ["村名", "姓名", "身份", "任职日期", "备注"]
ROW: list[object] = ["荣华村", "李春花", "村会计", "2018-06-20"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize(
    "remark",
    [
        *("病故", "长期外出打工", "落选", "被免", "本届未连任", "工作由会计代理", "到镇里上班了", "6月调离"),
        *("已换人，现为王立新", "今年换届。已退休", "病故，由李四接替工作"),
    ],
)
def test_who_is_said_to_be_gone_does_not_go_on_serving(remark: str, context: CollectionContext) -> None:
    """An error at the cell of the remark, with its words."""
    one = taken(context, sheet_of([HEADS, [*ROW, remark]]))
    (asked,) = of_code(one, "liaison-said-gone")
    assert (asked.cell, asked.is_error, of_code(one, "note-of-leaving")) == ("E2", True, [])


@pytest.mark.parametrize(
    "remark",
    [
        *("号码已停用", "原联络员病故", "接替张三，张三退休", "退休教师", "父亲病故", "没有离任", "换成李春花", "住院"),
        *("手机不在了", "党员", "无"),
    ],
)
def test_what_is_said_of_others_or_of_a_telephone_is_no_error(remark: str, context: CollectionContext) -> None:
    one = taken(context, sheet_of([HEADS, [*ROW, remark]]))
    assert of_code(one, "liaison-said-gone") == []


def test_a_row_with_a_last_day_or_that_somebody_has_looked_at_is_taken(context: CollectionContext) -> None:
    """The day says what the remark says; --accept says that the remark is of something else."""
    ended = taken(context, sheet_of([[*HEADS, "离任日期"], [*ROW, "病故", "2018-06-25"]]))
    assert of_code(ended, "liaison-said-gone") == []
    file = UntrustedFile(
        path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet_of([HEADS, [*ROW, "病故"]]),)
    )
    options = CollectOptions(county="220881", accepted=frozenset({("Sheet1", 2)}))
    (looked_at,) = intake.take(file, context, options)
    assert of_code(looked_at, "liaison-said-gone") == []


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("注：标红的两人已不再担任，新人选确定后另报", True),
        ("注：李春花已调离", True),
        ("注：离任的请填离任日期", False),
        ("注：原联络员已调离的村另报", False),
    ],
)
def test_a_note_below_that_some_of_the_rows_are_over_is_asked_about(
    note: str, is_asked: bool, context: CollectionContext
) -> None:
    """By a mark, or by the name of one of them; which rows, nobody but the county knows."""
    one = taken(context, sheet_of([HEADS, [*ROW, None], [note]]))
    assert [each.cell for each in of_code(one, "liaison-said-gone")] == ["A3"] * is_asked
    assert bool(errors(one)) is is_asked


def test_a_note_that_somebody_has_looked_at_is_met(context: CollectionContext) -> None:
    sheet = sheet_of([HEADS, [*ROW, None], ["注：标红的已调离"]])
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet,))
    (one,) = intake.take(file, context, CollectOptions(county="220881", accepted=frozenset({("Sheet1", 3)})))
    assert [of_code(one, code) for code in ("liaison-said-gone", "accept-unmet")] == [[], []]
