"""Folders that are watched for changes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from patience import END

from site_builder.site.watching import changes_of


def test_a_change_before_anybody_asks_is_not_missed(tmp_path: Path) -> None:
    """Whoever edits during the first build sees the edit: watching begins with the call, not with the first wait."""
    changes = changes_of([tmp_path, tmp_path / "no folder"])
    (tmp_path / "page.md").write_text("new", encoding="utf-8")
    with ThreadPoolExecutor(max_workers=1) as waiting:
        seen = waiting.submit(next, changes)
        try:
            seen.result(END)
        finally:
            (tmp_path / "later.md").touch()  # lets a wait for a change that was missed come to its end
