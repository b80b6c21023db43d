"""Sheets and rows of which nothing is taken in: what is said of them is one thing, and says what to do."""

from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect import cover_data
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.cover_data import CoverData
from site_builder.shared.problems import remedy, sentence

SURVEY: list[object] = ["贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童"]
LIAISONS: list[object] = ["村名", "姓名", "身份", "任职日期", "工作电话", "备注"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def test_a_table_that_is_none_is_told_which_it_is_most_like(context: CollectionContext) -> None:
    """With what it lacks, and which of its heads that may be by what stands below it."""
    rows = [["何处", *SURVEY], ["荣华村", 21, 52, 12, 8, 3, 2, 1], ["瓦房村", 22, 53, 12, 8, 3, 2, 1]]
    (unclear,) = of_code(taken(context, sheet_of(rows)), "region-unclear")
    assert unclear.details["hint"].startswith("最像“摸底调查”，缺“村名”、“调查日期”")
    assert "栏“何处”是不是“村名”？" in unclear.details["hint"]


def test_what_is_like_no_form_is_said_to_be_like_none(context: CollectionContext) -> None:
    """A list of cars; two heads of many that a form happens to have."""
    below: list[list[object]] = [[], ["二、车辆"], ["车牌号码", "购置日期", "金额"], ["甲", "2018-01-02", 3000]]
    cars = taken(context, sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-03-05", None, None], *below]))
    heads: list[object] = ["甲", "乙", "丙", "丁", "开始日期", "结束日期", "戊", "备注"]
    other = taken(context, sheet_of([heads, ["一", "二", "三", "四", "2018-05-02", "2018-05-03", "五", "六"]]))
    assert [each.details["hint"] for one in (cars, other) for each in of_code(one, "region-unclear")] == ["", ""]


@pytest.mark.parametrize(
    ("name", "heads", "code"),
    [
        ("名册", ["序号", "姓名", "性别", "类别", "工作单位", "联系电话"], "sheet-of-names"),
        ("Sheet1", ["序号", "姓名", "性别", "执业机构"], "sheet-of-names"),
    ],
)
def test_a_sheet_of_what_a_county_does_not_report_is_told_for_what_it_is(
    name: str, heads: list[object], code: str, context: CollectionContext
) -> None:
    """By its name, or because it asks for persons and no village."""
    one = taken(context, sheet_of([heads, [1, *["甲乙丙"] * (len(heads) - 1)]], name=name))
    assert errors(one) == [(code, "")]


def test_a_sheet_of_stations_lets_the_others_through(context: CollectionContext) -> None:
    """It is told for what it is, with where it belongs; alone it is a return of nothing."""
    stations = sheet_of([["序号", "工作站名称", "设在单位"], [1, "法院工作站", "法院"]], name="工作站")
    beside = taken(context, stations, sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-06-20", None, None]]))
    (found,) = of_code(beside, "sheet-of-stations")
    assert (found.is_error, "content/data/stations" in remedy(found), errors(beside)) == (False, True, [])
    assert [code for code, _ in errors(taken(context, stations))] == ["return-empty"]


@pytest.mark.parametrize(("person", "code"), [("李春花", "sheet-ignored"), ("王二喜", "sheet-of-names")])
def test_a_list_in_which_phones_are_looked_up_is_left_aside(person: str, code: str, context: CollectionContext) -> None:
    """Nobody stands in it who is not reported; to delete it would break the formulas."""
    book = sheet_of([["姓名", "电话"], [person, "0436-0000101"]], name="电话本")
    one = taken(context, sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-03-05", None, None]]), book)
    assert [problem.code for problem in one.problems if problem.sheet == "电话本"] == [code]


@pytest.mark.parametrize(("name", "code"), [("签到表", "sheet-of-signatures"), ("填表说明", "sheet-ignored")])
def test_who_signed_and_how_to_fill_in_stop_nothing(name: str, code: str, context: CollectionContext) -> None:
    """Beside a list that is taken in, or one that is not."""
    beside = sheet_of([["序号", "姓名", "单位", "联系电话", "签字"], [1, "李春花", "瓦房镇", "", ""]], name=name)
    whole = sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-03-05", None, None]])
    unclear = sheet_of([["何处", *SURVEY], ["荣华村", 21, 52, 12, 8, 3, 2, 1]])
    for sheet in (whole, unclear):
        (found,) = (each for each in taken(context, sheet, beside).problems if each.sheet == name)
        assert (found.code, found.is_error) == (code, False)


def test_a_list_of_trainings_is_asked_once_for_their_kind(context: CollectionContext) -> None:
    """All else of it is known."""
    heads: list[object] = ["序号", "培训时间", "培训地点", "培训主题", "参训人数", "发放资料（份）"]
    one = taken(context, sheet_of([heads, [1, "2018-05-10", "瓦房镇政府", "联络员培训", 41, 40]]))
    (asked,) = of_code(one, "column-missing")
    assert (asked.details["title"], "可以填的是集中宣传、服务团进村" in sentence(asked)) == ("种类", True)
    assert not of_code(one, "region-unclear")


def test_a_row_whose_cells_slipped_by_one_is_one_error(context: CollectionContext) -> None:
    """To the right of an empty cell, or to the left of one left out; nothing of it is taken in."""
    right: list[object] = ["荣华村", None, "李春花", "村会计", "2018-03-05", "0436-0000101"]
    left: list[object] = ["瓦房村", "村会计", "2018-03-05", "0436-0000101", None, None]
    one = taken(context, sheet_of([LIAISONS, right, left]))
    assert errors(one) == [("row-shifted", "B2"), ("row-shifted", "B3")]


def test_a_row_with_a_wrong_cell_is_not_said_to_have_slipped(context: CollectionContext) -> None:
    """What is wrong in its own place is said of its own cell."""
    row: list[object] = ["荣华村", "李春花", "调研员某", "2018-03-05", "0436-0000101", None]
    found = errors(taken(context, sheet_of([LIAISONS, row])))
    assert ("cell-choice", "C2") in found
    assert not any(code == "row-shifted" for code, _ in found)


@pytest.mark.parametrize(("head", "is_asked"), [("养蜂（户）", True), ("总户数", False), ("备注二", False)])
def test_numbers_with_a_unit_are_never_dropped_as_needless(
    head: str, is_asked: bool, context: CollectionContext
) -> None:
    """In any list: asked about, unless no form surely asks for them."""
    heads: list[object] = ["村名", "调查日期", *SURVEY, "询问热线人数", "知道热线人数", "调查人", head]
    row: list[object] = ["瓦房村", "2018-06-20", 21, 52, 12, 8, 3, 2, 1, 30, 20, "张三丰", 12]
    one = taken(context, sheet_of([heads, row]))
    assert [each.details["head"] for each in of_code(one, "column-figures")] == [head] * is_asked


@pytest.mark.parametrize(
    ("heads", "code", "said"),
    [
        (("养蜂（户）", "养蚕（户）"), "column-figures", "“养蜂（户）”（M1）、“养蚕（户）”（N1）"),
        ((None, None), "column-headless", "M2、N2"),
        (("身份证号", "家庭住址"), "column-personal", "“身份证号”（M1）、“家庭住址”（N1）"),
    ],
)
def test_columns_of_one_fault_are_one_sentence(
    heads: tuple[object, object], code: str, said: str, context: CollectionContext
) -> None:
    """It names them all."""
    first: list[object] = ["村名", "调查日期", *SURVEY, "询问热线人数", "知道热线人数", "调查人", *heads]
    row: list[object] = ["瓦房村", "2018-06-20", 21, 52, 12, 8, 3, 2, 1, 30, 20, "张三丰", 12, 13]
    (asked,) = of_code(taken(context, sheet_of([first, row])), code)
    assert said in sentence(asked)


def test_all_columns_that_a_table_lacks_are_one_sentence(context: CollectionContext) -> None:
    """Each with what it is for; of a second table below the first apart."""
    survey: list[list[object]] = [["村名", "调查日期", *SURVEY[:5]], ["瓦房村", "2018-06-20", 21, 52, 12, 8, 3]]
    persons: list[list[object]] = [["村名", "姓名", "工作电话"], ["荣华村", "李春花", None], ["瓦房村", "陈志高", None]]
    found = of_code(taken(context, sheet_of([*survey, [], *persons])), "column-missing")
    assert [one.details["title"] for one in found] == [
        "留守妇女”、“留守儿童”、“询问热线人数”、“知道热线人数",
        "身份”、“任职日期",
    ]


@pytest.mark.parametrize(
    ("village", "is_told"), [("荣华村、瓦房村", True), ("荣华村和瓦房村", True), ("荣花寸", False), ("和平寸", False)]
)
def test_villages_in_one_cell_are_asked_for_row_by_row(village: str, is_told: bool, context: CollectionContext) -> None:
    """That is what to do, not that the list lacks such a village."""
    row: list[object] = [village, "李春花", "村会计", "2018-06-20", None, None]
    (asked,) = of_code(taken(context, sheet_of([LIAISONS, row])), "village-not-found")
    assert ("一个村写一行" in sentence(asked)) is is_told


def test_a_list_of_one_township_lacks_none_of_another(context: CollectionContext) -> None:
    """Its title names the township."""
    rows: list[list[object]] = [
        ["瓦房镇联络员名单"],
        LIAISONS,
        ["荣华村", "李春花", "村会计", "2018-03-05", None, None],
    ]
    missing = of_code(taken(context, sheet_of(rows)), "villages-missing")
    assert all(village.startswith("瓦房镇") for each in missing for village in each.details["villages"].split("、"))


def test_needs_in_words_are_one_sentence(context: CollectionContext) -> None:
    """Several needs with their numbers in one cell: each of them needs a place of its own."""
    service = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    heads = ["1、您所在的村", "2、本村建档立卡户数", "3、农民工需要帮助的事项", "4、老年人需要帮助的事项", "5、填表人"]
    rows = [
        ["瓦房镇荣华村", "21", "劳动报酬3人、土地承包1人", "赡养费2人", "张某"],
        ["瓦房村", "18", "劳动报酬2人", "", "李某"],
    ]
    sent = ("2018/6/20 9:00:00", "80秒", "微信", "N/A", "1.1.1.1")
    one = taken(context, sheet_of([[*service, *heads], *([n, *sent, *row] for n, row in enumerate(rows, 1))]))
    (asked,) = of_code(one, "region-unclear")
    assert "I2“劳动报酬3人、土地承包1人”" in sentence(asked)
    assert len(errors(one)) == 1


@pytest.mark.parametrize("head", ["服务人数", "咨询人数", "听众人数", "受益人数"])
def test_who_was_served_is_who_was_reached(head: str, context: CollectionContext) -> None:
    """By the words for it of each kind of event."""
    heads = ["活动时间", "活动地点", "活动形式", "活动主题", head]
    one = taken(context, sheet_of([heads, ["2018.6.12", "瓦房镇集市", "集中宣传", "端午集市宣传", 180]]))
    assert errors(one) == []
    assert [row["people_reached"] for row in rows_of(one, "activities") if row["title"] == "端午集市宣传"] == ["180"]


def test_other_numbers_of_an_event_are_asked_about(context: CollectionContext) -> None:
    """They may be who was there, or what was given: none is called needless."""
    heads = ["活动时间", "活动地点", "活动形式", "活动主题", "参加人数", "发出物品"]
    one = taken(context, sheet_of([heads, ["2018.6.12", "瓦房镇集市", "集中宣传", "端午集市宣传", 180, 90]]))
    assert [cell for _, cell in errors(one)] == ["F1"]


@pytest.mark.parametrize(("head", "taken_as"), [("同意公布", "true"), ("是否同意公开", "true"), ("本人同意", "")])
def test_a_consent_beside_a_phone_is_taken_or_asked_about(head: str, taken_as: str, context: CollectionContext) -> None:
    """It is never called needless; without a word of what to, it is asked."""
    heads = ["村名", "姓名", "身份", "任职日期", "联系电话", head]
    one = taken(context, sheet_of([heads, ["荣华村", "李春花", "村委会主任", "2018-06-01", "0436-0000101", "是"]]))
    found = [row["phone_consent"] for row in rows_of(one, "liaisons") if row["name"] == "李春花"]
    assert (found, [code for code, _ in errors(one)]) == ([taken_as], [] if taken_as else ["column-likely"])


@pytest.mark.parametrize("line", [["村负责人：", None, "调查人：沈翠花"], ["经办人：李某", "电话：0436-0000101"]])
def test_who_signs_under_the_sums_is_no_row(line: list[object], context: CollectionContext) -> None:
    """Labels of those who sign, with a name behind them or none."""
    heads: list[object] = ["事项", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童", "合计"]
    body = [["劳动报酬", 6, None, None, None, None, 6], ["土地承包", 1, 2, None, None, None, 3]]
    rows: list[list[object]] = [
        ["法律援助需求调查表"],
        ["村名：瓦房镇荣华村"],
        heads,
        *body,
        ["合计", 7, 2, 0, 0, 0, 9],
        line,
    ]
    assert errors(taken(context, sheet_of(rows, name="荣华村"))) == []


def test_remarks_in_the_last_column_of_a_turned_list_are_no_village(context: CollectionContext) -> None:
    """They are a note, as they are below a list."""
    rows: list[list[object]] = [["村名", "荣华村", "备注"], ["姓名", "李春花", None], ["身份", "村委会主任", None]]
    rows += [["联系电话", "0436-0000101", None], ["任职日期", "2018-06-01", "6月1日换人"]]
    assert errors(taken(context, sheet_of(rows))) == []


def test_leaflets_by_the_groups_that_they_are_for_are_no_survey(context: CollectionContext) -> None:
    """Under 宣传单, in a list of what was handed out, 农民工 counts leaflets."""
    heads: list[list[object]] = [
        ["村名", "宣传单（份）", None, None, "发放时间"],
        [None, "农民工", "老年人", "残疾人", None],
    ]
    rows: list[list[object]] = [["宣传资料发放统计表"], *heads, ["荣华村", 60, 50, 40, "2018-06-26"]]
    codes = {code for code, _ in errors(taken(context, sheet_of(rows, ((2, 2, 2, 4),), name="发放")))}
    assert codes == {"column-choice-unclear"}


def test_days_without_a_year_are_of_the_year_of_the_title(context: CollectionContext) -> None:
    """However they are written: with points, or with the part of the day."""
    heads = ["活动时间", "活动地点", "活动形式", "活动主题", "参加人数"]
    rows = [["6.12", "瓦房镇集市", "集中宣传", "集市宣传", 180], ["6月8日上午", "瓦房镇集市", "集中宣传", "又一次", 90]]
    one = taken(context, sheet_of([["2018年活动台账"], heads, *rows]))
    assert errors(one) == []
    assert {"2018-06-12", "2018-06-08"} <= {row["held_on"] for row in rows_of(one, "activities")}


def test_days_without_a_year_are_of_the_year_of_the_file_s_name() -> None:
    """Where no title says it; of two years, none."""
    says = CoverData()
    assert cover_data.year_said("2018年6月活动.xlsx", says, [], 2018) == 2018
    assert cover_data.year_said("2017年和2018年活动.xlsx", says, [], 2018) == 0


@pytest.mark.parametrize("head", ["办理情况", "处理情况", "落实情况"])
def test_what_was_done_about_feedback_is_not_lost(head: str, context: CollectionContext) -> None:
    """The form's reply is not there, and this may be it."""
    heads: list[object] = ["收到日期", "村名", "渠道", "类型", "意见内容", head]
    row: list[object] = ["2018-06-08", "荣华村", "联络员转达", "建议", "希望晚上也有人接电话", "已请省里调整值班时间"]
    one = taken(context, sheet_of([heads, row]))
    (asked,) = of_code(one, "column-likely")
    assert f'--column "{head}=答复内容"' in sentence(asked)
