"""The list of checksums that stands on the site, in the form of sha256sum, and what the site says of its release."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from site_builder.publish import served
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS

SIGNATURE = f"{CHECKSUMS}.sig"
"""The signed statement of the list: `statement.py`."""
RELEASE = "release.json"
# What is read is printed: no value has room for a line that would look like one of ours.
_FORMS = {
    "commit": re.compile(r"[0-9a-f]{40,64}"),
    "made": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}"),
    "data_as_of": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~%/-]*/)?")
_COUNTY = re.compile(r"[0-9-]{4,6}")
_MARK = {"published_by": "legal-aid-campaign-site"}
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a site says of itself: its commit, when that was made and how many led to it, and the day of the data.

    address: where readers have it, "" where an earlier version of this software made it.
    held_back: the commits of the states that are shown of the counties that are held back, by their codes.
    """

    commit: str
    made: str
    data_as_of: str
    number: int = 0
    address: str = ""
    held_back: Mapping[str, str] = field(default_factory=dict)


def release_text(release: Release) -> str:
    """The content of the release's file, with the mark by which a place is known as one that this software made."""
    about = {**_MARK, **asdict(release)}
    held_back, number, address = (about.pop(name) for name in ("held_back", "number", "address"))
    kept = {"held_back": dict(sorted(held_back.items()))} if held_back else {}
    kept |= {"address": address} if address else {}  # a forge's sed reads this, and the number, which stands last
    return json.dumps({**about, **kept, "number": number}, indent=2) + "\n"


def is_marked(text: str) -> bool:
    """Whether a release's file has the mark. Those of earlier versions of this software have none."""
    if read_release(text) is None:
        return False
    return bool(_MARK.items() <= json.loads(text).items())


def is_day_and_time(text: str) -> bool:
    """Whether a text is a day and a time as a release says when it was made: a far year has too many digits."""
    return bool(_FORMS["made"].fullmatch(text))


def read_release(text: str) -> Release | None:
    """What the release's file says, or None where it is not such a file."""
    try:
        content = json.loads(text)
        known = {key: str(content[key]) for key in _FORMS}
        number = content.get("number", 0)  # an earlier version of this software gave none
        address = str(content.get("address", ""))
        held_back = {str(code): str(commit) for code, commit in content.get("held_back", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    is_fit = all(form.fullmatch(known[key]) for key, form in _FORMS.items())
    is_fit &= not address or bool(_ADDRESS.fullmatch(address))
    is_fit &= all(_COUNTY.fullmatch(code) and _FORMS["commit"].fullmatch(held_back[code]) for code in held_back)
    found = Release(**known, number=number, address=address, held_back=held_back)
    return found if is_fit and type(number) is int else None


def release_of(folder: Path) -> Release | None:
    """What a published folder says of itself."""
    try:
        return read_release((folder / RELEASE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def of_folder(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a site in a folder, by path; of all but the list itself and its signature."""
    digests = release_folders.digests(folder)
    if digests.get(SIGNATURE):
        del digests[SIGNATURE]
    return digests


def of_release(folder: Path) -> dict[str, str]:
    """The same of a release on a server: what was compressed there holds the text beside it, and is not on the list."""
    digests = of_folder(folder)
    is_there = disk.is_plain(folder / CHECKSUMS)
    text = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace") if is_there else ""
    listed = {line.partition("  ")[2] for line in text.splitlines()}
    return {path: digests[path] for path in digests if not _is_twin(folder, path, digests[path], listed)}


def _is_twin(folder: Path, path: str, digest: str, listed: set[str]) -> bool:
    return bool(digest) and path not in listed and served.is_twin(folder, path)


def is_whole(folder: Path) -> bool:
    """Whether a folder holds just the files of its list, byte for byte."""
    return release_folders.is_listed(folder, of_release(folder))


def is_ours(folder: Path) -> bool:
    """Whether all that a folder holds was published by this software, so that it may be replaced and nothing is lost.

    A list of checksums alone says nothing, since many have one. A marked release may be damaged or cut off, and holds
    nothing that its list does not name. One of an earlier version has no mark: it is ours while it is whole.
    """
    about, listed = folder / RELEASE, folder / CHECKSUMS
    if not (disk.is_plain(about) and disk.is_plain(listed)):
        return False
    text = about.read_text(encoding="utf-8", errors="replace")
    if not is_marked(text):
        return read_release(text) is not None and is_whole(folder)
    try:
        named = read(listed.read_text(encoding="utf-8", errors="replace"), CHECKSUMS)
    except CampaignError:
        return False
    return of_release(folder).keys() <= named.keys()


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
