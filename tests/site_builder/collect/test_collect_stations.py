"""Stations among windows: told as what they are, never taken; and no window is written that the check refuses."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of
from test_collect_structure import errors, of_code, sheet_of

from site_builder.collect import intake, numbering
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.shared.problems import sentence
from site_builder.untrusted_files import UntrustedFile

HEADS = ["序号", "类别", "窗口名称", "窗口地址", "接待时间", "联系电话", "负责人"]
WINDOW = [
    1,
    "窗口",
    "洮南市脱贫攻坚便民法律援助窗口",
    "样例路2号一楼",
    "周一至周五 9:00—16:00",
    "0436-0000005",
    "赵样例",
]
COURT = [2, "工作站", "洮南市人民法院值班律师工作站", "文明街70号", "周二 9:00-11:00", "0436-0000012", "刘律师"]
TOWN = [3, "", "瓦房镇公共法律服务站（司法所）", "瓦房镇司法所", "工作日", "0436-0000013", "金所长"]
NAMELESS = [4, "乡镇工作站", "瓦房镇司法所", "瓦房镇", "工作日", "0436-0000014", "高所长"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def taken(context: CollectionContext, rows: Sequence[Sequence[object]], *accepted: str) -> CollectedReturn:
    named = frozenset((name, int(line)) for name, _, line in (one.partition("!") for one in accepted))
    file = UntrustedFile(path=Path("窗口.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet_of(rows),))
    (one,) = intake.take(file, context, CollectOptions(county=COUNTY, accepted=named))
    return one


def test_rows_of_stations_are_one_thing_to_say(context: CollectionContext) -> None:
    """By their name, or where that says nothing by what kind they are; nothing else is asked of their cells."""
    one = taken(context, [HEADS, WINDOW, COURT, TOWN, NAMELESS])
    assert errors(one) == [("rows-of-stations", "")]
    said = sentence(of_code(one, "rows-of-stations")[0])
    assert all(text in said for text in ("3行", "第3行", "第4行", "第5行"))
    assert one.counts["windows"] == (0, 0, 1)


def test_one_that_has_a_number_of_its_own_is_none_the_less_a_station(context: CollectionContext) -> None:
    """The number that an answer seemed to ask for makes no window of it."""
    rows: list[list[object]] = [["窗口编号", *HEADS], ["W-220881-2018", *WINDOW], ["W-220881-2019", *COURT]]
    assert errors(taken(context, rows)) == [("rows-of-stations", "")]


def test_what_a_person_takes_as_a_window_is_checked_like_one(context: CollectionContext) -> None:
    """Its number says a year in which the campaign has none: what the check refuses is never written."""
    rows: list[list[object]] = [
        ["窗口编号", *HEADS],
        ["W-220881-2018", *WINDOW],
        ["W-220881-2019", *COURT[:6], "刘志成"],
    ]
    one = taken(context, rows, "Sheet1!3")
    assert [code for code, _ in errors(one)] == ["window-not-poor-county"]


def test_a_window_by_another_name_is_asked_for_its_number(context: CollectionContext) -> None:
    """A county has one a year: no other number is asked for."""
    one = taken(context, [HEADS, [1, "", "便民大厅", "别处1号", "工作日", "0436-0000019", "李春花"]])
    assert [code for code, _ in errors(one)] == ["window-other"]
    assert "没有用过的编号" not in sentence(of_code(one, "window-other")[0])


def test_what_the_check_refuses_is_never_written(context: CollectionContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were nobody to find the year of a window, the check of the record would: that it lacks a column was not said."""
    monkeypatch.setattr(numbering, "_with_year_of_number", lambda entry: entry)
    rows: list[list[object]] = [["窗口编号", *HEADS], ["W-220881-2019", 1, "窗口", "别的窗口", *COURT[3:6], "刘志成"]]
    assert [(code, cell) for code, cell in errors(taken(context, rows))] == [("cell-required", "")]
