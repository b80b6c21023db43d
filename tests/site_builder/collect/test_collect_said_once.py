"""Of many cells or rows with one cause one thing is said, with the way out of it."""

from pathlib import Path

import openpyxl
import pytest
from collect_examples import take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectOptions
from site_builder.shared.problems import Problem

COUNTY, OTHER = "220881", "220882"
HEADS = ("县", "乡镇", "村名", "姓名", "身份", "任职日期")
PERSON = ("李春花", "村会计", "2018-06-01")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def collect(root: Path, path: Path, county: str = COUNTY) -> dict[str, list[Problem]]:
    """What is said of a file, by the county that it is said to."""
    return {one.county: one.problems for one in take(root, path, CollectOptions(county=county))}


def test_villages_of_another_county_are_one_error_that_names_it(root: Path, tmp_path: Path) -> None:
    """With their township no other can be meant: none that sounds like them is offered."""
    rows = [("大赉乡", "永昌村", *PERSON), ("大赉乡", "嫩江村", "刘桂芬", *PERSON[1:])]
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS[1:], *rows]})
    errors = [one for one in collect(root, path)[COUNTY] if one.is_error]
    assert [(one.code, one.details["titles"]) for one in errors] == [("villages-elsewhere", "大安市")]
    assert errors[0].details["rows"] == "大赉乡永昌村（B2）、大赉乡嫩江村（B3）"


def test_a_row_with_another_countys_name_is_asked_of_the_sender(root: Path, tmp_path: Path) -> None:
    """A village of the sender's own under another county's name: both counties' answers say so."""
    own = [("洮南市", "瓦房镇", "瓦房村", *PERSON)]
    path = write_workbook(
        tmp_path / "a.xlsx", {"联络员名单": [HEADS, *own, ("大安市", "瓦房镇", "荣华村", "刘桂芬", *PERSON[1:])]}
    )
    said = {county: [one.code for one in found if one.is_error] for county, found in collect(root, path, "").items()}
    assert said == {COUNTY: ["villages-elsewhere"], OTHER: ["villages-elsewhere"]}


def test_formulas_without_a_value_are_one_error(root: Path, tmp_path: Path) -> None:
    """A program that wrote the file has computed none of them."""
    rows = [
        ("村名", "调查日期", "贫困户数", "贫困人口"),
        *((v, "2018-06-20", "=1+1", "=2+2") for v in ("瓦房村", "荣华村")),
    ]
    found = collect(root, write_workbook(tmp_path / "a.xlsx", {"摸底调查": rows}))[COUNTY]
    (one,) = [one for one in found if one.code == "cell-formula-empty"]
    assert one.details["rows"] == "C2、D2、C3、D3"


def test_a_hidden_sheet_is_not_said_to_be_nothing(root: Path, tmp_path: Path) -> None:
    """It must be looked at, so it is not told as well that it may be left alone."""
    path = write_workbook(
        tmp_path / "a.xlsx", {"联络员名单": [HEADS[1:], ("瓦房镇", "瓦房村", *PERSON)], "底册": [("甲", "乙")]}
    )
    book = openpyxl.load_workbook(path)
    book["底册"].sheet_state = "hidden"
    book.save(path)
    assert [one.code for one in collect(root, path)[COUNTY] if one.sheet == "底册"] == ["sheet-hidden"]


def test_names_with_phones_in_one_cell_are_to_be_split(root: Path, tmp_path: Path) -> None:
    """A head that asks for both is not offered as the one for names."""
    rows = [("村名", "联络员及电话", "身份", "任职日期"), ("瓦房村", "李春花 0436-0000101", "村会计", "2018-06-01")]
    found = collect(root, write_workbook(tmp_path / "a.xlsx", {"联络员名单": rows}))[COUNTY]
    (one,) = [one for one in found if one.code == "column-missing"]
    assert "请分成“姓名”“工作电话”两栏" in one.details["hint"]
    assert "--column" not in one.details["hint"]


def test_a_missing_name_is_asked_of_the_column_that_holds_names(root: Path, tmp_path: Path) -> None:
    """Whatever its head says in brackets."""
    said = ("0436-0000101", "2018-06-01")
    people = [("瓦房村", "秦鹏(治保主任)", *said), ("荣华村", "龚秀英（会计）", *said)]
    rows = [("村名", "联络员（职务）", "工作电话", "任职日期"), *people]
    found = collect(root, write_workbook(tmp_path / "a.xlsx", {"联络员名单": rows}))[COUNTY]
    (one,) = [one for one in found if one.code == "column-missing"]
    assert "栏“联络员（职务）”是不是“姓名”？" in one.details["hint"]
    assert "column-choice-unclear" not in {each.code for each in found}


def test_rows_that_stand_in_one_cell_each_are_to_be_split(root: Path, tmp_path: Path) -> None:
    """As text that was pasted; the heads tell what it is."""
    rows = [("样例县联络员名单",), ("村名 姓名 身份 任职日期",), ("瓦房村 李春花 村会计 2018-06-01",)]
    found = collect(root, write_workbook(tmp_path / "a.xlsx", {"名单": rows}))[COUNTY]
    assert [(one.code, one.details["column"]) for one in found] == [("sheet-unsplit", "A")]
    found = collect(root, write_workbook(tmp_path / "b.xlsx", {"名单": [("某某",), ("甲 乙 丙",), ("丁 戊 己",)]}))[
        COUNTY
    ]
    assert [one.code for one in found] == ["return-unrecognised"]


def test_phones_without_a_column_of_consents_are_told_to_stay_unpublished(root: Path, tmp_path: Path) -> None:
    """Once a file; of a list without phones nothing is said."""
    heads = ("村名", "姓名", "身份", "任职日期", "工作电话")
    for phone, said in (("0436-0000101", ["consent-unasked"]), (None, [])):
        rows = [heads, ("瓦房村", *PERSON, phone)]
        found = collect(root, write_workbook(tmp_path / "a.xlsx", {"联络员名单": rows}))[COUNTY]
        assert [one.code for one in found if one.code.startswith("consent")] == said
