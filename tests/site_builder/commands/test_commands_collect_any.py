"""Whatever stands in a file, `campaign collect` ends in words and leaves a record that passes the check."""

import shutil
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds
from tiny_campaign import PROJECT, make_root

from site_builder import checks
from site_builder.cli import FINE, PROBLEMS, main
from site_builder.model import campaign, forms, schemas

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))
from collect_examples import COUNTY, SOUND, grid, write_workbook

KNOWN = schemas.load(PROJECT)
FORMS = forms.load(PROJECT, KNOWN).forms
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"), max_size=40)
ANYTHING = st.one_of(
    st.none(),
    _TEXT.filter(lambda text: not text.startswith("=")),
    st.sampled_from(["220881100200", "220104001001", "2018-05-06", "是", "12户", "２０", "1.5e7", "'=1+1", "#REF!"]),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.times().map(lambda value: time(value.hour, value.minute, value.second)),
)


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, list[list[object]]]:
    """Sound sheets of some returns, in which a few cells hold something else."""
    names = draw(st.lists(st.sampled_from(sorted(SOUND)), min_size=1, max_size=3, unique=True))
    made = {FORMS[name].sheet: grid(FORMS[name], SOUND[name]) for name in names}
    for rows in made.values():
        for _ in range(draw(st.integers(0, 4))):
            row = draw(st.sampled_from(rows))
            row[draw(st.integers(0, len(row) - 1))] = draw(ANYTHING)
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("any"))


@settings(max_examples=rounds(5, 25))
@given(made=sheets(), county=st.sampled_from(["", COUNTY]))
def test_any_cells_end_in_words_and_a_sound_record(project: Path, made: dict[str, list], county: str) -> None:  # type: ignore[type-arg]
    """Taken in whole or refused: the exit code says which, and what was written passes the check."""
    shutil.rmtree(project / "content" / "data")
    shutil.copytree(PROJECT / "tests/example_campaign/content/data", project / "content" / "data")
    before = {path: path.read_bytes() for path in (project / "content/data").rglob("*.csv")}
    path = write_workbook(project / "报表.xlsx", made)
    given_county = ["--county", county] if county else []
    code = main(
        ["--root", str(project), "collect", str(path), "--write", "--answers", str(project / "a"), *given_county]
    )
    assert code in (FINE, PROBLEMS)
    if code == PROBLEMS:
        assert {path: path.read_bytes() for path in (project / "content/data").rglob("*.csv")} == before
    assert checks.check(project, campaign.load(project), KNOWN).is_publishable
