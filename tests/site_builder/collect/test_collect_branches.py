"""A hundred counties' staff work on a hundred branches: git merges them all, and every row is there once."""

import subprocess
from pathlib import Path

import pytest
from git_campaign import git
from tiny_campaign import PROJECT

from site_builder.collect.entries import Entry
from site_builder.collect.merge import merge
from site_builder.model import forms
from site_builder.model.forms import Form
from site_builder.model.schemas import Schemas
from site_builder.record.tables import canonical_csv, county_file

COUNTIES = [f"22{number:04}" for number in range(100, 200)]
SHRINKING, CORRECTING = COUNTIES[40], COUNTIES[60]
VILLAGES = 6
Rows = dict[tuple[str, ...], dict[str, str]]


@pytest.fixture(scope="module")
def form(known: Schemas) -> Form:
    return forms.load(PROJECT, known).forms["liaisons"]


def village(county: str, number: int) -> str:
    return f"{county}100{number:03}"


def entry(county: str, number: int, name: str, day: str) -> Entry:
    values = {"village_code": village(county, number), "from_date": day, "name": name, "role": "village_head"}
    return Entry(table="liaisons", sheet="", line=2, values=values, places={})


def at_first(form: Form, county: str) -> Rows:
    """The county's rows before anybody branches off: a liaison for each village."""
    entries = [entry(county, number, f"旧{number}", "2018-03-05") for number in range(VILLAGES)]
    return dict(merge(form, county, "official", [], entries).rows)


def reported(form: Form, county: str) -> Rows:
    """The county's rows as its branch has them: one replaced, one added; one county takes rows out, one corrects."""
    old = at_first(form, county)
    if county == SHRINKING:
        return {key: row for key, row in old.items() if key[0] < village(county, 3)}
    if county == CORRECTING:
        return {key: row | {"name": "改正"} if key[0] == village(county, 2) else row for key, row in old.items()}
    news = [entry(county, 1, "接替的人", "2018-06-01"), entry(county, VILLAGES, "新村的人", "2018-06-01")]
    return dict(merge(form, county, "official", old.values(), news).rows)


def write(root: Path, form: Form, county: str, rows: Rows) -> None:
    """Write them as the tool does: sorted, canonical bytes, in the county's own file."""
    path, table = root / county_file("liaisons", county), form.table
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(canonical_csv(table.header, [[row[n] for n in table.header] for row in rows.values()], table.key))


def commit(root: Path, message: str) -> None:
    git(root, "commit", "-q", "--all", "-m", message)


def test_a_hundred_branches_merge(tmp_path: Path, form: Form) -> None:
    """No conflict, none lost, none twice, none back, whatever the order in which they are merged."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_bytes((PROJECT / ".gitattributes").read_bytes())
    for county in COUNTIES:
        write(tmp_path, form, county, at_first(form, county))
    git(tmp_path, "add", ".")
    commit(tmp_path, "all")
    for county in COUNTIES:
        git(tmp_path, "checkout", "-q", "-b", county, "main")
        write(tmp_path, form, county, reported(form, county))
        commit(tmp_path, county)
    git(tmp_path, "checkout", "-q", "main")
    for county in [SHRINKING, *sorted(COUNTIES, key=lambda county: county[::-1])]:
        git(tmp_path, "merge", "-q", "--no-edit", county)
    files = sorted(tmp_path.glob("content/data/liaisons/*.csv"))
    merged = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    for county in COUNTIES:
        write(tmp_path, form, county, reported(form, county))
    assert git(tmp_path, "status", "--porcelain") == ""  # every file, to the byte, is what its own branch made of it
    assert len(merged) == len(set(merged)) == 98 * (VILLAGES + 2) + 3 + VILLAGES


def test_in_one_file_they_would_not(tmp_path: Path, form: Form) -> None:
    """The same work on one common file conflicts: it is the file of its own that keeps counties apart."""
    first, *later = COUNTIES[:3]
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, form, "all", at_first(form, first))
    git(tmp_path, "add", ".")
    commit(tmp_path, "all")
    for county in later:
        git(tmp_path, "checkout", "-q", "-b", county, "main")
        write(tmp_path, form, "all", at_first(form, first) | at_first(form, county))
        commit(tmp_path, county)
    with pytest.raises(subprocess.CalledProcessError):
        git(tmp_path, "merge", "-q", "--no-edit", later[0])
