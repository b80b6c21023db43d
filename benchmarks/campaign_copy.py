"""A copy of the project with demonstration data of any size: `python -m benchmarks.campaign_copy ROOT VILLAGES`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import PROJECT
from demonstration.__main__ import campaign_files, write

_LINKED = ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")


def make(root: Path, villages: int) -> None:
    """Fill an empty folder with everything a build needs, for so many villages."""
    for name in _LINKED:
        (root / name).symlink_to(PROJECT / name)
    files = campaign_files(villages)
    write({name: content for name, content in files.items() if not name.startswith("materials/")}, root / "content")
    _leave_out_prints(root / "content/pages")


def _leave_out_prints(pages: Path) -> None:
    """Printed materials are not copied, since no other tool makes any; nor are the lines that link to them."""
    for page in pages.rglob("*.md"):
        lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
        page.write_text("".join(line for line in lines if "](../materials/leaflet-" not in line), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
