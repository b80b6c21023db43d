"""Frictionless's verdicts as problems a clerk can act on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import places

from site_builder.checks import Checked
from site_builder.shared.problems import Problem, catalogue, sentence

Check = Callable[[], Checked]
Edit = Callable[[str, str, str], None]


def only_error(checked: Checked) -> Problem:
    errors = [problem for problem in checked.problems if problem.is_error]
    assert len(errors) == 1, [(problem.code, problem.file, problem.cell) for problem in errors]
    return errors[0]


def test_the_example_has_warnings_only(check: Check) -> None:
    """The tiny campaign is publishable; a vacancy, what its window lacks and plans that never came are warnings."""
    checked = check()
    assert checked.is_publishable
    assert [problem.code for problem in checked.problems] == ["liaison-missing", "window-duty", "plan-late"]


L, S, N, V, W = (f"data/{name}/220881.csv" for name in ("liaisons", "village_surveys", "needs", "villages", "windows"))


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "cell"),
    [
        (L, "欧阳䶮", "", "cell-required", "D2"),
        (L, "2018-05-02", "2018-5-2", "cell-type", "B3"),
        (L, "2018-05-02", "2018-02-30", "cell-type", "B3"),
        (L, "2018-05-06", "五月六日", "cell-type", "I3"),
        (L, "mediator", "mediater", "cell-choice", "E3"),
        (L, "0436-0000011", "0436-0000011转8", "cell-pattern", "F2"),
        (L, "欧阳䶮", "欧" * 31, "cell-too-long", "D2"),
        (L, "2018-05-02", "1918-05-02", "cell-range", "B3"),
        (S, ",52,", ",52户,", "cell-type", "D3"),
        (S, ",52,", ",５２,", "cell-type", "D3"),
        (S, ",52,", ",5_2,", "cell-type", "D3"),
        (S, ",52,", ",-52,", "cell-range", "D3"),
        (V, "220881100201,", "2.20881E+11,", "cell-scientific", "A3"),
        (V, "220881100201,", "22088110020,", "cell-pattern", "A3"),
        (W, "122.783", "122。783", "cell-type", "J2"),
    ],
)
def test_a_wrong_cell_is_named(check: Check, edit: Edit, file: str, old: str, new: str, code: str, cell: str) -> None:
    """Each kind of wrong cell gives one problem, with the cell's address, column and an example."""
    edit(file, old, new)
    problem = only_error(check())
    assert (problem.code, problem.file, problem.cell) == (code, f"content/{file}", cell)
    assert problem.column
    assert problem.example
    assert problem.line == int(cell[1:])


def test_a_mobile_in_a_private_column_is_not_repeated(check: Check, edit: Edit) -> None:
    """What was entered in a masked column is not shown, so that it reaches no log."""
    edit(L, "13800000000", "1380000000X")
    assert only_error(check()).entered == "（内容不显示）"


def test_a_duplicate_village_is_named(root: Path, check: Check) -> None:
    """A village entered twice in one file is one problem, at the second entry."""
    path = root / "content" / V
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    checked = check()
    assert places(checked.problems, "row-duplicate") == [(f"content/{V}", "A4")]
    assert "220881100201" in sentence(only_error(checked))


def test_an_unknown_code_is_named_with_its_table(check: Check, edit: Edit) -> None:
    """A code that the gazetteer does not have is named with its table; what only follows from it is not reported."""
    edit(V, "220881100201,2018,220881100", "220881100999,2018,220881100")
    problem = only_error(check())
    assert (problem.code, problem.cell) == ("reference-unknown", "A3")
    assert "220881100999" in sentence(problem)


def test_a_liaison_for_no_village_is_named(check: Check, edit: Edit) -> None:
    """A liaison of a village that is not on the list of poor villages is refused."""
    edit(L, "220881100201,", "220881100202,")
    problem = only_error(check())
    assert (problem.code, problem.cell) == ("reference-unknown", "A4")
    assert problem.details["target"] == "贫困村"


def test_an_unreadable_file_makes_no_noise_elsewhere(root: Path, check: Check) -> None:
    """When a county's village file cannot be read, its liaisons are not all said to be of unknown villages."""
    path = root / "content" / V
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert only_error(check()).code == "file-encoding-gbk"


def test_all_faults_of_all_counties_are_listed_at_once(check: Check, edit: Edit) -> None:
    """A check does not stop at the first file or the first fault."""
    edit(L, "mediator", "mediater")
    edit(L, "2018-05-06", "2018/5/6")
    edit("data/villages/220882.csv", "220882202204,2018", "220882202204,二〇一八")
    codes = sorted(problem.code for problem in check().problems if problem.is_error)
    assert codes == ["cell-choice", "cell-type", "cell-type"]


def test_more_than_a_thousand_faults_are_all_listed(root: Path, check: Check) -> None:
    """The validator's own limit of a thousand errors does not apply."""
    path = root / "content" / N
    header = path.read_text(encoding="utf-8").splitlines()[0]
    rows = [f"220881100200,elderly,support_payments,x{number},demo" for number in range(1100)]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    assert sum(problem.code == "cell-type" for problem in check().problems) == 1100


def test_every_code_that_a_check_gives_has_its_words(check: Check, edit: Edit) -> None:
    """Sentences and remedies can be worded with the details that come with a problem."""
    edit(L, "mediator", "mediater")
    for problem in check().problems:
        assert sentence(problem)
        assert problem.code in catalogue()
