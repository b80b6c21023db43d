"""Damage to heads, rows and sheets, and what a sheet may look like all the same."""

import copy
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, SOUND, context_of, grid, rows_of, take, write_workbook

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model.forms import Form

Grid = list[list[object]]
_MISNAMED = "220881100201 瓦房村"


@pytest.fixture
def context(root: Path) -> CollectionContext:
    return context_of(root)


def sent(context: CollectionContext, folder: Path, table: str, edit: Callable[[Grid, Form], Grid]) -> CollectedReturn:
    form = context.forms.forms[table]
    sheet = edit(grid(form, copy.deepcopy(SOUND[table])), form)
    (taken,) = take(context.root, write_workbook(folder / "报表.xlsx", {form.sheet: sheet}), context=context)
    return taken


def without(rows: Grid, form: Form, field: str) -> Grid:
    place = next(place for place, column in enumerate(form.columns) if field in column.names)
    return [[*row[:place], *row[place + 1 :]] for row in rows]


DAMAGES: list[tuple[str, str, Callable[[Grid, Form], Grid], str, str]] = [
    ("required column missing", "village_surveys", lambda g, f: without(g, f, "elderly"), "column-missing", ""),
    ("heads of the key missing", "village_surveys", lambda g, f: without(g, f, "village_code"), "sheet-heads-lost", ""),
    ("column twice", "liaisons", lambda g, f: [[*g[0], "姓名"], [*g[1], "王五"]], "column-repeated", "L1"),
    ("identity column", "liaisons", lambda g, f: [[*g[0], "身份证号"], [*g[1], "x"]], "column-personal", "L1"),
    ("address column", "liaisons", lambda g, f: [[*g[0], "家庭住址"], [*g[1], "x"]], "column-personal", "L1"),
    ("column nobody asks for", "liaisons", lambda g, f: [[*g[0], "民族"], [*g[1], "汉"]], "column-ignored", "L1"),
    ("cells beyond the heads", "liaisons", lambda g, f: [g[0], [*g[1], None, "x"]], "column-headless", "M2"),
    ("same row twice", "liaisons", lambda g, f: [*g, g[1]], "row-repeated", "A3"),
    ("one record in two ways", "liaisons", lambda g, f: [*g, [*g[1][:2], "村会计", *g[1][3:]]], "rows-differ", "A3"),
    ("two persons in office", "liaisons", lambda g, f: [*g, [g[1][0], "王五", *g[1][2:]]], "liaison-rivals", "B3"),
    ("tags below the heads", "liaisons", lambda g, f: [g[0], ["#adm3 +code", "#date"], *g[1:]], "row-skipped", ""),
    ("heads repeated within", "liaisons", lambda g, f: [g[0], g[0], g[1]], "row-skipped", ""),
    ("row without a village", "liaisons", lambda g, f: [*g, [None, *g[1][1:]]], "row-unidentified", "A3"),
    ("village of no county", "liaisons", lambda g, f: [*g, ["990881100201", *g[1][1:]]], "row-county-unknown", "A3"),
    (
        "name of another village",
        "deliveries",
        lambda g, f: [g[0], ["220881100201 瓦房村", *g[1][1:]]],
        "village-name-mismatch",
        "A2",
    ),
    ("other heads altogether", "liaisons", lambda g, f: [["甲", "乙", "丙"], ["1", "2", "3"]], "sheet-heads-lost", ""),
]


