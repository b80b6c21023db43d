"""Lists of villages without codes, as offices lay them out: each village has its code, or is asked for."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from demonstration_campaign import CAMPAIGN
from rounds import sample
from short_kits import FEW
from village_list_layouts import LAYOUTS, OVER_VILLAGES, Listed, save

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.kit.county import gather_all
from site_builder.kit.workbook import county_workbook, workbook_name
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import HEAD_LINE
from site_builder.shared import validation_cache
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.shared.text_forms import traditional_forms

TRADITIONAL = {plain: traditional for traditional, plain in traditional_forms().items()}
_ASKED = {Code.VILLAGE_AMBIGUOUS, Code.VILLAGE_NO_CODE}
_TAONAN = "220881"


def _rows(name: str) -> list[dict[str, str]]:
    with (CAMPAIGN / "content" / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


DIVISIONS = {row["code"]: row["name"] for row in _rows("divisions.csv")}


def _listed() -> list[Listed]:
    """The 789 villages of 2018."""
    files = sorted((CAMPAIGN / "content" / "data" / "villages").glob("*.csv"))
    rows = [row for file in files for row in _rows(f"villages/{file.name}") if row["campaign_year"] == "2018"]
    return [
        Listed(DIVISIONS[row["village_code"][:6]], DIVISIONS[row["township_code"]], row["name"], row["village_code"])
        for row in rows
    ]


LISTED = _listed()


@pytest.fixture(scope="module")
def takeover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with its gazetteer and its counties, and nothing else yet."""
    root = tmp_path_factory.mktemp("takeover")
    data = CAMPAIGN / "content" / "data"
    by_county = shutil.ignore_patterns(*(path.name for path in data.iterdir() if path.is_dir()))
    shutil.copytree(CAMPAIGN / "content", root / "content", ignore=by_county)
    for path in CAMPAIGN.iterdir():
        if path.name not in {"content", ".cache"}:
            (root / path.name).symlink_to(path)
    validation_cache.copy_to(CAMPAIGN, root)  # a copy: what is checked here is less, and only that would be remembered
    return root


@pytest.fixture(scope="module")
def loaded(takeover: Path) -> CollectionContext:
    """The record of the takeover, as it stands."""
    known = schemas.load(takeover)
    return collection_context.load(takeover, campaign.load(takeover), known, forms.load_village_list(takeover, known))


@pytest.fixture
def context(loaded: CollectionContext, monkeypatch: pytest.MonkeyPatch) -> CollectionContext:
    """A test's own copy; its own checks take half a second a county, and are others' to test."""
    monkeypatch.setattr(CollectionContext, "check", lambda *_: [])
    return replace(loaded, rows=dict(loaded.rows))


def _take(path: Path, context: CollectionContext, county: str = "") -> list[CollectedReturn]:
    return intake.take(untrusted_files.read(path), context, CollectOptions(county=county))


def _table(path: Path, rows: Iterable[Iterable[object]], title: str = "名单") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return save(book, path)


def _villages(returns: Iterable[CollectedReturn]) -> dict[str, Mapping[str, str]]:
    """The villages that would be written, by code; what has none was asked for."""
    kept = [row for each in returns for path, rows in each.rows.items() if "/villages/" in path for row in rows]
    return {row["village_code"]: row for row in kept if row["village_code"]}


def _asked(returns: Iterable[CollectedReturn]) -> set[tuple[str, str]]:
    return {(one.sheet, one.cell) for each in returns for one in each.problems if one.code in _ASKED}


def _problem(returns: Iterable[CollectedReturn], code: Code) -> Problem:
    return next(one for each in returns for one in each.problems if one.code == code)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_villages_of_the_province_have_their_codes_in_any_layout(
    layout: str, context: CollectionContext, tmp_path: Path
) -> None:
    """789 villages of 60 counties, by county, township and name: none is wrong, none lacks, nobody is asked."""
    assert len(LISTED) == 789
    returns = _take(save(LAYOUTS[layout](LISTED), tmp_path / "list.xlsx"), context)
    found = _villages(returns)
    assert {code: (row["name"], row["township_code"]) for code, row in found.items()} == {
        each.code: (each.name, each.code[:9]) for each in LISTED
    }
    assert not _asked(returns)
    assert all(each.is_sound for each in returns)


