"""Nothing personal is on the site, and no small count can be worked out of its figures."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from attacker import Attack, Shown, read_site
from rounds import IS_LONG, sample

from site_builder import privacy
from site_builder.commands.privacy import in_site
from site_builder.model import schemas
from site_builder.privacy import lint
from site_builder.shared.codes import Code

EACH = 6  # files of one kind in the short form
# A kind is a folder and a name; of what is made for each county, village or syllable only this differs.
NUMBERED = re.compile(r"\d+|(?<=-)[a-z]{1,2}(?=\.)")


@pytest.mark.usefixtures("site")
def test_no_personal_number_is_in_any_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the phones that the gate let pass stand on pages, in prints and in downloads.

    It is what publishing looks for, in every file, and refuses; what is found clean here is not read again then. The
    short form looks at some of each kind: one template makes them all, and what their records say stands in the
    downloads, each of which is a kind by itself.
    """
    monkeypatch.setattr(lint, "files_below", some_of(lint.files_below))
    found = [problem for problem in in_site(root, (root / "build").resolve()) if problem.code is Code.PRIVACY_SITE]
    assert [(problem.file, problem.details) for problem in found] == []


def some_of(files_below: Callable[[Path], list[Path]]) -> Callable[[Path], list[Path]]:
    """The files of a folder: all of them, or in the short form so many of each kind."""

    def chosen(folder: Path) -> list[Path]:
        kinds: dict[Path, list[Path]] = defaultdict(list)
        for path in files_below(folder):
            kinds[kind(path)].append(path)
        return sorted(path for files in kinds.values() for path in sample(files, EACH))

    return files_below if IS_LONG else chosen


def kind(path: Path) -> Path:
    """What files are like one another."""
    return path.with_name(NUMBERED.sub("*", path.name))


def test_each_kind_of_file_is_looked_through(site: Path) -> None:
    """Whatever the form: no folder of the site, and no kind of file in it, is passed over."""
    looked = some_of(lint.files_below)(site)
    assert {kind(path) for path in looked} == {kind(path) for path in lint.files_below(site)}
    assert len({kind(path) for path in looked if path.parent.name == "prints"}) > 1


def test_a_personal_number_would_be_seen(site: Path) -> None:
    """The control: one more line in a page, and its number is found."""
    page = (site / "index.html").read_text(encoding="utf-8")
    assert not privacy.find(page)
    assert privacy.find(page + "<p>11010519491231002X</p>")


@pytest.fixture(scope="module")
def figures(site: Path) -> Shown:
    """The figures that the site offers for download."""
    return read_site(*((site / "data" / f"{name}_by_area.csv").read_bytes() for name in ("needs", "surveys")))


def test_no_count_from_1_to_9_is_shown(figures: Shown) -> None:
    """Neither of needs nor of surveys."""
    assert [figure for figure, value in figures.items() if value is not None and 0 < value < 10] == []


def test_no_hidden_count_can_be_worked_out(root: Path, figures: Shown) -> None:
    """Whoever adds, subtracts and solves learns of no count that it is small."""
    lists = schemas.load(root).code_lists
    assert Attack(groups=list(lists["groups"]), matters=list(lists["matters"])).found_out([figures]) == []


def test_no_visit_at_home_can_be_told_from_another(root: Path, site: Path) -> None:
    """Neither its title, its number nor its village and day together stand in any file of text."""
    paths = (root / "content/data/activities").glob("*.csv")
    rows = [row for path in paths for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    others = {row["title"] for row in rows if row["kind"] != "home_visit"}
    visits = [row for row in rows if row["kind"] == "home_visit"]
    marks = {row["activity_id"] for row in visits} | {row["title"] for row in visits} - others
    texts = [path for path in site.rglob("*") if path.suffix in {".html", ".csv", ".json", ".xml", ".ics", ".txt"}]
    assert [
        (path.name, mark)
        for path in texts
        for text in [path.read_text(encoding="utf-8")]
        for mark in marks
        if mark in text
    ] == []
