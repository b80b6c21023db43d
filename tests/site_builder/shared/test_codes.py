"""Codes are a type: what is no code does not import, and the catalogue has words for each."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from site_builder.shared import problems
from site_builder.shared.codes import Code

SOFTWARE = problems.CATALOGUE_FILE.parents[1]


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogue, to be spoilt."""
    copy = tmp_path / "problems.yml"
    copy.write_bytes(problems.CATALOGUE_FILE.read_bytes())
    caches = (problems.catalogue, problems._catalogue_file)
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(problems, "CATALOGUE_FILE", copy)
    yield copy
    for cached in caches:
        cached.cache_clear()


def test_the_catalogue_words_every_code_and_no_other() -> None:
    """No code without words, no words without a code."""
    written = yaml.safe_load(problems.CATALOGUE_FILE.read_text(encoding="utf-8"))["problems"]
    assert [code.value for code in Code] == list(written), "the same codes in the same order"


def test_a_member_is_named_after_its_value() -> None:
    """Whoever has a code from a listing finds where it is made."""
    assert [code.name for code in Code] == [code.value.upper().replace("-", "_") for code in Code]


def test_every_code_is_used() -> None:
    """Each stands in the software, not in tests alone."""
    sources = [path.read_text(encoding="utf-8") for path in SOFTWARE.rglob("*.py") if path.name != "codes.py"]
    used = {name for text in sources for name in re.findall(r"\bCode\.([A-Z_]+)\b", text)}
    assert used == set(Code.__members__)


def test_a_code_that_nobody_knows_stops_the_loading(catalogue: Path) -> None:
    """A misspelt entry of the catalogue is an error before anything is reported by it."""
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("\n  cell-spaces:", "\n  cell-spacs:"), encoding="utf-8")
    with pytest.raises(ValueError, match="'cell-spacs' is not a valid Code"):
        problems.catalogue()


def test_a_code_left_out_stops_the_loading(catalogue: Path) -> None:
    """So does one that has no words."""
    text = catalogue.read_text(encoding="utf-8")
    start, end = text.index("\n  cell-spaces:"), text.index("\n  # ---- one cell against the schema")
    catalogue.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(KeyError, match="cell-spaces"):
        problems.catalogue()


def test_a_level_that_is_none_stops_the_loading(catalogue: Path) -> None:
    """An error misspelt would let a build through."""
    text = catalogue.read_text(encoding="utf-8")
    spoilt = text.replace("  cell-spaces:\n    level: error", "  cell-spaces:\n    level: eror")
    catalogue.write_text(spoilt, encoding="utf-8")
    with pytest.raises(ValueError, match="eror"):
        problems.catalogue()


def test_a_code_reads_as_its_value() -> None:
    """In listings, in formats and in comparisons it is the text that users see."""
    shown = [f"{Code.CELL_CHOICE}", str(Code.CELL_CHOICE), json.dumps(Code.CELL_CHOICE)]
    assert shown == ["cell-choice", "cell-choice", '"cell-choice"']