@pytest.mark.parametrize(
    ("table", "edit", "code", "cell"), [row[1:] for row in DAMAGES], ids=[row[0] for row in DAMAGES]
)
def test_damage_of_a_sheet_is_named(
    table: str, edit: Callable[[Grid, Form], Grid], code: str, cell: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Each damage ends in its own code, at its own cell where it has one, and never in silence."""
    taken = sent(context, tmp_path, table, edit)
    assert (code, cell) in {(problem.code, problem.cell) for problem in taken.problems}


@pytest.mark.parametrize(("line", "kind"), [(["合计", None, 21], "sum"), (["填表人：张某"], "note")])
def test_a_sum_or_a_signature_is_told_where_it_is_said_what_was_understood(
    line: list[object], kind: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Once: as a part of the table, not as a problem besides."""
    one = sent(context, tmp_path, "village_surveys", lambda g, f: [*g, line])
    assert [str(area.kind) for table in one.tables for area in table.areas] == ["heads", "rows", kind]
    assert "row-skipped" not in {problem.code for problem in one.problems}


@pytest.mark.parametrize(
    "edit",
    [
        lambda g, f: [list(reversed(row)) for row in g],
        lambda g, f: [["某县联络员名单"], [], *g],
        lambda g, f: [[column.field.name for column in f.columns], *g[1:]],
        lambda g, f: [[f" {head}＊ " for head in g[0]], *g[1:]],
        lambda g, f: [[None, *row] for row in g],
        lambda g, f: [["联络员姓名" if head == "姓名" else head for head in g[0]], *g[1:]],
    ],
    ids=["columns reversed", "title above", "field names", "decorated heads", "empty first column", "alias"],
)
def test_heads_are_found_however_they_stand(
    edit: Callable[[Grid, Form], Grid], context: CollectionContext, tmp_path: Path
) -> None:
    """Order, titles above, aliases and field names make no difference to what is read."""
    taken = sent(context, tmp_path, "liaisons", edit)
    assert not [problem for problem in taken.problems if problem.is_error]
    assert "李春花" in {row["name"] for row in rows_of(taken, "liaisons")}


def test_a_village_is_known_by_its_name(context: CollectionContext, tmp_path: Path) -> None:
    """Without codes, township and village names tell the village; an unknown one is named by its cell."""
    form = context.forms.forms["liaisons"]
    heads = ["乡镇", "村名", "姓名", "身份", "任职日期"]
    rows = [
        heads,
        ["瓦房镇", "荣华", "李春花", "村长", "2018-06-01"],
        ["瓦房镇", "无此村", "李秋花", "村长", "2018-06-01"],
    ]
    path = write_workbook(tmp_path / "报表.xlsx", {form.sheet: rows})
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY), context=context)
    errors = {(problem.code, problem.cell) for problem in taken.problems if problem.is_error}
    assert ("village-not-found", "B3") in errors
    assert ("220881100201", "李春花") in {(row["village_code"], row["name"]) for row in rows_of(taken, "liaisons")}


def test_tags_below_the_heads_are_no_fault(context: CollectionContext, tmp_path: Path) -> None:
    """A row of HXL tags is skipped with a reminder, the rows below it are read; an error value is no tag."""
    taken = sent(context, tmp_path, "liaisons", lambda g, f: [g[0], ["#adm3+code", None, "#contact +name+cn"], *g[1:]])
    assert not [problem for problem in taken.problems if problem.is_error]
    assert "李春花" in {row["name"] for row in rows_of(taken, "liaisons")}
    taken = sent(context, tmp_path, "liaisons", lambda g, f: [g[0], ["#adm3+code", None, "#N/A"], *g[1:]])
    assert [problem for problem in taken.problems if problem.is_error]


def test_merged_cells_give_dates_but_no_numbers(context: CollectionContext, tmp_path: Path) -> None:
    """A date that stands once for several rows is read for each; a name or a choice merged over rows is refused."""
    form = context.forms.forms["liaisons"]
    rows = grid(form, [SOUND["liaisons"][0], {**SOUND["liaisons"][0], "village_code": "220881100200"}])
    path = write_workbook(tmp_path / "报表.xlsx", {form.sheet: rows})
    book = openpyxl.load_workbook(path)
    book[form.sheet].merge_cells("I2:I3")
    book.save(path)
    (taken,) = take(context.root, path, context=context)
    assert not [problem for problem in taken.problems if problem.is_error]
    assert [row["posted_on"] for row in rows_of(taken, "liaisons")].count("2018-06-05") == 2
    book[form.sheet].merge_cells("C2:C3")
    book.save(path)
    (taken,) = take(context.root, path, context=context)
    assert ("cell-merged", "C2") in {(problem.code, problem.cell) for problem in taken.problems}


