"""The lint over files: each place reported as people find it, never the number, and clean files not read twice."""

from datetime import date
from pathlib import Path

import pytest

from site_builder.model import campaign
from site_builder.model.campaign import Campaign, PrivacyException
from site_builder.model.schemas import Schemas
from site_builder.privacy import lint, places
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.finder import NumberKind
from site_builder.privacy.places import Belonging, NumberPlace
from site_builder.shared import validation_cache
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

IDENTITY, CARD = "11010519491231002X", "6222021234567890128"
NOWHERE = Belonging(columns=frozenset())


@pytest.fixture
def settings(root: Path) -> Campaign:
    return campaign.load(root)


def excepting(settings: Campaign, **changes: str | date) -> Campaign:
    values = {
        "kind": "identity",
        "place": "content/pages/a.md",
        "reason": "试",
        "by": "甲",
        "until": date(2018, 12, 31),
    }
    exception = PrivacyException.model_validate(values | changes)
    return settings.model_copy(update={"privacy_exceptions": (exception,)})


def write(root: Path, name: str, text: str) -> None:
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def in_cell(root: Path, table: str, column: int, value: str) -> None:
    """Put a value into the first row of a table of the tiny campaign."""
    path = root / "content/data" / f"{table}.csv"
    header, row, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = row.split(",")
    cells[column] = value
    path.write_text("\n".join([header, ",".join(cells), *rest, ""]), encoding="utf-8")


def test_the_tiny_campaign_is_clean(root: Path, settings: Campaign, known: Schemas) -> None:
    """Nothing is reported of sound content."""
    assert lint.in_content(root, settings, known) == []


def test_a_cell_of_a_county_s_table_is_reported_in_full(root: Path, settings: Campaign, known: Schemas) -> None:
    """File, line, cell as spreadsheet programs count, the column's Chinese title, the county, and what it is."""
    in_cell(root, "village_surveys/220881", 11, IDENTITY)
    (problem,) = lint.in_content(root, settings, known)
    title = known.tables["village_surveys"].field("surveyed_by").title
    assert problem == Problem(
        code=Code.PRIVACY_CONTENT,
        file="content/data/village_surveys/220881.csv",
        line=2,
        cell="L2",
        column=title,
        entered="（内容不显示）",
        county="220881",
        details={"what": "身份证号"},
    )


def test_a_cell_of_an_undivided_table_is_of_no_county(root: Path, settings: Campaign, known: Schemas) -> None:
    """The title is still that of the schema."""
    in_cell(root, "materials", 2, CARD)
    (problem,) = lint.in_content(root, settings, known)
    assert problem.column == known.tables["materials"].fields[2].title
    assert (problem.county, problem.cell, problem.details) == ("", "C2", {"what": "银行卡号"})


def test_a_column_that_no_schema_has_keeps_its_name(root: Path, settings: Campaign, known: Schemas) -> None:
    """As it stands in the header."""
    write(root, "data/needs/220882.csv", f"village_code,remark\n220882202204,{IDENTITY}\n")
    (problem,) = lint.in_content(root, settings, known)
    assert (problem.column, problem.county, problem.cell) == ("remark", "220882", "B2")


@pytest.mark.parametrize("name", ["pages/needs.md", "data/needs/220882.txt", "data/remarks.csv"])
def test_what_is_no_table_is_reported_by_line(root: Path, settings: Campaign, known: Schemas, name: str) -> None:
    """A page, a stray text among the data, and a file of no known table have no title and no county."""
    write(root, name, f"说明\n{IDENTITY}\n")
    (problem,) = lint.in_content(root, settings, known)
    assert (problem.file, problem.line, problem.county) == (f"content/{name}", 2, "")


@pytest.mark.parametrize(("column", "cell"), [(0, ""), (1, "A7"), (2, "B7"), (25, "Y7"), (26, "Z7"), (27, "AA7")])
def test_cells_are_named_as_a_spreadsheet_does(column: int, cell: str) -> None:
    """A number that stands in no cell is reported by its line; beyond Z come AA and AB."""
    (problem,) = lint.as_problems(
        Code.PRIVACY_CONTENT, "a.csv", [NumberPlace(kind=NumberKind.CARD, line=7, column=column)], None
    )
    assert (problem.cell, problem.line) == (cell, 7)
    assert problem.entered == ("（内容不显示）" if column else "")


def test_what_cannot_be_looked_through_is_reported_as_such() -> None:
    """Under a code of its own, with the part of a packed file, and with what the caller adds."""
    (problem,) = lint.as_problems(
        Code.PRIVACY_HISTORY, "a.zip", [NumberPlace(kind=None, part="!b.bin")], None, commit="abc"
    )
    assert (problem.code, problem.file) == ("privacy-unread", "a.zip!b.bin")
    assert problem.details == {"what": "", "commit": "abc"}


def test_an_exception_is_heeded_and_missed_where_it_is_of_no_use(
    root: Path, settings: Campaign, known: Schemas
) -> None:
    """An excepted number is not reported; once it is gone the exception is, unless a wider search reports it."""
    excepted = excepting(settings)
    write(root, "pages/a.md", IDENTITY)
    assert lint.in_content(root, excepted, known) == []
    (root / "content/pages/a.md").unlink()
    (problem,) = lint.in_content(root, excepted, known)
    assert problem.code == "exception-unused"
    assert lint.in_content(root, excepted, known, Exceptions(campaign=excepted)) == []


