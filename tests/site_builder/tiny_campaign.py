"""Helpers around the tiny, fake campaign of tests/example_campaign."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from site_builder.shared import validation_cache
from site_builder.shared.problems import Problem

PROJECT = Path(__file__).resolve().parents[2]
DEMONSTRATION = PROJECT / "demonstration"
"""Holds the words, pages and materials that the software comes with; `content/` is the staff's."""
EXAMPLE = PROJECT / "tests" / "example_campaign"


def make_root(folder: Path) -> Path:
    """A project with the tiny campaign's content and the real schemas, templates and words."""
    shutil.copytree(EXAMPLE / "content", folder / "content")
    shutil.copytree(DEMONSTRATION / "content" / "words", folder / "content" / "words")
    for name in ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def remember(root: Path, memory: Mapping[str, bytes]) -> None:
    """Let a check know what it found before, so that it looks only at what was spoiled. memory: files by name."""
    folder = (root / validation_cache.FILE).parent
    folder.mkdir()
    for name, content in memory.items():
        (folder / name).write_bytes(content)


def places(problems: list[Problem], code: str) -> list[tuple[str, str]]:
    """(file, cell) of each problem of a code."""
    return sorted((problem.file, problem.cell) for problem in problems if problem.code == code)
