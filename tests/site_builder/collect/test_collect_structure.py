"""A sheet is understood before its cells: however it is laid out, and what is unclear is one diagnosis."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of
from office_sheets import (
    BODY,
    CHEN,
    HEADS,
    LIAISONS,
    LIU,
    LOWER,
    NEEDS,
    ONE,
    PERSON,
    PLAIN,
    SECOND,
    SURVEYS,
    TOTAL,
    TOWN,
    UPPER,
    VILLAGE,
    Cells,
    Merged,
    N,
    Shape,
    turned,
)

from site_builder import county_feedback
from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.structure import lines, tables
from site_builder.shared.problems import Problem, sentence
from site_builder.untrusted_files import Sheet, UntrustedFile

SURVEY_PLAIN = Shape(rows=PLAIN)


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def sheet_of(rows: Cells, merged: Merged = (), name: str = "Sheet1") -> Sheet:
    return Sheet(name=name, rows=[list(row) for row in rows], merged=merged)  # type: ignore[arg-type]


def taken(context: CollectionContext, *sheets: Sheet) -> CollectedReturn:
    """What a file of these sheets brings."""
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=sheets)
    (one,) = intake.take(file, context, CollectOptions(county=COUNTY))
    return one


def shaped(context: CollectionContext, shape: Shape) -> CollectedReturn:
    return taken(context, sheet_of(shape.rows, shape.merged, shape.name))


def errors(one: CollectedReturn) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in one.problems if problem.is_error]


def of_code(one: CollectedReturn, code: str) -> list[Problem]:
    return [problem for problem in one.problems if problem.code == code]


@pytest.mark.parametrize(
    ("table", "shape", "same_as"),
    [
        *[("village_surveys", shape, SURVEY_PLAIN) for shape in SURVEYS.values()],
        *[("needs", shape, NEEDS["matters under groups"]) for shape in NEEDS.values()],
        *[("liaisons", shape, LIAISONS["a list"]) for shape in LIAISONS.values()],
    ],
    ids=[f"{name}" for shapes in (SURVEYS, NEEDS, LIAISONS) for name in shapes],
)
def test_however_it_is_laid_out_the_same_is_read(
    table: str, shape: Shape, same_as: Shape, context: CollectionContext
) -> None:
    """Each shape leaves the record as the plain list does, with no error that the list has not."""
    plain, one = shaped(context, same_as), shaped(context, shape)
    assert rows_of(one, table) == rows_of(plain, table)
    assert plain.counts[table][0] > 1
    assert {code for code, _ in errors(one)} <= {code for code, _ in errors(plain)}
    assert of_code(one, "sum-differs") == []


def test_two_forms_in_one_sheet_are_each_read(context: CollectionContext) -> None:
    """Below one another, with titles, or side by side with an empty column between."""
    people: Cells = [["村名", *PERSON], [VILLAGE, *CHEN]]
    below = sheet_of([["一、摸底调查"], *PLAIN, [], ["二、联络员名单"], *people])
    aside = sheet_of([[*one, N, *other] for one, other in zip(PLAIN, [*people, []], strict=True)])
    for sheet in (below, aside):
        one = taken(context, sheet)
        assert {name: count[0] for name, count in one.counts.items()} == {"village_surveys": 2, "liaisons": 1}
        assert not {code for code, _ in errors(one)} & {"column-headless", "column-repeated", "cell-not-number"}


WRONG: list[tuple[str, Cells, str, str]] = [
    ("a total", [*PLAIN, ["合计", N, N, 32, *TOTAL[2:]]], "D4", "D4写的是32，加起来是31"),
    ("of a township", [PLAIN[0], ["瓦房镇小计", N, N, 31, 80], *BODY], "E2", "E2写的是80，加起来是81"),
    (
        "of the rows above",
        [*PLAIN[:2], ["小计", N, N, 20], BODY[1], ["合计", N, *TOTAL]],
        "D3",
        "D3写的是20，加起来是21",
    ),
    ("of villages", [*PLAIN, ["共计3个村"]], "A4", "A4写的是3，加起来是2"),
    ("of a record in each column", turned([*PLAIN, ["合计", N, N, 32]]), "D4", "D4写的是32，加起来是31"),
    ("with units", [*PLAIN, ["合计", N, N, "32户"]], "D4", "D4写的是32，加起来是31"),
]


@pytest.mark.parametrize(("rows", "cell", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_sum_that_disagrees_is_named_with_both_numbers(
    rows: Cells, cell: str, said: str, context: CollectionContext
) -> None:
    """One warning for each line of sums; the rows are taken all the same."""
    one = taken(context, sheet_of(rows))
    (found,) = of_code(one, "sum-differs")
    assert found.cell == cell
    assert said in sentence(found)
    assert one.counts["village_surveys"][0] == 2


CAR: Cells = [["车牌号码", "购置日期", "金额"], ["吉A1", "2018-01-02", 3000], ["吉A2", "2018-01-03", 4000]]
SHORT: Cells = [["村代码", "农民工", "老年人", "残疾人"], ["220881100201", 1, 2, 3]]
UNCLEAR: list[tuple[str, Sheet, str, str]] = [
    ("a strange table below", sheet_of([*PLAIN, [], ["二、车辆"], *CAR]), "region-unclear", "A5:C8"),
    ("a strange table above", sheet_of([*CAR, [], *PLAIN]), "region-unclear", "A1:C3"),
    ("no village", sheet_of([["联络员姓名", "职务", "联系电话"], ["甲", "会计", "1"]]), "region-unclear", "A1:C2"),
    ("needs with groups alone", sheet_of(SHORT, name="法律援助需求"), "sheet-form-unclear", "A1:D1"),
]


@pytest.mark.parametrize(("sheet", "code", "where"), [row[1:] for row in UNCLEAR], ids=[row[0] for row in UNCLEAR])
def test_what_is_not_plain_is_one_diagnosis_with_its_range(
    sheet: Sheet, code: str, where: str, context: CollectionContext
) -> None:
    """And nothing of the region is read as if it were plain."""
    one = taken(context, sheet)
    assert [found for found, _ in errors(one) if found != "needs-above-group"] == [code]
    assert sentence(of_code(one, code)[0]).count(where) == 1


def test_halves_of_a_count_are_not_the_count(context: CollectionContext) -> None:
    """Men and women under one group: the group's own number is asked for, once, and neither half is taken for it."""
    rows: list[list[object]] = [
        ["村名", "调查日期", "贫困户数", "贫困人口", "农民工", N, *HEADS[4:]],
        [N, N, N, N, "男", "女"],
        [VILLAGE, "2018-06-10", 21, 51, 7, 5, *BODY[0][6:]],
    ]
    one = taken(context, sheet_of(rows, ((1, 5, 1, 6),)))
    assert errors(one)[:1] == [("column-missing", "")]
    rows[1][4:6], rows[2][4:6] = ["小计", "男"], [12, 7]
    whole = taken(context, sheet_of(rows, ((1, 5, 1, 6),)))
    assert "column-missing" not in dict(errors(whole))