def test_a_formula_without_a_result_is_refused(context: CollectionContext, tmp_path: Path) -> None:
    """A formula that no program has reckoned reads as nothing, so it is named, not passed over."""
    form = context.forms.forms["village_surveys"]
    rows = grid(form, SOUND["village_surveys"])
    rows[1][2] = "=10+11"
    (taken,) = take(context.root, write_workbook(tmp_path / "报表.xlsx", {form.sheet: rows}), context=context)
    assert ("cell-formula-empty", "C2") in {(problem.code, problem.cell) for problem in taken.problems}


def test_a_hidden_sheet_is_named(context: CollectionContext, tmp_path: Path) -> None:
    """What is hidden from the clerk's eye is not from ours."""
    form = context.forms.forms["liaisons"]
    sheets: dict[str, Grid] = {form.sheet: grid(form, SOUND["liaisons"]), "旧名单": [["姓名"], ["某人"]]}
    path = write_workbook(tmp_path / "报表.xlsx", sheets)
    book = openpyxl.load_workbook(path)
    book["旧名单"].sheet_state = "hidden"
    book.save(path)
    (taken,) = take(context.root, path, context=context)
    assert ("sheet-hidden", "旧名单") in {(problem.code, problem.sheet) for problem in taken.problems}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_files_of_every_kind_are_read(
    encoding: str, separator: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Encoding and separator make no difference to what is read."""
    form = context.forms.forms["liaisons"]
    rows = grid(form, SOUND["liaisons"])
    text = "\r\n".join(separator.join("" if cell is None else str(cell) for cell in row) for row in rows)
    path = tmp_path / "联络员.csv"
    path.write_bytes(text.encode(encoding))
    (taken,) = take(context.root, path, context=context)
    assert not [problem for problem in taken.problems if problem.is_error]
    assert "李春花" in {row["name"] for row in rows_of(taken, "liaisons")}


def test_a_canonical_file_is_a_return_too(context: CollectionContext, tmp_path: Path) -> None:
    """A county's own CSV file of the record, sent in, changes nothing."""
    path = tmp_path / "需求.csv"
    path.write_bytes((context.root / f"content/data/needs/{COUNTY}.csv").read_bytes())
    (taken,) = take(context.root, path, context=context)
    assert taken.changes == []
    assert taken.counts["needs"] == (0, 0, 4)


def test_a_zip_of_something_else_is_no_return(context: CollectionContext, tmp_path: Path) -> None:
    """An archive without an export in it is refused before anything is read from it."""
    from site_builder.shared.problems import CampaignError

    path = tmp_path / "报表.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("报表.docx", b"x")
    with pytest.raises(CampaignError):
        take(context.root, path, context=context)


@pytest.mark.parametrize("table", list(SOUND))
def test_what_is_on_record_and_not_in_the_return_stays(table: str, context: CollectionContext, tmp_path: Path) -> None:
    """A return with other records than those on file adds to them, whatever the table's key."""
    before = len(context.rows[f"content/data/{table}/{COUNTY}.csv"])
    taken = sent(context, tmp_path, table, lambda rows, form: rows)
    assert not [problem for problem in taken.problems if problem.is_error]
    assert len(rows_of(taken, table)) == before + taken.counts[table][0]


OLD_EVENT = {"activity_id": "A-220881-0001", "village_code": "220881100200", "kind": "服务团进村", "people_reached": 86}
OLD_WORDS = {"title": "服务团进瓦房村", "held_on": "2018-05-12", "place": "瓦房村文化广场"}
NEW_WORDS = {"title": "端午集市宣传", "held_on": "2018-06-18", "place": "镇集市"}


@pytest.mark.parametrize("kept", [(), ("title",), ("held_on",), ("place",), ("title", "held_on", "place")])
def test_a_number_used_for_another_event_is_reported(
    kept: tuple[str, ...], context: CollectionContext, tmp_path: Path
) -> None:
    """Only where nothing of the old event is left is its number likely to have been used again."""
    words = {name: (OLD_WORDS if name in kept else NEW_WORDS)[name] for name in OLD_WORDS}
    form = context.forms.forms["activities"]
    sheet = {form.sheet: grid(form, [{**OLD_EVENT, **words}])}
    (taken,) = take(context.root, write_workbook(tmp_path / "报表.xlsx", sheet), context=context)
    shown = [problem.cell for problem in taken.problems if problem.code == "record-overwritten"]
    assert shown == ([] if kept else ["A2"])


def test_a_village_whose_needs_have_gone_says_so_with_a_zero(context: CollectionContext, tmp_path: Path) -> None:
    """An empty row is no report; one zero in it is, and takes the village's earlier needs away."""
    form = context.forms.forms["needs"]
    village = "220881100200"
    assert any(row["village_code"] == village for row in context.rows[f"content/data/needs/{COUNTY}.csv"])
    rows = [{"village_code": village, "elderly.support_payments": 0}]
    (taken,) = take(
        context.root, write_workbook(tmp_path / "报表.xlsx", {form.sheet: grid(form, rows)}), context=context
    )
    left = [row["persons"] for row in rows_of(taken, "needs") if row["village_code"] == village]
    assert taken.is_sound
    assert left == ["0"]


def with_county(sheet: Sequence[Sequence[object]], *written: object) -> Grid:
    """A column before all others that says the county of each row."""
    return [[head, *row] for head, row in zip(("县（市、区）", *written), sheet, strict=True)]


BY_NAME = [["村名", "姓名", "身份", "任职日期"], ["荣华村", "王五", "村会计", "2018-06-01"]]
TWICE = [*BY_NAME, ["荣华村", "赵六", "村会计", "2018-06-02"]]


@pytest.mark.parametrize("other", ["大安市", "大安", "白城市大安市", "吉林省大安市", "220882"])
@pytest.mark.parametrize("sheet", [BY_NAME, [["村代码", *BY_NAME[0][1:]], ["220881100201", *BY_NAME[1][1:]]]])
def test_a_row_of_another_county_is_refused_by_its_county_column(
    other: str, sheet: Grid, context: CollectionContext, tmp_path: Path
) -> None:
    """However the county is written, beside a name or a code of this county: its cell is named, nothing changes."""
    path = write_workbook(tmp_path / "报表.xlsx", {"联络员名单": with_county(sheet, other)})
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY), context)
    assert [(found.code, found.cell) for found in taken.problems if found.is_error] == [("row-other-county", "A2")]
    assert taken.drafts == {}


