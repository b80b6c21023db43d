"""A copy of the project with demonstration data of any size: `python -m benchmarks.campaign_copy ROOT VILLAGES`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.measure import PROJECT
from demonstration import generate
from demonstration.__main__ import write

_LINKED = ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")
_COPIED = ("content/pages", "content/words")


def make(root: Path, villages: int) -> None:
    """Fill an empty folder with everything a build needs, for so many villages."""
    for name in _LINKED:
        (root / name).symlink_to(PROJECT / name)
    for name in _COPIED:
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "content/campaign.yml", root / "content/campaign.yml")
    write(generate(villages), root / "content/data")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