def test_problems_of_a_turned_sheet_stand_at_the_cells_that_were_sent(context: CollectionContext) -> None:
    """A wrong number in the second village's column is named there."""
    rows = turned(PLAIN)
    rows[3][2] = "很多"
    assert ("cell-not-number", "C4") in errors(taken(context, sheet_of(rows)))
    pairs: Cells = [["村名", VILLAGE, "姓名", "待定"], ["职务", "村会计", "任职日期", "去年"]]
    assert ("cell-not-date", "D2") in errors(taken(context, sheet_of(pairs)))


def test_a_phone_number_in_a_turned_sheet_is_asked_for(context: CollectionContext) -> None:
    """It is no personal number out of place where its key asks for it."""
    rows = [
        ["村名", VILLAGE],
        ["姓名", "陈志高"],
        ["联系电话", "13900000000"],
        ["任职日期", "2018-06-01"],
        ["职务", "村会计"],
    ]
    assert "personal-mobile" not in dict(errors(taken(context, sheet_of(rows))))


def test_our_own_form_is_plain_and_nothing_is_said_of_it(context: CollectionContext) -> None:
    """No description and no colour for a list with one line of heads."""
    assert list(county_feedback.descriptions(taken(context, sheet_of(PLAIN)).tables)) == []


def test_what_was_understood_is_said_by_range(context: CollectionContext) -> None:
    """Title, heads, rows, sums and notes, each with where it stands."""
    rows: Cells = [["摸底调查表"], UPPER, LOWER, *BODY, ["合计", N, *TOTAL], ["注：截至6月20日"]]
    (said,) = county_feedback.descriptions(taken(context, sheet_of(rows, name="表一")).tables)
    for part in ("“表一”", "标题A1:L1", "栏目名A2:L3", "收的行A4:L5", "A6:L6", "A7:L7"):
        assert part in said


