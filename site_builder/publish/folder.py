"""A plain folder that a forge deploys as it is, such as the `public` of GitLab Pages."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from site_builder.publish import lists
from site_builder.publish.package import FIRST, copied
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem


def put(place: Path, package: Path) -> None:
    """Make the folder anew, whole or not at all. Raises CampaignError where anything there is not a published site's.

    An empty folder is anybody's. A link is not followed: what it leads to may be served from elsewhere. The same goes
    for the two names next to it where a publisher that was killed leaves what it had begun or put aside.
    """
    foreign = [] if _is_free(place) or _is_ours(place) else [place]
    foreign += [each for each in disk.remains(place) if not (_is_free(each) or _is_ours(each) or _is_begun(each))]
    if foreign:
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=each.name) for each in foreign])
    with disk.new_folder(place, _remove) as made:
        copied(package, made)


def _is_free(place: Path) -> bool:
    return not os.path.lexists(place) or (_is_folder(place) and not any(place.iterdir()))


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _is_ours(place: Path) -> bool:
    return _is_folder(place) and lists.is_ours(place)


def _is_begun(place: Path) -> bool:
    """Whether of a site nothing stands there but what is copied first and removed last, perhaps cut off."""
    if not _is_folder(place) or not {path.name for path in place.iterdir()} <= set(FIRST):
        return False
    about = place / lists.RELEASE
    is_text = all(map(disk.is_plain, place.iterdir())) and about.exists()
    text = about.read_text(encoding="utf-8", errors="replace") if is_text else "-"
    return not text or lists.is_marked(text)


def _remove(folder: Path) -> None:
    """Remove a folder, what says whose it is last: of one that is killed meanwhile the next one knows it."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name not in FIRST:
                disk.clear(path)
        for name in reversed(FIRST):
            disk.clear(folder / name)
    shutil.rmtree(folder, ignore_errors=True)
