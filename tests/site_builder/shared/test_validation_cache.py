"""The memory of sound files saves work and can never hide an error."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder import checks
from site_builder.checks import Checked, table_schema
from site_builder.model import campaign, schemas
from site_builder.shared import validation_cache

Check = Callable[[], Checked]
Edit = Callable[[str, str, str], None]


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables that are given to frictionless."""
    names: list[str] = []
    real = table_schema._suspects

    def counted(table, rows, keys):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        names.append(f"{table.name} {len(rows)}")
        return real(table, rows, keys)

    monkeypatch.setattr(table_schema, "_suspects", counted)
    return names


def test_unchanged_files_are_not_validated_twice(root: Path, check: Check, validated: list[str]) -> None:
    """A second check of the same content gives frictionless nothing to do and says the same."""
    (root / validation_cache.FILE).unlink()
    first = check()
    assert validated
    validated.clear()
    assert check() == first
    assert validated == []


def test_only_the_changed_file_is_validated_again(check: Check, edit: Edit, validated: list[str]) -> None:
    """After one county's file changed, only its rows go through frictionless."""
    check()
    validated.clear()
    edit("data/village_surveys/220882.csv", ",8,3,", ",8,4,")
    check()
    assert validated == ["village_surveys 1"]


def test_a_fault_is_found_however_often_it_was_checked(check: Check, edit: Edit) -> None:
    """A faulty file is never remembered as sound: the third check finds what the first found."""
    check()
    edit("data/liaisons/220881.csv", "mediator", "mediater")
    first = check()
    assert not first.is_publishable
    assert check().problems == first.problems
    assert check().problems == first.problems


def test_a_change_elsewhere_is_seen_in_an_unchanged_file(check: Check, edit: Edit) -> None:
    """When a village leaves the list, the unchanged file of its liaisons is faulty from then on."""
    assert check().is_publishable
    edit("data/villages/220881.csv", "220881100201,2018,220881100,荣华村,100,300,,demo\n", "")
    codes = {(problem.file, problem.code) for problem in check().problems if problem.is_error}
    assert ("content/data/liaisons/220881.csv", "reference-unknown") in codes


def test_a_changed_schema_is_seen(root: Path, check: Check) -> None:
    """When a schema grows stricter, files found sound before are validated again."""
    assert check().is_publishable
    (root / "survey_schemas").unlink()
    shutil.copytree(PROJECT / "survey_schemas", root / "survey_schemas")
    path = root / "survey_schemas" / "tables" / "villages.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"maxLength": 30', '"maxLength": 2'), encoding="utf-8")
    checked = checks.check(root, campaign.load(root), schemas.load(root))
    assert {problem.code for problem in checked.problems if problem.is_error} == {"cell-too-long"}


@pytest.mark.parametrize("what", ["our own code", "the validator"])
def test_another_judge_judges_anew(
    check: Check, validated: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """What was found sound by other code of ours, or by another frictionless, is validated again."""
    check()
    validated.clear()
    if what == "our own code":
        monkeypatch.setattr(table_schema, "_CODE", "other")
    else:
        monkeypatch.setattr(table_schema, "version", lambda _: "0.0.0")
    check()
    assert validated


@pytest.mark.parametrize("damage", [b"", b"{", b"[1, 2]", b'{"a": 1}', b"\xff"])
def test_a_damaged_memory_costs_time_only(root: Path, check: Check, validated: list[str], damage: bytes) -> None:
    """Whatever stands in the memory's file, everything is checked and the answer is the same."""
    first = check()
    (root / validation_cache.FILE).write_bytes(damage)
    validated.clear()
    assert check() == first
    assert validated


def test_a_file_in_the_memory_s_place_costs_time_only(root: Path, check: Check) -> None:
    """A file called .cache stops no check: what is remembered there is only for speed."""
    first = check()
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_bytes(b"")
    assert check() == first


def test_a_result_under_a_broken_reference_is_not_remembered(root: Path, check: Check) -> None:
    """What could not be judged because another file was unreadable is judged once that file can be read."""
    villages = root / "content/data/villages/220881.csv"
    liaisons = root / "content/data/liaisons/220881.csv"
    sound = villages.read_bytes()
    liaisons.write_text(liaisons.read_text(encoding="utf-8").replace("220881100201,", "220881100202,"))
    villages.write_bytes(sound.decode().encode("gb18030"))
    check()
    villages.write_bytes(sound)
    assert [problem.code for problem in check().problems if problem.is_error] == ["reference-unknown"]


def test_a_result_beside_a_faulty_file_is_not_remembered(check: Check, edit: Edit) -> None:
    """A reference is not judged while its target's file has a fault, though every key can be read: later it is."""
    edit("data/liaisons/220881.csv", "220881100201,", "220881100202,")
    edit("data/villages/220881.csv", "荣华村,100,", "荣华村,many,")
    assert "reference-unknown" not in {problem.code for problem in check().problems}
    edit("data/villages/220881.csv", "荣华村,many,", "荣华村,100,")
    assert "reference-unknown" in {problem.code for problem in check().problems}
