"""Exports of form services, as counties make them for themselves, come to the table that a clerk would have typed."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of, take, write_workbook
from form_services import ANSWERS, NAMES, QUESTIONS, TENCENT, WJX, WPS, Grid, around
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions

_SHAPES = {f"{name}: {shape}": grid for name in ("WJX", "TENCENT", "WPS") for shape, grid in globals()[name].items()}
_MADE = ("village_code", "surveyed_on", "poor_households", "elderly", "hotline_aware", "surveyed_by")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    return context_of(make_root(tmp_path_factory.mktemp("root")))


def sent(context: CollectionContext, folder: Path, rows: Grid, county: str = COUNTY) -> CollectedReturn:
    path = write_workbook(folder / "导出.xlsx", {"Sheet1": rows})
    (taken,) = take(context.root, path, CollectOptions(county=county), context=context)
    return taken


def errors(taken: CollectedReturn) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in taken.problems if problem.is_error]


@pytest.mark.parametrize("shape", _SHAPES)
def test_every_shape_comes_to_one_table(shape: str, context: CollectionContext, tmp_path: Path) -> None:
    """Twelve shapes each of three services hold the same answers, and give the same rows; one word for all extras."""
    taken = sent(context, tmp_path, _SHAPES[shape])
    assert errors(taken) == []
    told = [problem for problem in taken.problems if problem.code in ("column-ignored", "columns-of-service")]
    assert [problem.code for problem in told] == ["columns-of-service"]
    expected = [dict(zip(QUESTIONS, map(str, answer), strict=True)) for answer in ANSWERS]
    rows = [row for row in rows_of(taken, "village_surveys") if row["surveyed_on"] in ("2018-06-12", "2018-06-13")]
    titles = ("村代码", "调查日期", "贫困户数", "老年人", "知道热线人数", "调查人")
    assert [[row[name] for name in _MADE] for row in rows] == [[row[title] for title in titles] for row in expected]


def test_nobody_who_answers_is_kept_or_shown(context: CollectionContext, tmp_path: Path) -> None:
    """Nicknames and addresses of computers are in no problem, no draft and no copy for the county."""
    taken = sent(context, tmp_path, WJX["numbers and a comma"])
    everything = [
        str(taken.problems),
        str(taken.normalised),
        str(taken.for_feedback.sheets),
        *map(str, taken.drafts.values()),
    ]
    assert taken.for_feedback.is_blanked
    assert not [name for name in NAMES for text in everything if name in text]


def test_a_phone_as_a_nickname_stops_nothing(context: CollectionContext, tmp_path: Path) -> None:
    """What a service says of whoever answers is left out before anything is looked for in it."""
    rows = [[1380001 * 10**4 if value == NAMES[0] else value for value in row] for row in TENCENT["bare"]]
    assert errors(sent(context, tmp_path, rows)) == []


def test_another_county_in_a_chain_is_refused(context: CollectionContext, tmp_path: Path) -> None:
    """A chain of places tells the county as a column of its own would; its cell is named."""
    rows = [
        [str(value).replace("洮南市", "大安市") if "洮南市" in str(value) else value for value in row]
        for row in TENCENT["region in one"]
    ]
    assert ("row-other-county", "C2") in errors(sent(context, tmp_path, rows))


def test_chains_of_several_counties_say_whose_each_row_is(context: CollectionContext, tmp_path: Path) -> None:
    """An export of the whole province, in which no column but the chain names a county: every row says its own."""
    heads = ["提交答卷时间", "1、所在村", "2、调查日期", "3、贫困户数", "4、贫困人口"]
    places = ["吉林省-白城市-洮南市-瓦房镇-荣华村", "吉林省-白城市-大安市-大赉乡-永昌村"]
    rows = [["2018/6/29 10:00:00", place, "2018-06-28", 20, 50] for place in places]
    path = write_workbook(tmp_path / "全省.xlsx", {"Sheet1": [heads, *rows]})
    returns = take(context.root, path, CollectOptions(), context)
    assert [taken.county for taken in returns] == ["220881", "220882"]
    assert "return-unowned" not in {str(found.code) for taken in returns for found in taken.problems}


def test_a_village_in_a_chain_that_nobody_knows(context: CollectionContext, tmp_path: Path) -> None:
    """It is named at the cell that it stands in."""
    rows = [
        [str(value).replace("荣华村", "桃源村") if "荣华村" in str(value) else value for value in row]
        for row in WPS["region with spaces"]
    ]
    assert errors(sent(context, tmp_path, rows)) == [("village-not-found", "D3")]


_LIAISON: list[object] = ["220881100201", "李春花", "村会计", "2018-06-01"]
_WITH_NEEDS = "220881100200"
WJX_COLUMNS: list[tuple[str, object]] = [("序号", 1), ("提交答卷时间", "2018/6/21 9:12:33"), ("来自IP", NAMES[1])]
_WINDOW = {
    "窗口编号": "W-220881-2018",
    "年度": 2018,
    "窗口名称": "样例窗口",
    "地址": "团结路1号",
    "接待时间": "周一至周五",
    "窗口电话": "0436-0000003",
}


def windows(*more: tuple[str, object]) -> Grid:
    row = {"序号": 1, "提交答卷时间": "2018/6/21 9:12:33", "来自IP": NAMES[1], **_WINDOW, **dict(more)}
    return [list(row), list(row.values())]


_OPTIONS = ("优先接待", "优先受理", "优先指派", "优先承办", "优先回访")
_SPLIT = (
    "16、五优先({})",
    "五优先（{}）",
    "16.五优先:{}",
    "16、五优先_{}",
    "五优先—{}",
    "16({})",
    "第16题({})",
    "16、五优先(A.{})",
)
_CHOSEN: list[list[object]] = [
    ["1", "1", "0", "1", "1"],
    [1, 1, 0, 1, 1],
    ["是", "是", "否", "是", "是"],
    ["√", "√", None, "√", "√"],
    ["优先接待", "优先受理", None, "优先承办", "优先回访"],
]


def _heads(shape: str) -> list[str]:
    return [shape.format(option) for option in _OPTIONS]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([("7、五优先", "优先接待┋优先回访")], "10001"),
        ([("7.落实了哪些优先（多选）", "优先受理;优先指派")], "01100"),
        ([("优先服务", "优先接待\n优先承办")], "10010"),
        ([("五优先", "优先接待,优先受理")], "11000"),
        ([("五优先", "(跳过)")], "....."),
        ([("五优先:优先接待", 1), ("五优先:优先受理", 0)], "10..."),
        ([("7、五优先:优先接待", "选中"), ("7、五优先:优先受理", "未选中")], "10..."),
        ([("五优先：优先接待", "优先接待"), ("五优先：优先受理", "(跳过)")], "1...."),
        ([("五优先", "A.优先接待┋B.优先受理┋其他〖优先喝茶，喝水〗")], "11000"),
        *((list(zip(_heads(shape), cells, strict=True)), "11011") for shape in _SPLIT for cells in _CHOSEN),
    ],
)
def test_several_answers(more: list[tuple[str, object]], said: str, context: CollectionContext, tmp_path: Path) -> None:
    """Answers joined in one cell, or in columns of their own, are a yes or no each; a skipped question says nothing."""
    taken = sent(context, tmp_path, windows(*more))
    assert errors(taken) == []
    (row,) = [row for row in rows_of(taken, "windows") if row["window_id"] == "W-220881-2018"]
    asked = ("reception", "acceptance", "assignment", "handling", "follow_up")
    answers = [{"true": "1", "false": "0", "": ""}[row[f"priority_{name}"]] for name in asked]
    assert len(answers) == len(said)
    assert all(plain in (".", answer) for plain, answer in zip(said, answers, strict=True))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (("五优先", "(跳过)"), "priority_reception"),
        (("五优先：优先接待", "（跳过）"), "priority_reception"),
        (("法律援助服务团", "(跳过)"), "service_team"),
        (("牌匾悬挂日期", "(跳过)"), "plaque_hung_on"),
    ],
)
def test_a_skipped_question_empties_nothing(
    more: tuple[str, object], field: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Nobody was asked: the record keeps what it has, of a question with several answers too."""
    taken = sent(context, tmp_path, windows(more))
    assert field not in {change.field for change in taken.changes}
    assert [row[field] for row in rows_of(taken, "windows") if row["window_id"] == "W-220881-2018"] != [""]


