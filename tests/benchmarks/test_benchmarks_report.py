"""README.md from made-up measurements."""

import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import benchmarks.__main__ as program
from benchmarks import contenders, report, sizes, stages
from benchmarks.measure import Cost
from benchmarks.sizes import Measured

SECONDS = {"ours": 1.0, "hugo_files": 3.0, "hugo_adapter": 2.0}
BUILD_SECONDS = {"first_build": 10.0, "next_build": 4.0, "material_listed": 70.0, "material_unlisted": 5.0}


def cost(seconds: float) -> Cost:
    return Cost(seconds=seconds, processor=seconds, memory=100_000_000)


def measured(villages: int, stage_seconds: float = 1.0, **seconds: float) -> Measured:
    """Measurements of one round; seconds: other ones than the usual, by contender."""
    pages = {name: [cost(seconds.get(name, usual))] for name, usual in SECONDS.items()}
    builds = {name: [cost(seconds.get(name, usual))] for name, usual in BUILD_SECONDS.items()}
    return Measured(
        villages=villages,
        stages={stage: [cost(stage_seconds)] for stage in (*stages.BUILD, "check_again")},
        pages=pages,
        builds=builds if villages <= contenders.MOST_VILLAGES[contenders.LISTED] else {},
        output=dict.fromkeys([*pages, *builds], 5_000_000),
    )


def lines_with(text: str, part: str) -> list[str]:
    return [line for line in text.splitlines() if part in line]


def test_every_row_has_the_cells_of_its_table() -> None:
    """Tables come out whole: each row has as many cells as the head, and no template mark is left."""
    text = report.text([measured(1_489), measured(12_000), measured(128_000)], on_memory_disk=True)
    tables = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    assert len(tables) == 4
    for table in tables:
        assert len({row.count("|") for row in table.splitlines()}) == 1
    assert not re.search(r"\{[{%]|None|Undefined", text)


def test_versions_and_machine_are_stated() -> None:
    """The reader learns what was compared with what, and on which kind of disk."""
    text = report.text([measured(1_489)], on_memory_disk=False)
    for tool in ("hugo", "mkdocs", "mkdocs-material"):
        assert version(tool) in text
    assert "an ordinary disk" in text


def test_requirements_that_are_met_say_so() -> None:
    """Quicker than the quicker Hugo, seven times quicker than MkDocs, a constant cost for each village: met."""
    text = report.text([measured(1_000, 1.0), measured(2_000, 2.0)], on_memory_disk=True)
    assert lines_with(text, "at most 1.5 times") == [
        "| a village costs at most 1.5 times as much processor time at 2,000 villages as at 1,000 | 1.00 times | met |"
    ]
    assert all(line.endswith("| 2.00 times faster | met |") for line in lines_with(text, "faster than by Hugo"))
    assert all(
        line.endswith("| 7.00 times faster | met |") for line in lines_with(text, "plain MkDocs Material builds")
    )


def test_requirements_that_are_not_met_say_so() -> None:
    """A village that costs more at the larger size, a quicker Hugo, a quicker MkDocs: each is named."""
    slow = measured(2_000, 4.0, hugo_adapter=0.5, material_listed=49.0)
    text = report.text([measured(1_000, 1.0), slow], on_memory_disk=True)
    assert "| 2.00 times | **not met** |" in text
    assert "| 0.50 times faster | **not met** |" in text
    assert "| 4.90 times faster | **not met** |" in text


def test_checking_again_is_no_part_of_the_sum() -> None:
    """The sum of a first build leaves out the second check."""
    text = report.text([measured(1_489)], on_memory_disk=True)
    assert lines_with(text, "**sum**") == ["| **sum** | **7.00** | 100 |"]


def test_one_size_has_nothing_to_compare_in_growth() -> None:
    """With a single size no growth is claimed."""
    assert "at most 1.5 times" not in report.text([measured(1_489)], on_memory_disk=True)


def test_the_program_measures_the_sizes_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each size gets an empty folder, smaller ones first, and the report is written from all of them."""
    asked = []

    def measure(root: Path, villages: int) -> Measured:
        asked.append(villages)
        assert list(root.iterdir()) == []
        return measured(villages)

    monkeypatch.setattr(sizes, "measure", measure)
    monkeypatch.setattr(program, "README", tmp_path / "README.md")
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--sizes", "12000", "1489"])
    program.main()
    assert asked == [1_489, 12_000]
    assert "1,489, 12,000 villages" in (tmp_path / "README.md").read_text(encoding="utf-8")
