"""A list of counties with their offices is taken in as the province's own: each row says its county by name."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from collect_examples import write_workbook

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import campaign, forms, schemas

HEADS: list[object] = ["序号", "县（市、区）", "法律援助机构名称", "办公地址", "办公电话"]
FILE = "content/data/counties.csv"


def taken_in(root: Path, folder: Path, rows: Sequence[Sequence[object]]) -> CollectedReturn:
    """What a list brings; all of it is one."""
    known = schemas.load(root)
    context = collection_context.load(root, campaign.load(root), known, forms.load_county_list(root, known))
    path = write_workbook(folder / "县区名单.xlsx", {"Sheet1": rows})
    (taken,) = intake.take(untrusted_files.read(path), context, CollectOptions())
    return taken


def rows_of(taken: CollectedReturn) -> dict[str, dict[str, str]]:
    """The table's rows by county."""
    return {row["county_code"]: row for row in csv.DictReader(io.StringIO(taken.drafts[FILE].decode()))}


@pytest.fixture
def empty(root: Path) -> Path:
    """The campaign without a county on record."""
    path = root / FILE
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return root


def test_each_row_is_the_county_that_it_names(empty: Path, tmp_path: Path) -> None:
    """Two counties of two prefectures in one list; none takes the other's place, and nothing else is written."""
    rows: list[list[object]] = [
        HEADS,
        [1, "朝阳区", "朝阳区法律援助中心", "样例路1号", "0431-8000001"],
        [2, "洮南市", "洮南市法律援助中心", "样例路2号", "0436-6230001"],
    ]
    taken = taken_in(empty, tmp_path, rows)
    assert list(taken.drafts) == [FILE]
    assert {code: row["submitting_body"] for code, row in rows_of(taken).items()} == {
        "220104": "长春市司法局",
        "220881": "白城市司法局",
    }


def test_what_is_filled_in_is_told(empty: Path, tmp_path: Path) -> None:
    """Who reports for the county, and that no liaison's phone is published: a county opts in to that."""
    taken = taken_in(empty, tmp_path, [HEADS, [1, "洮南市", "洮南市法律援助中心", "样例路2号", "0436-6230001"]])
    assert rows_of(taken)["220881"]["phone_publication"] == "none"
    assert [changed.cell for changed in taken.normalised] == ["B2", "B2"]
    assert "白城市司法局" in taken.normalised[0].after


def test_an_office_s_name_says_its_county(empty: Path, tmp_path: Path) -> None:
    """Where no column does."""
    rows = [
        ["机构名称", "地址", "电话", "监督电话"],
        ["洮南市法律援助中心", "样例路2号", "0436-6230001", "0436-6230002"],
    ]
    assert rows_of(taken_in(empty, tmp_path, rows)).keys() == {"220881"}


def test_a_county_that_nobody_knows_is_asked_for(empty: Path, tmp_path: Path) -> None:
    """By its cell; nothing is guessed."""
    taken = taken_in(empty, tmp_path, [HEADS, [1, "铁西区", "铁西区法律援助中心", "样例路2号", "0436-6230001"]])
    (found,) = [problem for problem in taken.problems if problem.is_error]
    assert (found.code, found.cell) == ("county-not-found", "B2")


def test_what_the_record_has_of_a_county_stays(root: Path, tmp_path: Path) -> None:
    """A list without a column changes nothing of it: 大安市 shows its phones in part, as it chose."""
    taken = taken_in(root, tmp_path, [HEADS, [1, "大安市", "大安市法律援助中心", "新路9号", "0436-0000003"]])
    row = rows_of(taken)["220882"]
    assert (row["phone_publication"], row["address"], row["budget_included_on"]) == ("masked", "新路9号", "2018-05-02")
    assert rows_of(taken).keys() == {"220104", "220881", "220882"}


def test_an_office_without_a_phone_is_an_error(empty: Path, tmp_path: Path) -> None:
    """People are to call it."""
    taken = taken_in(empty, tmp_path, [HEADS, [1, "洮南市", "洮南市法律援助中心", "样例路2号", None]])
    assert [problem.code for problem in taken.problems if problem.is_error] == ["cell-required"]
