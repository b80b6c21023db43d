"""What may not be meant as it stands: rows that do not count, days before the campaign, columns of others."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of
from office_sheets import BODY, LOWER, PLAIN, UPPER, Cells, N
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.shared.problems import remedy, sentence
from site_builder.untrusted_files import UntrustedFile

PERSON: list[object] = ["荣华村", "李春花", "会计", "0436-0000101", "2018-06-01"]
HEADS: list[object] = ["村名", "姓名", "职务", "联系电话", "任职时间"]
ACTIVITIES: list[object] = ["活动时间", "活动地点", "活动形式", "活动主题", "参加人数"]
ACTIVITY: list[object] = ["2018-06-12", "瓦房镇集市", "集中宣传", "端午集市宣传", 180]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def accepted(context: CollectionContext, rows: Cells, row: str) -> CollectedReturn:
    """What comes of a sheet of which somebody says that a row is meant as it stands."""
    sheet = sheet_of(rows)
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet,))
    name, line = row.split("!")
    options = CollectOptions(county=COUNTY, accepted=frozenset({(name, int(line))}))
    (one,) = intake.take(file, context, options)
    return one


@pytest.mark.parametrize("head", ["备注", "说明", "序号"])
@pytest.mark.parametrize(
    "word",
    [
        "作废",
        "（此行作废）",
        "示例",
        "数据有误，待核实",
        "未开展",
        "重复，作废",
        "未发，存乡司法所",
        "路不通，未送到，下周再送",
    ],
)
def test_a_row_that_may_not_count_is_asked_about(head: str, word: str, context: CollectionContext) -> None:
    """Wherever beside it that is written; whoever knows that it counts can say so."""
    rows: Cells = [[*HEADS, head], [*PERSON, word], [*["瓦房村", "陈志高"], *PERSON[2:], N]]
    (found,) = of_code(taken(context, sheet_of(rows)), "row-annulled")
    assert (found.cell, found.is_error) == ("F2", True)
    assert word in sentence(found) and "--accept Sheet1!2" in remedy(found)
    assert of_code(accepted(context, rows, "Sheet1!2"), "row-annulled") == []


@pytest.mark.parametrize("word", ["因病待补选，暂由会计代管，请核实后答复", "村部已作废旧章", "贫困户", N])
def test_a_remark_that_says_more_or_something_else_annuls_nothing(word: object, context: CollectionContext) -> None:
    """It is no word of the row's own standing."""
    assert of_code(taken(context, sheet_of([[*HEADS, "备注"], [*PERSON, word]])), "row-annulled") == []


def test_only_what_stands_beside_what_is_taken_annuls(context: CollectionContext) -> None:
    """An event may be about what is reported twice."""
    rows: Cells = [ACTIVITIES, [*ACTIVITY[:3], "重复上报", 20]]
    assert errors(taken(context, sheet_of(rows))) == []


@pytest.mark.parametrize("word", ["因雨取消", "未开展", "活动取消", "因故延期举行"])
def test_an_event_that_was_not_held_is_asked_about(word: str, context: CollectionContext) -> None:
    """What should name it says so."""
    rows: Cells = [ACTIVITIES, [*ACTIVITY[:3], word, 0]]
    assert errors(taken(context, sheet_of(rows))) == [("row-annulled", "D2")]


@pytest.mark.parametrize("word", ["未发", "未发放", "尚未发放", "待发", "作废", "取消", "未悬挂", "未到货，下月补发"])
def test_what_was_not_delivered_is_asked_about(word: str, context: CollectionContext) -> None:
    """In any remark beside it, though nobody asked for remarks."""
    rows: Cells = [["村名", "材料", "数量", "发放日期", "备注"], ["荣华村", "M-02", 30, "2018-06-20", word]]
    assert errors(taken(context, sheet_of(rows))) == [("row-annulled", "E2")]


@pytest.mark.parametrize("word", ["未悬挂", "已发", "取消村收费讲座", "未成年人材料另发"])
def test_a_remark_of_something_else_stops_no_liaison(word: str, context: CollectionContext) -> None:
    """That a board does not hang yet is no word of the person beside it."""
    assert errors(taken(context, sheet_of([[*HEADS, "备注"], [*PERSON, word]]))) == []


def test_what_a_resident_says_was_not_done_is_no_word_of_the_row(context: CollectionContext) -> None:
    heads: list[object] = ["收到日期", "村名", "渠道", "种类", "意见内容"]
    rows: Cells = [heads, ["2018-06-08", "荣华村", "12348热线", "建议", "未发放"]]
    assert errors(taken(context, sheet_of(rows))) == []


@pytest.mark.parametrize(
    ("word", "is_asked"),
    [("无需求", True), ("暂无", True), ("本村没有法律援助需求", True), ("无变化", False), (N, False)],
)
def test_none_in_words_is_asked_about(word: object, is_asked: bool, context: CollectionContext) -> None:
    """The needs that the record has of the village would stay as they are, though the row says that it has none."""
    heads: list[object] = ["村名", "老年人·赡养费、抚养费、扶养费", "农民工·劳动报酬", "备注"]
    rows: Cells = [heads, ["荣华村", 2, 1, N], ["瓦房村", N, N, word]]
    asked = of_code(taken(context, sheet_of(rows)), "row-says-none")
    assert [each.cell for each in asked] == ["D3"] * is_asked


