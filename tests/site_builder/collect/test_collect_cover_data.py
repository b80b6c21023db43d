"""What a list of the county's own says of itself: when it was filled in, and by whom."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import of_code, sheet_of, taken

from site_builder.collect import cover_data
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.cover_data import CoverData
from site_builder.collect.incoming_file import CollectedReturn
from site_builder.untrusted_files import Sheet, UntrustedFile, Value

TITLE: list[Value] = ["瓦房镇贫困村法律援助联络员名单"]
ROWS: list[list[Value]] = [[f"某{number}村", "江明军", "2018.3.15"] for number in range(30)]
TABLE: list[list[Value]] = [["村名", "姓名", "任职日期"], *ROWS]
DAY = date(2018, 5, 10)


def said(*above: list[Value], below: list[list[Value]] | None = None, name: str = "Sheet1") -> CoverData:
    """What is taken from a list with these lines above its heads and below its rows."""
    sheet = Sheet(name=name, rows=[list(line) for line in (*above, *TABLE, *(below or []))])
    return cover_data.read(UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="0" * 64, sheets=(sheet,)))


@pytest.mark.parametrize(
    "line",
    [
        ["填报日期：2018年5月10日"],
        ["填报单位：瓦房镇人民政府", None, "填表日期:2018.5.10"],
        ["填报单位：瓦房镇人民政府　　填报时间：2018-05-10　　填表人：郑学文"],
        ["报送日期", None, datetime(2018, 5, 10)],
        ["上报日期：", "2018/5/10"],
        ["2018年5月10日"],
        ["（2018年5月10日）"],
        ["瓦房镇人民政府　　2018年5月10日"],
        ["填报单位：瓦房镇人民政府", "2018年5月10日"],
        ["瓦房镇司法所", None, "2018年5月10日"],
        ["登记单位：瓦房镇司法所", datetime(2018, 5, 10)],
        ["填报单位：瓦房镇司法所            2018年5月10日"],
        ["截至2018年5月10日"],
        ["二〇一八年五月十日"],
        ["瓦房镇司法所（印章）2018.5.10"],
        ["瓦房镇2018年联络员名单（2018年5月10日更新）"],
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_the_day_of_a_list_is_found_above_it_and_below(line: list[Value], is_above: bool) -> None:
    """With a label, in its own cell or in the next; or alone, as a document is dated."""
    found = said(TITLE, line) if is_above else said(TITLE, below=[line])
    assert found.filled_in_on == DAY
    assert found.date_sheet == "Sheet1"
    assert found.date_entered == ""


@pytest.mark.parametrize(
    "line",
    [
        ["填报日期：    年  月  日"],
        ["填报日期："],
        ["填报日期", "备注"],
        ["填报时间", "2018年任务数"],
        ["截止时间：2018年5月10日"],
        ["某村", "2018年5月10日"],
        ["3月5日发", "2018年5月10日"],
        ["注：本表由乡镇填写"],
        ["统计时间：2018年3月1日至2018年5月10日"],
        ["根据2018年5月10日"],
        ["请于2018年5月10日"],
    ],
)
def test_what_dates_no_list_is_no_day_of_it(line: list[Value]) -> None:
    """A blank to fill in, heads of columns, a day by which to send, a row of a table."""
    found = said(TITLE, line)
    assert (found.filled_in_on, found.date_entered, found.date_cell) == (None, "", "")


def test_a_day_without_its_year_is_asked_about_where_it_stands() -> None:
    """Which year it is, nobody says."""
    found = said(TITLE, ["填报单位：某镇", "填报日期：5月10日"])
    assert found.filled_in_on is None
    assert (found.date_entered, found.date_sheet, found.date_cell) == ("5月10日", "Sheet1", "B2")


def test_the_last_day_counts_and_a_label_before_all() -> None:
    """Of two sheets, or of a list that was dated again; a day that nobody labelled may be another one."""
    assert said(["填报日期：2018年5月1日"], below=[["填表日期：2018年5月10日"]]).filled_in_on == DAY
    assert said(["填报日期：2018年5月10日"], ["2018年6月1日"]).filled_in_on == DAY


def test_of_several_days_without_a_label_none_is_taken_and_they_are_asked_about() -> None:
    """Which of them is the list's, nobody says; the same day twice is one."""
    found = said(["某县司法局", "2018年4月10日"], below=[["2018年5月10日"]])
    assert (found.filled_in_on, found.date_entered) == (None, "2018年4月10日、2018年5月10日")
    assert said(["截至2018.5.10"], below=[["2018年5月10日"]]).filled_in_on == DAY


