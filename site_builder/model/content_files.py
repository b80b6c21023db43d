"""Only plain files and folders stand below content/: a link or a device there could bring in what lies outside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show

FOLDER = "content"


def refuse_links(root: Path) -> None:
    """Raises CampaignError that names each link and each special file in content/ under the project's root.

    A name that cannot stand in a line, as that of a page has to in the site's list of checksums, is refused as well.

    A link is refused wherever it leads: one that stays inside today may be led out tomorrow, and a printed material
    or a page would hold a key, a list or another campaign's data. Nothing is opened, so a pipe cannot stop this.
    """
    paths = [(path, path.relative_to(root).as_posix()) for path in _paths(root / FOLDER)]
    found = [(name, Code.CONTENT_LINK) for path, name in paths if not _is_plain(path)]
    found += [(name, Code.CONTENT_NAME) for path, name in paths if not _is_a_line(path.name)]
    if found:
        raise CampaignError([Problem(code=code, file=safe_to_show(name)) for name, code in sorted(found)])


def _paths(folder: Path) -> Iterator[Path]:
    yield folder
    if not folder.is_symlink():
        for place, folders, files in os.walk(folder):
            yield from (Path(place, name) for name in (*folders, *files))


def _is_plain(path: Path) -> bool:
    """A path that is not there is plain: who needs it says so."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _is_a_line(name: str) -> bool:
    return name.isprintable() and name == name.strip()