def test_a_skipped_question_that_the_record_has_something_of_is_told(
    context: CollectionContext, tmp_path: Path
) -> None:
    """Once a sheet, with the cells; of a question that the record has nothing of there is nothing to say."""
    taken = sent(context, tmp_path, windows(("牌匾悬挂日期", "(跳过)"), ("负责人", "(跳过)"), ("原地址", "(跳过)")))
    (told,) = [problem for problem in taken.problems if problem.code == "answers-skipped"]
    assert (told.sheet, told.details["cells"]) == ("Sheet1", "J2、K2")


@pytest.mark.parametrize("blank", ["(空)", "（未填写）"])
def test_a_question_left_blank_is_a_cell_left_blank(blank: str, context: CollectionContext, tmp_path: Path) -> None:
    """Whatever the service writes for it: the record and what is said of it are the same."""
    whole, bare = (sent(context, tmp_path, windows(("牌匾悬挂日期", cell))) for cell in (blank, None))
    assert whole.changes == bare.changes
    assert "plaque_hung_on" in {change.field for change in bare.changes}
    assert [p.code for p in whole.problems] == [p.code for p in bare.problems]
    assert "cell-emptied" in {p.code for p in whole.problems}


@pytest.mark.parametrize("blank", ["(空)", "(跳过)", None])
def test_needs_that_a_village_was_not_asked_for_are_none(
    blank: str | None, context: CollectionContext, tmp_path: Path
) -> None:
    """A village that reports needs has those alone: whoever says that there is nobody of a group is led past it."""
    titles = [column.title for column in context.forms.forms["needs"].columns[1:] if "合计" not in column.title]
    heads = ["村代码", *(f"{number}、{title}" for number, title in enumerate(titles, start=2))]
    rows = around(WJX_COLUMNS, heads, [[_WITH_NEEDS, 3, *[blank] * (len(titles) - 1)]])
    taken = sent(context, tmp_path, rows)
    assert errors(taken) == []
    assert len([change for change in taken.changes if change.before]) == 2
    own = [row for row in rows_of(taken, "needs") if row["village_code"] == _WITH_NEEDS]
    assert [(row["group"], row["persons"]) for row in own] == [("migrant_workers", "3")]


