"""What a return names where a code is asked for: recipients by their names, materials by their titles."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, rows_of, take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.shared.problems import sentence

HEADS = ("接收单位", "材料名称", "数量", "发放日期")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def sent(root: Path, folder: Path, recipient: str, material: str) -> CollectedReturn:
    path = write_workbook(folder / "a.xlsx", {"材料发放": [HEADS, (recipient, material, 7, "2018-05-02")]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    return taken


@pytest.mark.parametrize("recipient", ["荣华村", "荣华村委会", "220881100201", "220881100201 荣华村"])
@pytest.mark.parametrize("material", ["12348宣传单", "宣传单", "M-02"])
def test_names_are_understood_where_one_fits(root: Path, tmp_path: Path, recipient: str, material: str) -> None:
    """A clerk writes what stands on the parcel."""
    taken = sent(root, tmp_path, recipient, material)
    assert taken.is_sound
    assert [row["quantity"] for row in rows_of(taken, "deliveries") if row["recipient_code"] == "220881100201"] == ["7"]


@pytest.mark.parametrize("county", ["洮南市", "洮南", "吉林省白城市洮南市"])
def test_the_county_itself_may_be_named(root: Path, tmp_path: Path, county: str) -> None:
    """Plaques go to the county's window."""
    taken = sent(root, tmp_path, county, "M-02")
    assert "7" in [row["quantity"] for row in rows_of(taken, "deliveries") if row["recipient_code"] == "220881"]


@pytest.mark.parametrize(
    ("recipient", "material", "code", "offered"),
    [
        ("荣花村", "M-02", "village-not-found", "荣华村（220881100201）"),
        ("荣华村、洮南市", "M-02", "village-not-found", "荣华村（220881100201）"),
        ("不是洮南市", "M-02", "village-not-found", ""),
        ("荣华村", "单", "cell-choice-like", "12348宣传单（M-02）"),
        ("荣华村", "便民窗口牌", "cell-choice-like", "是不是脱贫攻坚便民法律援助窗口牌匾（M-01）？"),
        ("荣华村", "宣传册", "cell-choice-like", "12348宣传单（M-02）"),
        ("荣华村", "便民法律援助窗口牌匾、宣传单", "cell-choice", "12348宣传单（M-02）"),
    ],
)
def test_what_none_or_several_fit_is_asked_about_once(
    root: Path, tmp_path: Path, recipient: str, material: str, code: str, offered: str
) -> None:
    """With what may be meant; one fault is one error."""
    taken = sent(root, tmp_path, recipient, material)
    (error,) = [problem for problem in taken.problems if problem.is_error]
    assert error.code == code
    assert offered in sentence(error)


def of_liaisons(root: Path, folder: Path, *rows: tuple[object, ...]) -> CollectedReturn:
    heads = ("乡镇", "村名", "姓名", "身份", "任职日期")
    path = write_workbook(folder / "a.xlsx", {"联络员名单": [heads, *rows]})
    return take(root, path)[0]


def test_a_village_that_is_not_found_is_one_error(root: Path, tmp_path: Path) -> None:
    """That its row is of no village follows from it, and is not said as well."""
    found = ("", "瓦房村", "朴银姬", "人民调解员", "2018-05-02")
    taken = of_liaisons(root, tmp_path, found, ("", "桃源村", "李春花", "人民调解员", "2018-05-02"))
    assert [problem.code for problem in taken.problems if problem.line == 3] == ["village-not-found"]


def test_a_role_and_a_day_written_otherwise_are_listed(root: Path, tmp_path: Path) -> None:
    """Whoever takes the return in sees what every word and number was understood as; a title as it stands is none."""
    taken = of_liaisons(
        root, tmp_path, ("", "瓦房村", "朴银姬", "书记", 43222), ("", "荣华村", "李春花", "村会计", "2018-05-02")
    )
    shown = {(cell.cell, cell.before, cell.after) for cell in taken.normalised}
    assert shown == {("D2", "书记", "村党支部书记"), ("E2", "43222", "2018-05-02")}


@pytest.mark.parametrize("township", ["瓦房镇", "瓦房", None])
def test_a_village_in_columns_of_its_own_is_the_recipient(root: Path, tmp_path: Path, township: str | None) -> None:
    """As offices list what they handed out: township, village, material, number, day."""
    heads = ("序号", "乡镇", "村名", "材料名称", "数量", "发放日期")
    rows = [heads, (1, township, "荣华村村民委员会", "12348宣传单", 9, "2018-05-02")]
    path = write_workbook(tmp_path / "a.xlsx", {"材料发放": rows})
    (taken,) = take(root, path, CollectOptions(county=COUNTY))
    assert [problem.code for problem in taken.problems if problem.is_error] == []
    assert [row["quantity"] for row in rows_of(taken, "deliveries") if row["recipient_code"] == "220881100201"] == ["9"]


def test_a_village_that_is_not_known_is_asked_about_at_its_cell(root: Path, tmp_path: Path) -> None:
    """In the column in which it is named, with what it may have meant."""
    rows = [("乡镇", "村名", "材料名称", "数量", "发放日期"), ("瓦房镇", "荣桦村", "12348宣传单", 9, "2018-05-02")]
    path = write_workbook(tmp_path / "a.xlsx", {"材料发放": rows})
    (taken,) = take(root, path, CollectOptions(county=COUNTY))
    (asked,) = [problem for problem in taken.problems if problem.is_error]
    assert (asked.code, asked.cell) == ("village-not-found", "B2")
    assert "荣华村" in asked.details["meant"]
