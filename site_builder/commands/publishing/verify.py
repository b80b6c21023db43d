"""`campaign verify`: whether a site, in a folder or on the web, is byte for byte what its list of checksums says."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.publish import directory
from site_builder.publish.verifying import Verified, verify_folder, verify_site


def run(root: Path, options: Namespace) -> int:
    """Verify a site, and its signature where a public key is given."""
    try:
        key = Path(options.key).read_text(encoding="utf-8") if options.key else ""
    except (OSError, UnicodeDecodeError):
        tell(words()["verify"]["no_key"].format(file=options.key))
        return WRONG_USE
    found = _verified(options.place, key)
    if found.problems:
        tell(problem_list(found.problems))
        return PROBLEMS
    _tell(found, is_key_given=bool(key))
    return FINE


def _verified(place: str, key: str) -> Verified:
    if place.startswith(("http://", "https://")):
        return verify_site(place, key)
    folder = Path(place)
    return verify_folder(folder / directory.CURRENT if (folder / directory.CURRENT).is_dir() else folder, key)


def _tell(found: Verified, *, is_key_given: bool) -> None:
    texts = words()["verify"]
    tell(texts["whole"].format(files=found.files, digest=found.digest))
    if found.release:
        release = found.release
        about = {"commit": release.commit[:12], "made": release.made, "data_as_of": release.data_as_of}
        tell(words()["publish"]["release"].format(**about))
    if is_key_given:
        tell(texts["signature_good"])
    else:
        tell(texts["signature_unread" if found.is_signed else "unsigned"])