def test_a_county_written_once_holds_for_the_rows_below(context: CollectionContext, tmp_path: Path) -> None:
    """As in a merged cell: the rows below another county's name are that county's, too."""
    path = write_workbook(tmp_path / "报表.xlsx", {"联络员名单": with_county(TWICE, "大安市", None)})
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY), context)
    (found,) = [found for found in taken.problems if found.code == "row-other-county"]
    assert (found.cell, found.details["rows"]) == ("A2", "第2行（大安市）、第3行（大安市）")


@pytest.mark.parametrize("options", [CollectOptions(), CollectOptions(county=COUNTY)])
def test_a_county_column_that_agrees_is_understood(
    options: CollectOptions, context: CollectionContext, tmp_path: Path
) -> None:
    """With or without a county from the person at the terminal, and with nothing said of the column."""
    path = write_workbook(tmp_path / "报表.xlsx", {"联络员名单": with_county(BY_NAME, "洮南市")})
    (taken,) = take(context.root, path, options, context)
    assert taken.county == COUNTY
    assert {found.code for found in taken.problems} <= {"villages-missing", "liaison-replaced", "return-known"}


def test_a_code_of_another_county_than_the_column_says_is_refused(context: CollectionContext, tmp_path: Path) -> None:
    """Where no county is given for the return, each row's code must be of the county written beside it."""
    sheet = [["村代码", *BY_NAME[0][1:]], ["220881100201", *BY_NAME[1][1:]]]
    path = write_workbook(tmp_path / "报表.xlsx", {"联络员名单": with_county(sheet, "大安市")})
    returns = take(context.root, path, context=context)
    assert ("row-other-county", "B2") in {(found.code, found.cell) for one in returns for found in one.problems}
    assert not any(one.is_sound for one in returns)
