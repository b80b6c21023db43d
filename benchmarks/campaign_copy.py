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
_SINGLE = ("content/campaign.yml", "content/coverage.yml")


def make(root: Path, villages: int) -> None:
    """Fill an empty folder with everything a build needs, for so many villages."""
    for name in _LINKED:
        (root / name).symlink_to(PROJECT / name)
    for name in _COPIED:
        shutil.copytree(PROJECT / name, root / name)
    for name in _SINGLE:
        shutil.copy(PROJECT / name, root / name)
    _leave_out_prints(root / "content/pages")
    write(generate(villages), root / "content/data")


def _leave_out_prints(pages: Path) -> None:
    """Printed materials are not copied, since no other tool makes any; nor are the lines that link to them."""
    for page in pages.rglob("*.md"):
        lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
        page.write_text("".join(line for line in lines if "](../materials/leaflet-" not in line), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