@pytest.mark.parametrize("row", [["村名", "姓名", "身份"], ["荣华村", "村名", "姓名"], ["合计"], ["注：无"]])
def test_a_long_sheet_of_anything_is_understood_in_one_pass(row: list[object], context: CollectionContext) -> None:
    """Thousands of heads, sums or notes make no more work for each than a row does."""
    rows: Cells = [["村名", *PERSON], *[row] * 20_000]
    understood = tables.understand("报表.xlsx", sheet_of(rows), context.forms)
    assert len(understood.tables) <= 2


def test_a_village_that_has_a_name_like_a_sum_is_a_row(context: CollectionContext) -> None:
    """Only a cell that says nothing else is a sum's."""
    one = taken(context, sheet_of([PLAIN[0], ["瓦房镇", "总计村", *BODY[0][2:]]]))
    assert ("village-not-found", "B2") in errors(one)


@pytest.mark.parametrize(
    "above", ["填报时间：2018年6月28日        单位：人", "单位：户、人", "洮南市司法局  2018年6月20日", "（上半年）"]
)
def test_a_line_of_who_and_when_is_part_of_no_head(above: str, context: CollectionContext) -> None:
    """Unmerged over the first column, it neither names an unknown one nor takes the place of a line of heads."""
    rows: Cells = [["瓦房镇摸底调查表"], [above], [*UPPER, "是否低保"], LOWER, *[[*row, "是"] for row in BODY]]
    down = [(3, place, 4, place) for place in (1, 2, 3, 13)]
    merged = ((1, 1, 1, 13), *down, (3, 4, 3, 5), (3, 6, 3, 10), (3, 11, 3, 12))
    one, plain = taken(context, sheet_of(rows, merged)), taken(context, sheet_of(PLAIN))
    assert [code for code, _ in errors(one)] == [code for code, _ in errors(plain)]
    assert [problem.details["head"] for problem in of_code(one, "column-ignored")] == ["是否低保"]
    assert rows_of(one, "village_surveys") == rows_of(plain, "village_surveys")


def test_an_unknown_head_among_those_a_form_is_spread_over_is_an_error(context: CollectionContext) -> None:
    """Left out, its column would empty what the record has: it is asked about, whatever stands beside it."""
    heads = ["村名", "群体", "劳动报酬", "社保和低保", "土地承包经营权", "征收补偿", "合计", "备注"]
    one = taken(context, sheet_of([heads, [VILLAGE, "农民工", 2, 1, 1, 1, 5, "无"]]))
    assert errors(one)[:1] == [("column-choice-unclear", "D1")]
    (asked,) = of_code(one, "column-choice-unclear")
    assert "“社保和低保”（D1，是不是“社会保险、最低生活保障”？）" in sentence(asked)
    assert "“征收补偿”（F1，是不是“承包地征收补偿”？）" in sentence(asked)
    two_lines: Cells = [[N, "残疾人", N, N], ["村名", "劳动报酬", "甲项", "见义勇为"], [VILLAGE, 1, 1, 1]]
    (unlike,) = of_code(taken(context, sheet_of(two_lines, ((1, 2, 1, 4),))), "column-choice-unclear")
    assert (unlike.cell, unlike.details["head"], unlike.details["hint"]) == ("C2", "残疾人·甲项", "")