def test_a_faulty_exception_tells_all_that_is_needed_to_mend_it(settings: Campaign) -> None:
    """Which of them, its place and day, the day of the data, and the last day allowed."""
    (problem,) = Exceptions(campaign=excepting(settings, until=date(2018, 6, 29))).problems(everywhere=False)
    assert (problem.code, problem.file) == ("exception-expired", "content/campaign.yml")
    assert problem.details == {
        "number": "1",
        "place": "content/pages/a.md",
        "until": "2018-06-29",
        "as_of": "2018-06-30",
        "latest": "2019-07-01",
    }


def test_exceptions_elsewhere_are_missed_only_by_a_search_everywhere(settings: Campaign) -> None:
    """Content alone says nothing about what is excepted outside of it."""
    elsewhere = Exceptions(campaign=excepting(settings, place="docs/*"))
    assert list(elsewhere.problems(everywhere=False)) == []
    assert [problem.code for problem in elsewhere.problems(everywhere=True)] == ["exception-unused"]


@pytest.mark.parametrize(
    ("path", "kind", "column", "covered"),
    [
        ("content/pages/a.md", NumberKind.IDENTITY, "", True),
        ("content/pages/b.md", NumberKind.IDENTITY, "", False),
        ("content/pages/a.md", NumberKind.CARD, "", False),
        ("content/pages/a.md", None, "", False),
        ("content/tests/a.md", NumberKind.IDENTITY, "", False),
    ],
)
def test_an_exception_is_of_a_kind_at_a_place(
    settings: Campaign, path: str, kind: NumberKind | None, column: str, covered: bool
) -> None:
    """And only what it covered counts as its use."""
    exceptions = Exceptions(campaign=excepting(settings))
    assert exceptions.cover(path, NumberPlace(kind=kind, field=column)) is covered
    assert exceptions.used == ({0} if covered else set())


def test_numbers_of_the_software_s_tests_are_nobody_s(settings: Campaign) -> None:
    """They are invented: no campaign has to review them, and none of its own exceptions is used up by them."""
    exceptions = Exceptions(campaign=excepting(settings, place="*"))
    assert exceptions.cover("tests/site_builder/a.py", NumberPlace(kind=NumberKind.CARD))
    assert not exceptions.cover("tests/site_builder/a.py", NumberPlace(kind=None))
    assert exceptions.used == set()


def test_clean_files_are_read_once_and_faulty_ones_each_time(
    tmp_path: Path, settings: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A verdict holds for the same bytes under the same name and code, and for the same places of mobiles."""
    read: list[str] = []
    find = places.find

    def watched(name: str, data: bytes, belonging: Belonging) -> list[NumberPlace]:
        read.append(name)
        return find(name, data, belonging)

    monkeypatch.setattr(places, "find", watched)
    files: list[tuple[str, Path | bytes]] = [("clean.md", "好".encode()), ("faulty.md", IDENTITY.encode())]

    def look(code: Code, *given: tuple[str, Path | bytes], belonging: Belonging = NOWHERE) -> list[str]:
        read.clear()
        problems = lint.in_files(tmp_path, code, given, belonging, Exceptions(campaign=settings))
        assert {problem.file for problem in problems} <= {"faulty.md"}
        return list(read)

    assert look(Code.PRIVACY_CONTENT, *files) == ["clean.md", "faulty.md"]
    assert look(Code.PRIVACY_CONTENT, *files) == ["faulty.md"]
    assert (tmp_path / ".cache/clean-for-privacy-content.json").is_file()
    assert look(Code.PRIVACY_SITE, *files) == ["clean.md", "faulty.md"]
    assert look(Code.PRIVACY_CONTENT, ("other.md", "好".encode())) == ["other.md"]
    assert look(Code.PRIVACY_CONTENT, ("other.md", "坏".encode())) == ["other.md"]
    assert look(Code.PRIVACY_CONTENT, files[0]) == ["clean.md"]  # only what was looked at the last time is remembered
    assert look(Code.PRIVACY_CONTENT, files[0], belonging=Belonging(columns=frozenset({"phone"}))) == ["clean.md"]
    monkeypatch.setattr(lint, "_CODE", b"other")
    assert look(Code.PRIVACY_CONTENT, files[0]) == ["clean.md"]


def test_files_below_a_folder_are_all_of_them_in_order(tmp_path: Path) -> None:
    """Hidden ones too; none where there is no folder."""
    for name in ("b/c.md", ".a", "b/.d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.relative_to(tmp_path).as_posix() for path in lint.files_below(tmp_path)] == [".a", "b/.d", "b/c.md"]
    assert lint.files_below(tmp_path / "none") == []


def test_memory_is_kept_by_code(tmp_path: Path) -> None:
    """What is clean under one code has not been asked under another."""
    with lint.remembered(tmp_path, Code.PRIVACY_CONTENT) as known:
        known.remember("x")
    with lint.remembered(tmp_path, Code.PRIVACY_CONTENT) as known:
        assert known.is_sound("x")
    with lint.remembered(tmp_path, Code.PRIVACY_SITE) as known:
        assert not known.is_sound("x")
    assert isinstance(known, validation_cache.ValidationCache)