def test_a_day_before_the_campaign_is_asked_about(context: CollectionContext) -> None:
    """The year is mistyped, most likely: an error at the day, unless somebody says that it is that day."""
    early = ["2017-06-12", *ACTIVITY[1:]]
    assert errors(taken(context, sheet_of([ACTIVITIES, early]))) == [("day-before-campaign", "A2")]
    assert errors(taken(context, sheet_of([ACTIVITIES, ACTIVITY]))) == []
    one = accepted(context, [ACTIVITIES, early], "Sheet1!2")
    assert errors(one) == []
    assert "2017-06-12" in [each["held_on"] for each in rows_of(one, "activities")]


def test_terms_may_begin_before_the_campaign(context: CollectionContext) -> None:
    """Who was a village's accountant before became its liaison as such."""
    assert of_code(taken(context, sheet_of([HEADS, [*PERSON[:4], "2017-03-01"]])), "day-before-campaign") == []


@pytest.mark.parametrize("outer", ["原联络员", "包保单位", "驻村第一书记", "填表人"])
def test_columns_under_the_head_of_others_are_not_the_liaisons(outer: str, context: CollectionContext) -> None:
    """姓名 and 联系电话 under whoever was liaison before, or under who helps the village, are theirs."""
    rows: Cells = [
        ["村名", "联络员", N, N, N, outer, N],
        [N, "姓名", "职务", "联系电话", "任职时间", "姓名", "联系电话"],
        [*PERSON, "斯琴高娃", "0436-0000999"],
    ]
    merged = ((1, 1, 2, 1), (1, 2, 1, 5), (1, 6, 1, 7))
    one = taken(context, sheet_of(rows, merged))
    assert [code for code, _ in errors(one)] == []
    (now,) = [row for row in rows_of(one, "liaisons") if row["from_date"] == "2018-06-01"]
    assert (now["name"], now["work_phone"]) == ("李春花", "0436-0000101")


def test_key_and_value_in_one_cell_are_a_record(context: CollectionContext) -> None:
    """As people write on a phone; problems stand at the cells that were sent."""
    cells = [f"{head}：{value}" for head, value in zip(HEADS, PERSON, strict=True)]
    one, plain = taken(context, sheet_of([[each] for each in cells])), taken(context, sheet_of([HEADS, PERSON]))
    assert errors(one) == errors(plain) == []
    assert rows_of(one, "liaisons") == rows_of(plain, "liaisons")
    wrong = taken(context, sheet_of([*[[each] for each in cells[:4]], ["任职时间：3月5日"]]))
    assert errors(wrong) == [("cell-date-unclear", "A5")]


def test_the_same_keys_again_are_another_record(context: CollectionContext) -> None:
    """Each with what belongs to it."""
    other: list[object] = ["瓦房村", "陈志高", "会计", "0436-0000102", "2018-06-01"]
    rows = [[f"{head}:{value}" for head, value in zip(HEADS, each, strict=True)] for each in (PERSON, other)]
    names = {row["name"]: row["work_phone"] for row in rows_of(taken(context, sheet_of(rows)), "liaisons")}
    assert (names["李春花"], names["陈志高"]) == ("0436-0000101", "0436-0000102")


@pytest.mark.parametrize("rule", [["……", "……", "……"], ["/", "/", "--"], [N, "———", N]])
def test_a_line_of_dots_is_no_row(rule: list[object], context: CollectionContext) -> None:
    """What is drawn to show that a list ends there or goes on."""
    one, plain = (taken(context, sheet_of([HEADS, PERSON, *more])) for more in ([rule], []))
    assert errors(one) == errors(plain)
    assert rows_of(one, "liaisons") == rows_of(plain, "liaisons")


def test_a_table_of_townships_is_one_sentence(context: CollectionContext) -> None:
    """Its figures are of no village; beside a list of the villages it is the sum of that, and nothing to mend."""
    heads, row = ["乡镇", *PLAIN[0][2:]], ["瓦房镇", *PLAIN[1][2:]]
    (found,) = [problem for problem in taken(context, sheet_of([heads, row])).problems if problem.is_error]
    assert (found.code, found.details["range"][:2]) == ("region-without-villages", "A1")
    both = taken(context, sheet_of(PLAIN), sheet_of([heads, row], name="汇总"))
    assert of_code(both, "region-without-villages") == []


def test_the_same_list_under_two_lines_of_heads_may_say_its_unit(context: CollectionContext) -> None:
    """户 and 人 as heads below a group are the heads' words, not a unit of all."""
    assert of_code(taken(context, sheet_of([["单位：户、人"], UPPER, LOWER, *BODY])), "unit-other") == []