def test_under_two_heads_the_nearest_says_what_is_asked(context: CollectionContext) -> None:
    """What stands over all of a table is like no choice."""
    three: Cells = [
        [N, "有需求的人数", N, N],
        [N, "残疾人", N, N],
        ["村名", "劳动报酬", "社保和低保金", "见义勇为"],
        [VILLAGE, 1, 1, 1],
    ]
    (asked,) = of_code(taken(context, sheet_of(three, ((1, 2, 1, 4), (2, 2, 2, 4)))), "column-choice-unclear")
    assert "是不是“社会保险、最低生活保障”" in sentence(asked)


@pytest.mark.parametrize(
    ("lacks", "head", "cell", "hint"),
    [
        ("询问热线人数", "热线问卷人数", 30, "是不是“询问热线人数”"),
        ("询问热线人数", "热线问卷人数", "张三", ""),
        ("调查人", "调查人数", 30, ""),
        ("调查人", "同去调查人", "张三", "是不是“调查人”"),
    ],
)
def test_what_is_asked_of_a_head_fits_what_stands_below_it(
    lacks: str, head: str, cell: object, hint: str, context: CollectionContext
) -> None:
    """A number is no person, a person no number: what cannot be meant is not offered."""
    place = HEADS.index(lacks) if lacks in HEADS else None
    heads = [each for each in HEADS if each != lacks]
    cells = [value for at, value in enumerate(ONE) if at != place]
    one = taken(context, sheet_of([["村名", *heads, head], [VILLAGE, *cells, cell]]))
    said = [*of_code(one, "column-missing"), *of_code(one, "column-ignored"), *of_code(one, "column-likely")]
    hints = [each.details["hint"] for each in said if each.details["hint"]]
    assert [hint in each for each in hints] == [True] * bool(hint)


def test_a_column_that_hardly_means_anything_but_one_that_is_not_there_is_asked_about(
    context: CollectionContext,
) -> None:
    """What it holds is not lost with a word that nothing need be done; a bracket that only explains is understood."""
    rows: Cells = [["村名", *HEADS, "同去调查人"], [VILLAGE, *ONE, "张三"]]
    assert ("column-likely", "L1") in errors(taken(context, sheet_of(rows)))
    survey: Cells = [["村名", *["务工人员" if head == "农民工" else head for head in HEADS]], [VILLAGE, *ONE]]
    (missing,) = of_code(taken(context, sheet_of(survey)), "column-missing")
    assert "“务工人员”是不是“农民工”" in missing.details["hint"]
    window: Cells = [["窗口名称", "地址", "经度（东经）"], ["样例窗口", "团结路1号", 122.8]]
    assert not of_code(taken(context, sheet_of(window)), "column-ignored")


def test_a_window_without_all_that_is_asked_is_known_by_what_is_there(context: CollectionContext) -> None:
    """In two columns with five lines: what is missing is named, not the whole list refused as unknown."""
    keys = {"窗口名称": "样例窗口", "地 址": "团结路1号", "服务电话": "0436-0000003", "启用日期": "2018-03-26"}
    one = taken(context, sheet_of([["窗口基本情况表"], ["某中心", "填报日期：2018年6月26日"], *keys.items()]))
    assert {problem.code for problem in one.problems if problem.is_error} == {"column-missing", "window-other"}


@pytest.mark.parametrize(
    "foot",
    [
        [["某县司法局（印章）"], ["2018年6月28日"]],
        [["某县司法局", N, "2018年6月28日"]],
        [["二〇一八年六月二十八日"]],
    ],
)
def test_a_letter_ends_below_its_table_with_who_signs_it(foot: Cells, context: CollectionContext) -> None:
    """An office and a day are no record; with a village in their line they are."""
    lines_below = [[N, N, N, N, *row] for row in foot]
    one = taken(context, sheet_of([*PLAIN, ["特此报告。"], *lines_below, ["（联系人：高明  电话：0436-0000001）"]]))
    assert one.counts["village_surveys"][0] == 2
    assert errors(one) == errors(taken(context, sheet_of(PLAIN)))
    assert errors(taken(context, sheet_of([*PLAIN, [N, "桃源村", *foot[0]]])))


