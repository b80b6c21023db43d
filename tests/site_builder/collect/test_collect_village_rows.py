"""What rows of villages say beside the record or one another: vacancies, one person for two villages, two surveys."""

from pathlib import Path

import pytest
from collect_examples import take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectOptions

HEADS = ("村名", "姓名", "身份", "任职日期", "离任日期", "工作电话", "备注")
SERVING = ("荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", None, None, None)
ANOTHER = ("瓦房村", "朴银姬", "人民调解员", "2018-05-02", None, "13800000000", None)
OURS = ("liaison-still-serving", "liaison-of-two-villages")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def said(root: Path, folder: Path, *rows: tuple[object, ...]) -> list[tuple[str, str, str]]:
    """Code, cell and village of what is said of these rows."""
    path = write_workbook(folder / "a.xlsx", {"联络员名单": [HEADS, *rows]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    found = [problem for problem in taken.problems if problem.code in OURS]
    return [(problem.code, problem.cell, problem.details["village"][-3:]) for problem in found]


@pytest.mark.parametrize("note", [None, "空缺"])
def test_an_empty_row_of_a_village_with_somebody_in_office_is_asked_about(
    root: Path, tmp_path: Path, note: str | None
) -> None:
    """Nothing ends a term but its last day: an empty row would leave the one who left in office without a word."""
    vacant = ("荣华村", None, None, None, None, None, note)
    assert said(root, tmp_path, ANOTHER, vacant) == [("liaison-still-serving", "B3", "荣华村")]


def test_a_term_that_was_ended_leaves_nothing_to_ask(root: Path, tmp_path: Path) -> None:
    """The name with its last day is how a vacancy is told, beside an empty row or not."""
    ended = ("荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", "2018-06-01", None, None)
    vacant = ("荣华村", None, None, None, None, None, None)
    assert said(root, tmp_path, ANOTHER, ended, vacant) == []


def test_one_person_for_two_villages_is_asked_about(root: Path, tmp_path: Path) -> None:
    """One name with one phone in two rows was copied down, most likely."""
    copied = ("荣华村", *ANOTHER[1:])
    assert said(root, tmp_path, ANOTHER, copied) == [("liaison-of-two-villages", "B3", "荣华村")]


def test_two_of_one_name_are_two(root: Path, tmp_path: Path) -> None:
    """A name is shared by many: without one phone nothing is asked."""
    namesake = ("荣华村", "朴银姬", "人民调解员", "2018-05-02", None, "13900000000", None)
    assert said(root, tmp_path, ANOTHER, namesake) == []
    assert said(root, tmp_path, SERVING, ANOTHER) == []


def test_rows_of_no_known_village_are_asked_nothing_more(root: Path, tmp_path: Path) -> None:
    """Which village they are of is asked where it is written, once a row."""
    rows = [HEADS, ("桃源村", *ANOTHER[1:]), (None, *SERVING[1:])]
    (taken,) = take(root, write_workbook(tmp_path / "a.xlsx", {"联络员名单": rows}))
    errors = [(problem.code, problem.cell) for problem in taken.problems if problem.is_error]
    assert errors == [("village-not-found", "A2"), ("row-unidentified", "A3")]


def surveys(root: Path, folder: Path, *rows: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Cell and both lines of what is said of surveys, each of a village on a day."""
    heads = ("村名", "调查日期", "贫困户数", "贫困人口")
    path = write_workbook(folder / "a.xlsx", {"摸底调查": [heads, *((*row, 20, 50) for row in rows)]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    found = [problem for problem in taken.problems if problem.code == "survey-twice"]
    return [(problem.cell, problem.details["first"], problem.details["line"]) for problem in found]


def test_two_days_for_one_village_in_one_list_are_asked_about(root: Path, tmp_path: Path) -> None:
    """One of the rows is another village's, most likely; the same day twice is told elsewhere."""
    twice = [("荣华村", "2018-06-28"), ("瓦房村", "2018-06-28"), ("荣华村", "2018-06-29")]
    assert surveys(root, tmp_path, *twice) == [("A4", "2", "4")]
    assert surveys(root, tmp_path, *twice[:2], twice[0]) == []


def test_two_surveys_that_are_on_record_come_back_without_a_word(root: Path, tmp_path: Path) -> None:
    """As a kit holds them; a third of the village is asked about."""
    known = [("瓦房村", "2018-04-20"), ("瓦房村", "2018-06-01")]
    assert surveys(root, tmp_path, *known) == []
    assert surveys(root, tmp_path, *known, ("瓦房村", "2018-06-20")) == [("A4", "2", "4")]
