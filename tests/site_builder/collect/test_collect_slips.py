"""Names and figures that stand at another village's row: slipped by a line, sorted alone, one person at many."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from collect_examples import take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectedReturn, CollectOptions

COUNTY, SHEET = "220881", "联络员名单"
VILLAGES = ("瓦房村", "荣华村", "长山村", "东明村", "向阳村", "团结村")
SERVING = ("朴银姬", "斯琴高娃", "王秀兰", "赵国军", "孙桂芝", "周德福")
HEADS = ("村名", "姓名", "身份", "任职日期")
TERM = "{code},2018-03-05,,{name},party_secretary,,false,样例法律援助中心,2018-03-12,,,demo\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign, whose county has six villages of different sizes, each with its liaison."""
    root = make_root(tmp_path_factory.mktemp("root"))
    data = root / "content" / "data"
    with (data / "divisions.csv").open("a", encoding="utf-8") as divisions:
        divisions.writelines(f"2208811002{n:02},{VILLAGES[n]}委会,village,220881100\n" for n in range(3, 6))
    villages, liaisons = data / "villages" / f"{COUNTY}.csv", data / "liaisons" / f"{COUNTY}.csv"
    head = villages.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    of_village = "2208811002{n:02},2018,220881100,{name},{households},{persons},,demo\n"
    sizes = [of_village.format(n=n, name=v, households=100 + n, persons=300 + n) for n, v in enumerate(VILLAGES)]
    villages.write_text(head + "".join(sizes), encoding="utf-8")
    with liaisons.open("a", encoding="utf-8") as terms:
        terms.writelines(TERM.format(code=f"2208811002{n:02}", name=SERVING[n]) for n in range(2, 6))
    return root


def collect(
    root: Path, folder: Path, rows: Sequence[Sequence[object]], *accepted: int, sheet: str = SHEET
) -> CollectedReturn:
    path = write_workbook(folder / "a.xlsx", {sheet: rows})
    named = frozenset((sheet, line) for line in accepted)
    (taken,) = take(root, path, CollectOptions(county=COUNTY, accepted=named))
    return taken


def names(root: Path, folder: Path, said: Sequence[str], *accepted: int, since: str = "2018-06-20") -> list[str]:
    """The codes, with their cells, of what is an error in a list of the villages with these names of liaisons."""
    rows = [(village, name, "村会计", since) for village, name in zip(VILLAGES, said, strict=True)]
    taken = collect(root, folder, [HEADS, *rows], *accepted)
    return [f"{one.code} {one.cell}" for one in taken.problems if one.is_error]


@pytest.mark.parametrize("since", ["2018-06-20", "2018-03-05", "2018-01-05"])
def test_names_that_slipped_by_a_row_are_one_error(root: Path, tmp_path: Path, since: str) -> None:
    """Whatever day stands beside them: else each would follow, replace or precede whoever serves."""
    down = ["吴春生", *SERVING[:5]]
    found = [error for error in names(root, tmp_path, down, since=since) if not error.endswith("2")]
    assert found == ["rows-slipped B3"]
    taken = collect(root, tmp_path, [HEADS, *((v, n, "村会计", since) for v, n in zip(VILLAGES, down, strict=True))])
    (slip,) = [one for one in taken.problems if one.code == "rows-slipped"]
    assert (slip.details["count"], slip.details["rows"]) == ("5", "B3、B4、B5、B6、B7")
    assert slip.details["whose"] == "上一行那个村"


def test_names_may_slip_upwards_and_by_several_rows(root: Path, tmp_path: Path) -> None:
    """A cell that was cut out moves all below it up; two that were put in move them down by two."""
    assert names(root, tmp_path, [*SERVING[1:], "吴春生"]) == ["rows-slipped B2"]
    assert names(root, tmp_path, ["吴春生", "郑小红", *SERVING[:4]]) == ["rows-slipped B4"]


def test_names_that_were_sorted_alone_are_one_error(root: Path, tmp_path: Path) -> None:
    """Each then is at any other village's row."""
    sorted_alone = [SERVING[n] for n in (3, 0, 5, 1, 2, 4)]
    assert names(root, tmp_path, sorted_alone) == ["rows-slipped B2"]


def test_one_who_moves_to_the_next_village_is_no_slip(root: Path, tmp_path: Path) -> None:
    """Beside several who are new."""
    assert names(root, tmp_path, ["吴春生", SERVING[0], "郑小红", "冯志刚", "陈立新", "高文斌"]) == []