def test_a_part_is_never_offered_for_the_whole(context: CollectionContext) -> None:
    """老年人 told by sex is to be put together; a notice of a list is no consent of a person."""
    upper = ["村名", "调查日期", "贫困户数", "贫困人口", "农民工", "老年人", N, *HEADS[5:]]
    lower = [*[N] * 5, "男", "女", *[N] * 5]
    row = [VILLAGE, *ONE[:4], 7, 8, *ONE[5:]]
    down = [(1, place, 2, place) for place in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)]
    one = taken(context, sheet_of([upper, lower, row], (*down, (1, 6, 1, 7))))
    (missing,) = of_code(one, "column-missing")
    assert missing.details["hint"] == "“老年人”分了男、女，请合成一栏，栏目名写“老年人”。"
    assert {problem.details["hint"] for problem in of_code(one, "column-ignored")} == {missing.details["hint"]}
    heads = ["村名", "姓名", "身份", "工作电话", "任职日期", "是否公示"]
    person = [VILLAGE, "李春花", "会计", "0436-0000101", "2018-06-01", "是"]
    (notice,) = of_code(taken(context, sheet_of([heads, person])), "column-ignored")
    assert not notice.details["hint"]


def test_sums_beside_the_rows_are_compared(context: CollectionContext) -> None:
    """A column called a sum is what its row comes to, of all or of a group: what differs is told with both numbers."""
    heads = ["村名", "群体", "劳动报酬", "土地承包经营权", "见义勇为", "国家赔偿", "合计"]
    rows: Cells = [heads, [VILLAGE, "农民工", 2, 1, N, N, 3], [VILLAGE, "残疾人", 4, N, N, N, 5]]
    (differs,) = of_code(taken(context, sheet_of(rows)), "row-sum-differs")
    assert differs.cell == "G3"
    assert "G3写的是5，加起来是4" in sentence(differs)
    upper = ["村名", "农民工", N, N, "残疾人", N, N]
    lower = [N, "劳动报酬", "见义勇为", "小计", "劳动报酬", "见义勇为", "小计"]
    merged = ((1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7))
    agreeing = taken(context, sheet_of([upper, lower, [VILLAGE, 1, 2, 3, 4, 5, 9]], merged))
    assert of_code(agreeing, "row-sum-differs") == []
    one = taken(context, sheet_of([upper, lower, [VILLAGE, 1, 2, 3, 4, 5, 8]], merged))
    assert [problem.details["cells"] for problem in of_code(one, "row-sum-differs")] == ["G3写的是8，加起来是9"]
    for_several: Cells = [heads, [VILLAGE, "农民工", 2, 1, N, N, 7], [N, "残疾人", 4, N, N, N, N]]
    assert of_code(taken(context, sheet_of(for_several, ((2, 7, 3, 7), (2, 1, 3, 1)))), "row-sum-differs") == []


@pytest.mark.parametrize(("name", "title"), [("大赉乡", "联络员名单"), ("Sheet1", "大赉乡法律援助联络员名单")])
def test_a_village_of_another_township_than_its_sheets(name: str, title: str, context: CollectionContext) -> None:
    """It is told at the village's cell with both townships; a village written with its township is meant."""
    rows: Cells = [[title], ["村名", "姓名", "任职日期"], [VILLAGE, CHEN[0], "2018-06-01"]]
    (differs,) = of_code(taken(context, sheet_of(rows, name=name)), "village-township-differs")
    assert (differs.cell, differs.is_error) == ("A3", False)
    assert "大赉乡" in sentence(differs) and TOWN in sentence(differs)
    whole: Cells = [*rows[:2], [TOWN + VILLAGE, CHEN[0], "2018-06-01"]]
    own: Cells = [[title, TOWN], *rows[1:]]
    for meant in (whole, own):
        assert of_code(taken(context, sheet_of(meant, name=name)), "village-township-differs") == []