def test_a_day_that_was_seen_and_not_used_is_named() -> None:
    """One without a label, where another has one."""
    assert said(["填报日期：2018年5月10日"], ["2018年6月1日"]).days_unused == "2018年6月1日"
    assert said(["填报日期：2018年5月10日"], ["2018.5.10"]).days_unused == ""


@pytest.mark.parametrize("line", [["填表人：郑学文"], ["填表人", "郑学文"], ["填报人：郑学文　　审核人：高明"]])
def test_who_filled_a_list_in_is_noted(line: list[Value]) -> None:
    """For the register of what was sent."""
    assert said(TITLE, below=[line]).submitted_by == "郑学文"


def dated_deliveries(
    context: CollectionContext, above: str, heads: Sequence[object], *rows: list[object]
) -> CollectedReturn:
    return taken(context, sheet_of([["宣传品发放统计表"], ["制表单位：某局", None, above], list(heads), *rows]))


def test_a_day_without_a_year_is_of_the_year_that_is_said_around_it(untouched: Path) -> None:
    """Only the year is taken, and it is said once; where none is said, or two are, the days are asked about."""
    context, heads = context_of(untouched), ["接收单位", "材料", "数量", "发放日期"]
    rows = [["荣华村", "12348宣传单", 4, "6月5日"], ["瓦房村", "12348宣传单", 5, "6月12日"]]
    one = dated_deliveries(context, "填报日期：2018年6月26日", heads, *rows)
    assert not {"cell-date-unclear", "cell-not-date"} & {problem.code for problem in one.problems}
    assert [problem.cell for problem in one.problems if problem.code == "dates-without-year"] == ["D4"]
    assert {"2018-06-05", "2018-06-12"} <= {row["delivered_on"] for row in rows_of(one, "deliveries")}
    for unclear in ("报省局", "2017年计划，填报日期：2018年6月26日"):
        asked = dated_deliveries(context, unclear, heads, *rows)
        assert "cell-date-unclear" in {problem.code for problem in asked.problems}


@pytest.mark.parametrize("stated", ["6月26日", "18年6月26日", "18.6.26", "2018/6/26 号"])
def test_the_day_of_a_return_is_of_the_year_that_its_title_says(stated: str, untouched: Path) -> None:
    """As its rows are; where no title says one, a day without a year is asked about."""
    context, heads = context_of(untouched), ["接收单位", "材料", "数量", "发放日期"]
    row = ["荣华村", "M-02", 4, "6月5日"]
    one = dated_deliveries(context, f"2018年6月，填报时间：{stated}", heads, row)
    assert one.received_on == date(2018, 6, 26)
    assert not {"cell-date-unclear", "cell-not-date"} & {problem.code for problem in one.problems}
    asked = dated_deliveries(context, "填报时间：6月26日", heads, [*row[:3], "2018-06-05"])
    assert "cell-date-unclear" in {problem.code for problem in asked.problems}


def test_a_day_above_a_list_is_that_of_its_records(untouched: Path) -> None:
    """Under the name of the column that it lacks, once; that is said. The day of the return is none."""
    context, heads = context_of(untouched), ["接收单位", "材料", "数量"]
    one = dated_deliveries(
        context, "发放时间：2018年6月12日", heads, ["瓦房村", "12348宣传单", 4], [], ["荣华村", "M-02", 5]
    )
    assert {problem.code for problem in one.problems if problem.is_error} <= {"delivery-again"}
    assert [problem.details["day"] for problem in one.problems if problem.code == "day-above"] == ["2018-06-12"]
    assert {row["delivered_on"] for row in rows_of(one, "deliveries") if row["quantity"] in {"4", "5"}} == {
        "2018-06-12"
    }
    other = dated_deliveries(context, "填报日期：2018年6月12日", heads, ["瓦房村", "12348宣传单", 4])
    assert "column-missing" in {problem.code for problem in other.problems}


@pytest.mark.parametrize("is_below", [True, False])
def test_a_period_of_posting_around_a_list_is_told(is_below: bool, untouched: Path) -> None:
    """It is no day of each row that may have another on record, and is never lost without a word."""
    notice = ["公示期2018年6月20日至6月26日，如有异议请拨打12348。"]
    heads = ["村名", "姓名", "身份", "任职日期", "联系电话"]
    rows = [heads, ["荣华村", "李春花", "村委会主任", "2018-06-01", "0436-0000101"]]
    one = taken(context_of(untouched), sheet_of([*rows, [], notice] if is_below else [["联络员公示"], notice, *rows]))
    (told,) = of_code(one, "day-not-taken")
    assert (told.details["day"], told.details["said"]) == ("2018-06-20", "公示期2018年6月20日至6月26日")
    assert "2018-06-20" not in [row["posted_on"] for row in rows_of(one, "liaisons")]
