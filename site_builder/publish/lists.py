"""The list of checksums that stands on the site, in the form of sha256sum, and what the site says of its release."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from site_builder.publish import served
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS

SIGNATURE = f"{CHECKSUMS}.sig"
"""The signed statement of the list: `statement.py`."""
RELEASE = "release.json"
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a site says of itself: its commit, when that was made and how many led to it, and the day of the data."""

    commit: str
    made: str
    data_as_of: str
    number: int = 0


def release_text(release: Release) -> str:
    """The content of the release's file."""
    return json.dumps(asdict(release), indent=2) + "\n"


def read_release(text: str) -> Release | None:
    """What the release's file says, or None where it is not such a file."""
    try:
        content = json.loads(text)
        known = {key: str(content[key]) for key in ("commit", "made", "data_as_of")}
        number = content.get("number", 0)  # an earlier version of this software gave none
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(number, int):
        return None
    return Release(**known, number=number) if re.fullmatch(r"[0-9a-f]{40,64}", known["commit"]) else None


def release_of(folder: Path) -> Release | None:
    """What a published folder says of itself."""
    try:
        return read_release((folder / RELEASE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def of_folder(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a site in a folder, by path; of all but the list itself and its signature."""
    digests = release_folders.digests(folder)
    digests.pop(SIGNATURE, None)
    return digests


def of_release(folder: Path) -> dict[str, str]:
    """The same of a release on a server: what was compressed there holds the text beside it, and is not on the list."""
    text = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace") if (folder / CHECKSUMS).exists() else ""
    listed = {line.partition("  ")[2] for line in text.splitlines()}
    digests = of_folder(folder)
    return {path: digests[path] for path in digests if path in listed or not served.is_twin(folder, path)}


def is_whole(folder: Path) -> bool:
    """Whether a folder holds just the files of its list, byte for byte."""
    return release_folders.is_listed(folder, of_release(folder))


def read(text: str, place: str) -> dict[str, str]:
    """The SHA-256 of each file by path.

    Raises CampaignError where it is not such a list, or names a file outside the site. place: named in the problem.
    """
    digests = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if not found or not found[2].isprintable() or ".." in found[2].split("/") or found[2].startswith("/"):
            raise CampaignError([Problem(code=Code.VERIFY_LIST, file=place, line=number)])
        digests[found[2]] = found[1]
    if not digests:
        raise CampaignError([Problem(code=Code.VERIFY_LIST, file=place)])
    return digests


def digest(text: str) -> str:
    """The digest that identifies a site: the SHA-256 of the list."""
    return hashlib.sha256(text.encode()).hexdigest()