SIGNED: dict[str, Cells] = {
    "in one cell": [["填表人：张某　审核人：李某　日期：2018年6月20日　盖章"]],
    "as it is printed, not filled in": [["填表人：____　审核人：____　日期：____　盖章："]],
    "a label and its answer in a cell each": [["填表人：张某", N, "审核人：李某", N, "日期：2018-06-20", N, "盖章："]],
    "labels and answers in cells of their own": [
        ["填表人：", "张某", N, "审核人：", "李某", "日期：", "2018-06-20", "盖章："]
    ],
    "labels without colons": [["填表人", "张某", N, "审核人", "李某", "日期", "2018-06-20", "盖章"]],
    "in the midst of the line": [[N, N, "填 表 人", "张某", "审 核 人", "李某"]],
    "one below the other, after an empty line": [
        [],
        ["填表人", "张某"],
        ["审核人", "李某"],
        ["日期", "2018-06-20", "盖章"],
    ],
    "open labels with somebody's office": [["乡镇负责人签字：", N, N, "报送人："]],
    "an office's signature, given": [["乡镇负责人签字：张某", N, "2018-06-20"]],
    "labels, who signs last": [["主任：", N, N, "经办人："]],
    "nothing but labels": [[], ["填表人", N, "审核人", N, "填表日期", N, "联系电话", N, "（盖章）"]],
}


@pytest.mark.parametrize("shape", ["surveys", "liaisons", "our own form"])
@pytest.mark.parametrize("signed", SIGNED.values(), ids=SIGNED)
def test_who_signs_below_a_table_is_a_note_and_no_row(shape: str, signed: Cells, context: CollectionContext) -> None:
    """What ends the paper form, typed below a table however it is laid out, changes nothing of what is read."""
    form = context.forms.forms["liaisons"]
    columns = [column.field.name for column in form.columns]
    row = {"village_code": "220881100201", "name": "李春花", "role": "村委会主任", "from_date": "2018-06-01"}
    ours: Cells = [[column.title for column in form.columns], [row.get(field) for field in columns]]
    people: Cells = [["村名", *PERSON], [VILLAGE, *CHEN]]
    rows, name = {
        "surveys": (PLAIN, "Sheet1"),
        "liaisons": (people, "Sheet1"),
        "our own form": (ours, form.sheet),
    }[shape]
    plain, one = (taken(context, sheet_of([*rows, *below], name=name)) for below in ((), signed))
    assert errors(one) == errors(plain)
    assert rows_of_drafts(one) == rows_of_drafts(plain)
    (table,) = one.tables
    assert table.count == plain.tables[0].count
    assert [area.kind for area in table.areas][-1] == "note"


def rows_of_drafts(one: CollectedReturn) -> dict[str, bytes]:
    return {path: content for path, content in one.drafts.items() if "submissions" not in path}


def test_units_that_heads_are_merged_over_are_part_of_the_heads(context: CollectionContext) -> None:
    """They are no line that explains, and no merge of heads is an error."""
    one = shaped(context, SURVEYS["heads merged over the line of units"])
    assert [(area.kind, area.first[0], area.last[0]) for area in one.tables[0].areas] == [
        ("heads", 1, 3),
        ("rows", 4, 5),
    ]
    assert not of_code(one, "cell-merged") + of_code(one, "row-skipped")


@pytest.mark.parametrize("counted", ["需要人数", "户数"])
def test_a_list_under_plain_heads_is_never_read_the_other_way_round(counted: str, context: CollectionContext) -> None:
    """Its groups are heads of a survey; what is unknown among its own heads is asked for, and nothing else."""
    heads = ["序号", "乡（镇）", "村", "困难群体", "法律援助事项", counted]
    groups = ["农民工", "老年人", "残疾人", "留守妇女"]
    rows: Cells = [[at, TOWN, VILLAGE, group, "低保", 1] for at, group in enumerate(groups, start=1)]
    one = taken(context, sheet_of([["登记表"], heads, *rows]))
    assert [table.header.form.table.name for table in one.tables] == ["needs"]
    assert one.tables[0].count == len(rows)
    assert {code for code, _ in errors(one)} <= {"needs-above-group", "column-missing"}
    assert bool(of_code(one, "column-missing")) == (counted == "户数")