@pytest.mark.parametrize("said", ["优先接待┋优先睡觉", "1┋2┋4┋5", "A┋B", 3])
def test_answers_that_are_no_options(said: object, context: CollectionContext, tmp_path: Path) -> None:
    """One sentence at the head says how to export them, and none of the question's answers is taken."""
    taken = sent(context, tmp_path, windows(("五优先", said)))
    assert errors(taken) == [("answers-unclear", "J1")]
    assert "priority_reception" not in {change.field for change in taken.changes}


@pytest.mark.parametrize("said", ["优先接待┋其他〖优先喝茶〗", "其他〖优先喝茶〗", "优先接待〖优先喝茶〗"])
def test_what_was_written_meanwhile_the_options_is_told(said: str, context: CollectionContext, tmp_path: Path) -> None:
    """It goes into no column, which is said; the options that were chosen count."""
    taken = sent(context, tmp_path, windows(("五优先", said)))
    (told,) = [problem for problem in taken.problems if problem.code == "answers-written"]
    assert "优先喝茶" in told.details["said"]
    assert errors(taken) == []


@pytest.mark.parametrize(
    ("more", "cell"),
    [
        ([("五优先", "优先接待"), ("优先服务", "优先受理")], "K1"),
        ([("五优先(优先接待)", 1), ("五优先(优先喝茶)", 1)], "K1"),
        ([("五优先", "优先接待"), ("优先受理", "是")], "J1"),
        ([("第8题（法律援助服务团）", "律师7人")], "J1"),
    ],
)
def test_columns_that_may_mean_a_known_one_are_asked_about(
    more: list[tuple[str, object]], cell: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Of two that claim one field neither is dropped without a word, nor one with a known title in brackets."""
    assert errors(sent(context, tmp_path, windows(*more))) == [("column-choice-unclear", cell)]


def test_an_option_that_nobody_chose_is_no_rival(context: CollectionContext, tmp_path: Path) -> None:
    """A column of an option that the form does not have says nothing while it holds no answer."""
    taken = sent(context, tmp_path, windows(("五优先(优先接待)", 1), ("五优先(其他)", 0)))
    assert errors(taken) == []


def test_another_answer_is_what_was_written(context: CollectionContext, tmp_path: Path) -> None:
    """Beside 其他 stands the answer; who chose it is read as if it had been offered."""
    rows = around([("提交答卷时间", "2018/6/21 9:12:33")], ["村代码", "姓名", "身份", "任职日期"], [_LIAISON])
    rows[1][3] = "其他〖村会计〗"
    assert errors(sent(context, tmp_path, rows)) == []


def test_heads_that_are_only_alike_are_asked_about(context: CollectionContext, tmp_path: Path) -> None:
    """Where no sheet is known, the one with alike heads is not merely refused: its heads are asked about, in one."""
    heads: list[object] = ["村名", "1.您的姓名（必填）", "2.您的职务（必填）", "3.任职日期"]
    taken = sent(context, tmp_path, [heads, ["荣华村", *_LIAISON[1:]]])
    (asked,) = (problem for problem in taken.problems if problem.is_error)
    assert (asked.code, asked.details["title"]) == ("column-missing", "姓名”、“身份")
    assert "“1.您的姓名（必填）”是不是“姓名”" in asked.details["hint"]
    assert "“2.您的职务（必填）”是不是“身份”" in asked.details["hint"]


def test_the_day_of_the_last_answer(context: CollectionContext, tmp_path: Path) -> None:
    """It is the return's day, which may be before an earlier return's: that is said and refuses nothing."""
    taken = sent(context, tmp_path, WJX["bare"])
    assert str(taken.received_on) == "2018-06-21"
    early = around([("提交答卷时间", "2018/6/1 9:12:33")], ["村代码", "姓名", "身份", "任职日期"], [_LIAISON])
    older = sent(context, tmp_path, early)
    assert "answers-older" in {problem.code for problem in older.problems}
    assert older.drafts


def test_a_time_that_is_not_plain_dates_nothing(context: CollectionContext, tmp_path: Path) -> None:
    """One row without a plain time, and the return has the campaign's day."""
    rows = [list(row) for row in WJX["bare"]]
    rows[2][1] = "昨天"
    assert sent(context, tmp_path, rows).received_on == context.campaign.data_as_of


def test_a_place_in_a_column_for_each_level(context: CollectionContext, tmp_path: Path) -> None:
    """Province and prefecture are the service's; county, township and village say whose row it is."""
    levels = [("省", "吉林省"), ("市", "白城市"), ("区县", "洮南市"), ("乡镇", "瓦房镇"), ("村", "荣华村")]
    required = (
        "所在村（必填）-{}",
        "1.所在村(必填)_{}(必填)",
        "*所在村_{}*必填",
        "您所在的县（必填）-{}",
        "所在村_{}（必填）",
    )
    for shape in ("1.所在村_{}", "1、所在地区({})", *required):
        heads = [*(shape.format(level) for level, _ in levels), "2.姓名", "3.身份", "4.任职日期"]
        rows = around(_TENCENT_ONLY, heads, [[*(name for _, name in levels), "李春花", "村委会主任", "2018-06-01"]])
        taken = sent(context, tmp_path, rows, "")
        assert errors(taken) == []
        assert ("220881100201", "李春花") in {(r["village_code"], r["name"]) for r in rows_of(taken, "liaisons")}


@pytest.mark.parametrize("shape", ["您所在的县（必填）-{}级", "所在村-{}级（必填）", "1.所在村(第{}级)(必填)"])
@pytest.mark.parametrize("first", [0, 2])
def test_a_place_in_a_column_for_each_numbered_level(
    shape: str, first: int, context: CollectionContext, tmp_path: Path
) -> None:
    """The last is the village, that before it the township; where the last is none, somebody is asked."""
    levels = ["吉林省", "白城市", "洮南市", "瓦房镇", "荣华村"][first:]
    for places, is_taken in ((levels, True), ([*levels[:-1], "一组"], False)):
        heads = [*(shape.format("一二三四五"[at]) for at in range(len(places))), "2.姓名", "3.身份", "4.任职日期"]
        rows = around(_TENCENT_ONLY, heads, [[*places, "李春花", "村委会主任", "2018-06-01"]])
        taken = sent(context, tmp_path, rows, "220881")
        assert (errors(taken) == []) is is_taken
        assert str(taken.for_feedback.sheets).find(NAMES[0]) == -1 or not is_taken


_TENCENT_ONLY: list[tuple[str, object]] = [("提交者", NAMES[0]), ("提交时间", "2018-06-20 09:12:33")]


@pytest.mark.parametrize(("name", "code"), [("荣华村", ""), ("瓦房镇荣华村", ""), ("桃源村", "village-not-found")])
def test_a_village_s_name_in_the_place_of_its_code(
    name: str, code: str, context: CollectionContext, tmp_path: Path
) -> None:
    """It is taken where one village of the county has it, and asked about where none has."""
    rows: Grid = [["村代码", "姓名", "身份", "任职日期"], [name, "李春花", "村委会主任", "2018-06-01"]]
    assert [found for found, _ in errors(sent(context, tmp_path, rows))] == [code] * bool(code)


def test_two_answers_for_one_village_and_day_are_shown_with_their_times(
    context: CollectionContext, tmp_path: Path
) -> None:
    """There is something to choose by: what differs, and when each was submitted."""
    heads, first, *_ = WJX["bare"]
    second = [99 if head == "贫困户数" else value for head, value in zip(heads, first, strict=True)]
    taken = sent(context, tmp_path, [heads, first, second])
    problem = next(found for found in taken.problems if found.code == "rows-differ")
    assert "99" in problem.details["differences"]
    assert problem.details["when"].endswith("提交）")