@pytest.mark.parametrize("layout", OVER_VILLAGES)
@pytest.mark.parametrize("within", [_TAONAN[:4], pytest.param("", marks=pytest.mark.long_form)])
def test_townships_that_stand_over_their_villages_are_each_over_its_own(
    layout: str, within: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Side by side over columns, or one after the other in a cell. within: how the codes begin that are listed."""
    listed = [each for each in LISTED if each.code.startswith(within)]
    returns = _take(save(OVER_VILLAGES[layout](listed), tmp_path / "list.xlsx"), context)
    assert _villages(returns).keys() == {each.code for each in listed}
    assert not _asked(returns)


def test_a_village_named_twice_in_one_line_is_told_by_its_cell(context: CollectionContext, tmp_path: Path) -> None:
    """No line says the same as itself; each township's village of that name is one of its own."""
    rows = [["乌拉街镇", "缸窑镇", "缸窑镇"], ["二道村", "二道村", "二道村"], ["阿拉底村", "黄河村、黄河村"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows, "龙潭区"), context)
    repeated = [one for each in returns for one in each.problems if one.code == Code.ROW_REPEATED]
    assert [(one.cell, one.details["first"]) for one in repeated] == [("C2", "B2格"), ("B3", "同一格里的另一处")]
    assert len(_villages(returns)) == 4


def test_names_that_cannot_be_told_apart_lead_to_no_code_of_ones_own(
    context: CollectionContext, tmp_path: Path
) -> None:
    """Several in one cell, of which too few are known: to be written one a row, not put into the gazetteer."""
    rows = [["县区", "村名"], ["洮南市", "北郊村"], ["洮南市", "桃源屯；柳河子、并不存在"]]
    asked = _problem(_take(_table(tmp_path / "l.xlsx", rows), context), Code.VILLAGES_IN_ONE_CELL)
    assert asked.cell == "B3"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_townships_are_not_told_a_name_of_two_villages_is_asked_and_never_guessed(
    layout: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Every row is right or asked for, row by row: in the long tables each has a cell of its own."""
    bare = [each._replace(township="") for each in LISTED if each.code.startswith(_TAONAN)]
    returns = _take(save(LAYOUTS[layout](bare), tmp_path / "list.xlsx"), context, _TAONAN)
    found = _villages(returns)
    asked = [one for each in returns for one in each.problems if one.code in _ASKED]
    assert found.keys() < {each.code for each in bare}
    assert len(found) + len(asked) == len(bare)


WAYS: list[Callable[[str], str]] = [
    lambda name: name.removesuffix("村") + "村民委员会",
    lambda name: name.removesuffix("村") + "行政村",
    lambda name: name.removesuffix("村"),
    lambda name: "3、" + name,
    lambda name: name + "（2017年脱贫）",
    lambda name: "".join(TRADITIONAL.get(character, character) for character in name),
    " ".join,
]


def test_names_by_meaning_are_understood(context: CollectionContext, tmp_path: Path) -> None:
    """The committee, the administrative village, a bare stem, a number or a remark at it, traditional characters."""
    own = [each for each in LISTED if each.code.startswith(_TAONAN)][: 5 * len(WAYS)]
    written = [[each.township, WAYS[number % len(WAYS)](each.name)] for number, each in enumerate(own)]
    assert sum(name != each.name for (_, name), each in zip(written, own, strict=True)) > 4 * len(WAYS)
    returns = _take(_table(tmp_path / "l.xlsx", [["乡镇", "村名"], *written]), context, _TAONAN)
    assert _villages(returns).keys() == {each.code for each in own}
    assert not _asked(returns)


def test_a_name_of_several_villages_is_asked_with_at_most_three_of_them(
    context: CollectionContext, tmp_path: Path
) -> None:
    """At its cell, in one sentence; the county's other rows wait with it, another county's do not."""
    twins = Counter((code[:6], name) for code, name in DIVISIONS.items() if len(code) == 12)
    (county, name), count = twins.most_common(1)[0]
    rows: list[list[object]] = [["县区", "村名"], [DIVISIONS[county], name], ["洮南市", "北郊村"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context)
    asked = _problem(returns, Code.VILLAGE_AMBIGUOUS)
    assert count > 2
    assert (asked.sheet, asked.cell) == ("名单", "B2")
    assert asked.details["meant"].count("（") == 3
    assert {each.county: each.is_sound for each in returns} == {county: False, _TAONAN: True}


def test_a_village_that_the_gazetteer_lacks_is_never_given_a_code(context: CollectionContext, tmp_path: Path) -> None:
    """What its reader must do is said: no code is made up, whatever else is like it."""
    rows: list[list[object]] = [["乡镇", "村名"], ["洮府街道", "北郊村"], ["洮府街道", "并不存在的村"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN)
    lacking = _problem(returns, Code.VILLAGE_NO_CODE)
    assert lacking.cell == "B3"
    assert len(_villages(returns)) == 1


def test_all_villages_of_a_cell_that_nobody_knows_are_named(context: CollectionContext, tmp_path: Path) -> None:
    """Five of them, and how many there are: whoever mends one name is not told of the next one by one."""
    known = "北郊村、福胜村、南郊村、桥南村、增胜村、万福村"
    unknown = "、".join(f"{digit}{digit}{digit}村" for digit in "甲乙丙丁戊己")
    rows: list[list[object]] = [["乡镇", "村名"], ["洮府街道", f"{known}、{unknown}"]]
    lacking = _problem(_take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN), Code.VILLAGE_NO_CODE)
    assert [digit in lacking.details["named"] for digit in "甲乙丙丁戊己"] == [True] * 5 + [False]
    assert "6" in lacking.details["more"]


def test_a_code_that_the_list_has_is_compared_with_the_name(context: CollectionContext, tmp_path: Path) -> None:
    """A right one is taken, one of another village or of none is not."""
    north = next(each for each in LISTED if each.name == "北郊村" and each.code.startswith(_TAONAN))
    rows: list[list[object]] = [
        ["村代码", "乡镇", "村名"],
        [north.code, "洮府街道", "福胜村"],
        ["220881007999", "洮府街道", "北郊村"],
    ]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN)
    assert _problem(returns, Code.VILLAGE_NAME_MISMATCH).cell == "A2"
    assert _problem(returns, Code.REFERENCE_UNKNOWN).details["target"] == "行政区划"
    assert not any(each.is_sound for each in returns)


def test_a_county_of_another_list_is_not_taken_from_this_one(context: CollectionContext, tmp_path: Path) -> None:
    """With --county, rows that a line, a title or a column puts elsewhere are no rows of it."""
    rows: list[list[object]] = [["乡镇", "村名"], ["双辽市"], ["卧虎镇", "六家子村"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN)
    assert _problem(returns, Code.ROW_OTHER_COUNTY).line == 3


@pytest.mark.parametrize("title", ["洮南", "洮南市", "白城市洮南市贫困村"])
def test_the_name_of_a_sheet_says_whose_villages_are_on_it(
    title: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Short or whole, or in the midst of others: without it the name would be looked for in the whole province."""
    path = _table(tmp_path / "l.xlsx", [["序号", "村名"], [1, "北郊村"], [2, "福胜村"]], title)
    assert all(code.startswith(_TAONAN) for code in _villages(_take(path, context)))
    assert len(_villages(_take(path, context))) == 2


def test_a_new_village_begins_whole_and_its_county_with_the_files_that_it_needs(
    context: CollectionContext, tmp_path: Path
) -> None:
    """Name, township and year are filled in; what the list says besides is taken; the returns begin without a row."""
    rows: list[list[object]] = [["乡镇", "村名", "户数", "人口"], ["洮府街道", "北郊村", 298, 968]]
    (taken,) = _take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN)
    (row,) = _villages([taken]).values()
    assert (row["name"], row["campaign_year"], row["households"], row["data_status"]) == (
        "北郊村",
        "2018",
        "298",
        "demo",
    )
    assert {Path(path).parent.name for path in taken.drafts} == {
        *("villages", "liaisons", "village_surveys", "needs", "submissions")
    }


def test_a_list_that_comes_again_keeps_what_the_record_says(context: CollectionContext, tmp_path: Path) -> None:
    """Villages that it lacks stay and are named; the year of one that is there is not this list's to say."""
    rows: list[list[object]] = [["乡镇", "村名", "户数"], ["洮府街道", "北郊村", 298], ["洮府街道", "福胜村", 418]]
    (first,) = _take(_table(tmp_path / "first.xlsx", rows), context, _TAONAN)
    for row in first.rows[f"content/data/villages/{_TAONAN}.csv"]:
        row["campaign_year"] = "2017"
    context.take_in(first.drafted, first.rows)
    (again,) = _take(_table(tmp_path / "again.xlsx", [*rows[:1], ["洮府街道", "北郊村", 300]]), context, _TAONAN)
    kept = _villages([again])
    assert sorted((row["name"], row["households"], row["campaign_year"]) for row in kept.values()) == [
        ("北郊村", "300", "2017"),
        ("福胜村", "418", "2017"),
    ]
    assert _problem([again], Code.VILLAGES_MISSING).details["count"] == "1"


def test_a_county_that_takes_no_part_is_asked_for_first(context: CollectionContext, tmp_path: Path) -> None:
    """Its villages would stand in a file of no county of the campaign."""
    context.rows["content/data/counties.csv"] = [
        row for row in context.rows["content/data/counties.csv"] if row["county_code"] != _TAONAN
    ]
    (taken,) = _take(_table(tmp_path / "l.xlsx", [["乡镇", "村名"], ["洮府街道", "北郊村"]]), context, _TAONAN)
    assert _problem([taken], Code.VILLAGES_OF_NO_COUNTY).details["county"] == "洮南市"
    assert not taken.is_sound


def test_the_kit_s_form_of_villages_goes_out_and_comes_back(
    context: CollectionContext, takeover: Path, tmp_path: Path
) -> None:
    """A county without any village gets blank lines and types townships and names, and no code."""
    known = schemas.load(takeover)
    county = next(one for one in gather_all(takeover, context.campaign, known) if one.code == _TAONAN)
    assert not county.villages
    path = tmp_path / workbook_name(county, context.forms)
    path.write_bytes(county_workbook(county, context.forms, known, context.campaign))
    own = sample([each for each in LISTED if each.code.startswith(_TAONAN)], FEW)
    book = openpyxl.load_workbook(path)
    sheet = book["村名单"]
    heads = {sheet.cell(HEAD_LINE, place).value: place for place in range(1, sheet.max_column + 1)}
    for line, each in enumerate(own, start=HEAD_LINE + 1):
        for head, text in (("乡镇", each.township), ("村名", each.name)):
            cell = sheet.cell(line, heads[head], text)
            assert not cell.protection.locked
    save(book, path)
    (taken,) = _take(path, context)
    assert taken.is_sound
    assert _villages([taken]).keys() == {each.code for each in own}


def test_villages_on_record_stand_in_the_kit_s_form_locked_and_unchanged_by_it(
    context: CollectionContext, takeover: Path, tmp_path: Path
) -> None:
    """What comes back untouched changes nothing; a new village is added below."""
    known = schemas.load(takeover)
    county = next(one for one in gather_all(CAMPAIGN, context.campaign, known) if one.code == _TAONAN)
    context.rows[f"content/data/villages/{_TAONAN}.csv"] = [dict(row) for row in county.rows["villages"]]
    path = tmp_path / "form.xlsx"
    path.write_bytes(county_workbook(county, context.forms, known, context.campaign))
    (taken,) = _take(path, context)
    assert taken.counts["villages"] == (0, 0, len(county.villages))
    assert openpyxl.load_workbook(path)["村名单"].cell(HEAD_LINE + 1, 3).protection.locked


@pytest.mark.parametrize(
    "lines",
    [
        [["洮南市贫困村名单"], ["洮府街道：北郊村、福胜村"]],
        [["一、洮南市（2个）"], ["（一）洮府街道（2个）"], ["1、北郊村"], ["2、福胜村"]],
        [["洮南市"], ["洮府街道", "1.北郊村；2.福胜村"]],
        [["附件"], ["白城市"], ["洮南市：洮府街道北郊村，洮府街道福胜村等2个村"]],
        [["洮南市"], ["洮府街道"], ["北郊村", "福胜村"]],
        [["序号", "县区", "村"], [1, "洮南市", "洮府街道：北郊村、福胜村"]],
        [["县区", "乡镇", "个数", "贫困村"], ["洮南市", "洮府街道", 2, "北郊村\n福胜村"]],
        [["乡镇", "村名"], ["洮南市"], ["洮府街道"], [None, "北郊村"], [None, "福胜村"]],
        [["洮南市洮府街道北郊村"], ["洮南市 洮府街道 福胜"]],
        [["村名"], ["洮南市北郊村"], ["洮南市洮府街道福胜村"]],
    ],
)
def test_other_ways_of_writing_the_same(lines: list[list[object]], context: CollectionContext, tmp_path: Path) -> None:
    """Prose, numbers, colons, counts and line breaks: two villages of one township each time, and nobody is asked."""
    returns = _take(_table(tmp_path / "l.xlsx", lines), context)
    assert {row["name"] for row in _villages(returns).values()} == {"北郊村", "福胜村"}
    assert all(code.startswith(_TAONAN) for code in _villages(returns))
    assert [problem.code for each in returns for problem in each.problems if problem.is_error] == []


def test_what_stands_among_villages_and_is_none_is_asked_about(context: CollectionContext, tmp_path: Path) -> None:
    """In a list without heads nothing is passed over that may be a village with its name misspelt."""
    rows: list[list[object]] = [["洮南市"], ["洮府街道", "北郊村、福圣村、南郊村"], ["瓦房镇", "长山屯"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context)
    asked = [one.cell for each in returns for one in each.problems if one.code in _ASKED]
    assert asked == ["B2", "B3"]
    assert {row["name"] for row in _villages(returns).values()} == {"北郊村", "南郊村"}


def test_one_that_a_cell_does_not_resolve_is_asked_about_there(context: CollectionContext, tmp_path: Path) -> None:
    """County, township and village in one cell are one place: its parts are no villages of their own."""
    rows = [["洮南市洮府街道北郊村"], ["洮南市 洮府街道 福胜村"], ["洮南市 洮府街道 并不存在的村"]]
    returns = _take(_table(tmp_path / "l.xlsx", rows), context)
    assert _asked(returns) == {("名单", "A3")}
    assert len(_villages(returns)) == 2


def test_a_row_of_no_village_lacks_no_year(context: CollectionContext, tmp_path: Path) -> None:
    """The year may be left blank in every row: what cannot be found is all that is said."""
    rows: list[list[object]] = [["乡镇", "村名", "活动年度"], ["洮府街道", "并不存在的村", None]]
    (taken,) = _take(_table(tmp_path / "l.xlsx", rows), context, _TAONAN)
    assert "活动年度" not in {problem.column for problem in taken.problems}


def test_a_row_of_a_list_is_accepted_as_it_is_named(
    context: CollectionContext, takeover: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the sheet that was sent and its line, in what is said, on the command line and in the register."""
    monkeypatch.setattr(context, "rows", dict(context.rows))
    known = schemas.load(takeover)
    county = next(one for one in gather_all(CAMPAIGN, context.campaign, known) if one.code == _TAONAN)
    context.rows[f"content/data/villages/{_TAONAN}.csv"] = [dict(row) for row in county.rows["villages"]]
    path = tmp_path / "form.xlsx"
    path.write_bytes(county_workbook(county, context.forms, known, context.campaign))
    book = openpyxl.load_workbook(path)
    sheet, line = book["村名单"], HEAD_LINE + 1
    heads = {sheet.cell(HEAD_LINE, place).value: place for place in range(1, sheet.max_column + 1)}
    sheet.cell(line, heads["总户数"], 510)
    save(book, path)
    context.rows[f"content/data/villages/{_TAONAN}.csv"][0]["households"] = "500"
    conflict = _problem(_take(path, context), Code.CELL_CONFLICT)
    assert conflict.details["row"] == f"村名单!{line}"
    options = CollectOptions(accepted=frozenset({("村名单", line)}))
    (taken,) = intake.take(untrusted_files.read(path), context, options)
    assert taken.is_sound
    assert not [problem for problem in taken.problems if problem.code == Code.ACCEPT_UNMET]
    (sent,) = [row for path, rows in taken.rows.items() if "/submissions/" in path for row in rows]
    assert sent["accepted_rows"] == f"村名单!{line}"