def test_unknown_matters_under_groups_are_those_of_needs(context: CollectionContext) -> None:
    """All are asked about in one, by their heads; the groups above are not taken for a survey's."""
    heads: Cells = [
        ["村名", "农民工", N, "老年人", N, "留守妇女", "留守儿童"],
        [N, "甲项", "乙项", "丙项", "丁项", "戊项", "己项"],
    ]
    merged = ((2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5))
    one = taken(context, sheet_of([["法律援助需求统计表"], *heads, [VILLAGE, *range(1, 7)]], merged))
    assert errors(one) == [("column-choice-unclear", "B3")]
    asked = sentence(of_code(one, "column-choice-unclear")[0])
    assert all(f"·{item}项”（{letter}3" in asked for item, letter in zip("甲乙丙", "BCD", strict=True))
    assert all(f"{item}项”（{letter}3" in asked for item, letter in zip("丁戊己", "EFG", strict=True))
    by_sex: Cells = [["村名", *HEADS[:3], "农民工", N], [*[N] * 4, "男", "女"], [VILLAGE, *ONE[:3], 7, 5]]
    survey = taken(context, sheet_of(by_sex, ((1, 5, 1, 6),)))
    assert [table.header.form.table.name for table in survey.tables] == ["village_surveys"]


def test_matters_without_groups_ask_for_the_group_once(context: CollectionContext) -> None:
    one = taken(context, sheet_of([["村名", "劳动报酬", "赡养费", "低保"], [VILLAGE, 2, 1, 3]]))
    assert [(problem.code, problem.details["title"]) for problem in one.problems if problem.is_error] == [
        ("column-missing", "群体")
    ]


def test_a_sum_beside_nothing_but_empty_cells_is_compared(context: CollectionContext) -> None:
    rows: Cells = [["村名", "群体", "劳动报酬", "见义勇为", "合计"], [VILLAGE, "农民工", N, N, 3]]
    (differs,) = of_code(taken(context, sheet_of(rows)), "row-sum-differs")
    assert "E2写的是3，加起来是0" in sentence(differs)


@pytest.mark.parametrize("counted", ["（2人）", "(共2个村)", "（2个贫困村）"])
def test_a_merged_line_of_a_township_may_count_its_rows(counted: str, context: CollectionContext) -> None:
    rows: Cells = [["村名", *PERSON], [TOWN + counted], [VILLAGE, *CHEN], [SECOND, *LIU]]
    one = taken(context, sheet_of(rows, ((2, 1, 2, 4),)))
    assert errors(one) == errors(shaped(context, LIAISONS["a list"]))
    assert [area.kind for area in one.tables[0].areas] == ["heads", "township", "rows"]


@pytest.mark.parametrize("name", ["日期", "审核人", "盖章"])
def test_a_head_that_is_printed_again_is_no_signature(name: str) -> None:
    """One such word among others is a head or an entry; who signs comes first."""
    assert not lines.is_signature(["村名", "姓名", name])
    assert not lines.is_signature(["日期", "地点"])


def test_a_line_of_heads_may_end_before_a_merged_one(context: CollectionContext) -> None:
    """Some writers leave out what a merged cell covers: 五优先 over five columns that its line does not have."""
    heads: list[object] = ["序号", "县（市、区）", "窗口地址", "负责人", "五优先"]
    rows: Cells = [heads, [N, N, N, N, "优先接待", "优先受理"], [1, "洮南市", "团结路1号", "陈志高", "√", "√"]]
    assert errors(taken(context, sheet_of(rows, ((1, 5, 1, 6),)))) != []
