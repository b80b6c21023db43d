"""Only plain files and folders stand below content/: a link or a device there could bring in what lies outside.

And none whose name means something to git, to Python or to the publishing: a reviewer would not be shown what changed,
what was read would not be what is compared, and a page would stand where the package says what it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show

FOLDER = "content"
_SCHEMAS = "survey_schemas"
_PAGES = (FOLDER, "pages")
_DEMONSTRATION = "data_status: demo"
_CACHE = "__pycache__"  # a build's digest and its comparison with the commit leave such folders out, wherever they are
_PAGE, _README, _TEMPLATES = ".md", "readme.md", "templates"
# What the package writes beside the pages: SHA256SUMS with its signature, release.json, and what is packed of them.
_RESERVED = ("sha256sums", "release.json")


def refuse_links(root: Path) -> None:
    """Raises CampaignError that names each link and each special file in content/ under the project's root.

    A name that cannot stand in a line, as that of a page has to in the site's list of checksums, is refused as well,
    and so is one that is taken: a file that tells git what to show, a folder of Python's, what the publishing writes.

    A link is refused wherever it leads: one that stays inside today may be led out tomorrow, and a printed material
    or a page would hold a key, a list or another campaign's data. Nothing is opened, so a pipe cannot stop this.
    The same goes for what stands below the schemas, which all that is sent out brings along.
    """
    paths = [(path, path.relative_to(root).as_posix()) for path in _paths(root / FOLDER)]
    schemas = [(path, path.relative_to(root).as_posix()) for path in _below(root / _SCHEMAS)]
    found = [(name, Code.CONTENT_LINK) for path, name in (*paths, *schemas) if not _is_plain(path)]
    found += [(name, Code.CONTENT_NAME) for path, name in paths if not _is_a_line(path.name)]
    found += [(name, Code.CONTENT_GIT) for path, name in paths if path.name.lower().startswith(".git")]
    found += [(name, Code.CONTENT_TAKEN) for path, name in paths if _is_taken(path.relative_to(root).parts)]
    if found:
        raise CampaignError([Problem(code=code, file=safe_to_show(name)) for name, code in sorted(found)])


def is_demonstration(page: str) -> bool:
    """Whether a hand-written page calls itself a demonstration in its front matter."""
    head, _, _ = page.removeprefix("---\n").partition("\n---\n")
    return _DEMONSTRATION in head.splitlines()


def _paths(folder: Path) -> Iterator[Path]:
    yield folder
    if not folder.is_symlink():
        yield from _below(folder)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))


def _is_plain(path: Path) -> bool:
    """A path that is not there is plain: who needs it says so."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _is_taken(parts: tuple[str, ...]) -> bool:
    """Whether a name below content/ is Python's, or one of the pages is the publishing's or the site tool's."""
    if parts[-1].lower() == _CACHE:
        return True
    if parts[:2] != _PAGES or len(parts) < 3:
        return False
    is_at_the_top = len(parts) == 3 and (parts[2].lower().startswith(_RESERVED) or parts[2].lower() == _TEMPLATES)
    return is_at_the_top or (parts[-1].lower().endswith(_PAGE) and _makes_no_page(parts[2:]))


def _makes_no_page(parts: tuple[str, ...]) -> bool:
    """Whether the site tool leaves a page out, or calls it by another name than everything else does."""
    return parts[-1].lower() == _README or any(part.startswith(".") for part in parts)


def _is_a_line(name: str) -> bool:
    return name.isprintable() and name == name.strip()