def test_rows_that_slipped_are_taken_when_each_is_accepted(root: Path, tmp_path: Path) -> None:
    """With some of them accepted the others are asked still, however few they are."""
    down = ["吴春生", *SERVING[:5]]
    assert names(root, tmp_path, down, 3, 4, 5, 6) == ["rows-slipped B7"]
    assert names(root, tmp_path, down, 3, 4, 5, 6, 7) == []


def test_names_that_slipped_without_a_day_are_told_as_slipped(root: Path, tmp_path: Path) -> None:
    """Not as new ones that lack one, which would be filled in."""
    down = zip(VILLAGES, ["吴春生", *SERVING[:5]], strict=True)
    rows = [("村名", "姓名", "工作电话"), *((*each, "0436-0000101") for each in down)]
    taken = collect(root, tmp_path, rows)
    assert "rows-slipped" in [one.code for one in taken.problems]
    assert "row-lacks-columns" not in [one.code for one in taken.problems if (one.line or 0) > 2]


def test_one_person_in_three_villages_is_one_error(root: Path, tmp_path: Path) -> None:
    """An officer of the township; a person may say that it is so, row by row."""
    of_many = ["吴春生", "吴春生", "吴春生", "郑小红", "冯志刚", "陈立新"]
    assert "liaison-of-many-villages B2" in names(root, tmp_path, of_many)
    assert "liaison-of-many-villages" not in "".join(names(root, tmp_path, of_many, 2, 3, 4))


def test_one_person_in_two_villages_is_told_without_a_phone(root: Path, tmp_path: Path) -> None:
    """Where that is new: who serves both on record comes back without a word."""
    rows = [HEADS, *((v, "吴春生", "村会计", "2018-06-20") for v in VILLAGES[:2])]
    told = [one for one in collect(root, tmp_path, rows).problems if one.code == "liaison-of-two-villages"]
    assert [(one.cell, one.details["phone"]) for one in told] == [("B3", "")]


def surveys(root: Path, folder: Path, sizes: Sequence[tuple[int, int]], *accepted: int) -> list[str]:
    heads = ("村名", "总户数（户）", "总人口", "调查日期", "贫困户数", "贫困人口")
    rows = [(v, *size, "2018-06-20", 20 + n, 50 + n) for n, (v, size) in enumerate(zip(VILLAGES, sizes, strict=True))]
    taken = collect(root, folder, [heads, *rows], *accepted, sheet="摸底调查")
    return [f"{one.code} {one.cell}" for one in taken.problems if one.code.startswith(("rows-", "village-figures"))]


def test_the_size_of_villages_is_compared_with_the_record(root: Path, tmp_path: Path) -> None:
    """Nobody asks for it, and it tells whether the figures beside it are at the right village."""
    right = [(100 + n, 300 + n) for n in range(6)]
    assert surveys(root, tmp_path, right) == []
    assert surveys(root, tmp_path, [*right[:2], right[1], *right[2:5]]) == ["rows-slipped B4"]
    assert surveys(root, tmp_path, [*right[:2], right[1], *right[2:5]], 4, 5, 6, 7) == []
    assert surveys(root, tmp_path, [(111, 300), *right[1:]]) == ["village-figures-differ B2"]


def test_figures_that_are_another_villages_are_one_error(root: Path, tmp_path: Path) -> None:
    """As in a kit of which only some columns were sorted: each row holds what is on record of another village."""
    kept = root / "content" / "data" / "village_surveys" / f"{COUNTY}.csv"
    before = kept.read_text(encoding="utf-8")
    head, row = before.splitlines()[:2]

    def record(n: int) -> str:
        return f"2208811002{n:02},2018-06-20,{20 + n},{50 + n},{9 + n}" + row[row.index(",15,") :] + "\n"

    kept.write_text(head + "\n" + "".join(map(record, range(6))), encoding="utf-8")
    heads = ("村名", "调查日期", "贫困户数", "贫困人口", "农民工")
    rows = [(v, "2018-06-20", 20 + n, 50 + n, 9 + n) for v, n in zip(VILLAGES, (0, 1, 1, 2, 3, 4), strict=True)]
    taken = collect(root, tmp_path, [heads, *rows], sheet="摸底调查")
    kept.write_text(before, encoding="utf-8")
    assert [f"{one.code} {one.cell}" for one in taken.problems if one.is_error and one.line != 1] == ["rows-slipped A4"]
