"""`campaign verify`: whether a site is what its signed list says, is still to be believed, and comes of its commit."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from site_builder.cli import FINE, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.publish import directory, lists, rebuilding, signature, statement
from site_builder.publish.verifying import Trust, Verified, verify_folder, verify_site
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem


def run(root: Path, options: Namespace) -> int:
    """Verify a site, its signatures where public keys are given, and where asked that it comes of its commit."""
    try:
        keys = _keys(options.key)
    except (OSError, ValueError):
        tell(words()["verify"]["no_key"].format(file="、".join(options.key)))
        return WRONG_USE
    threshold = len(keys) if options.threshold is None else options.threshold
    if not min(1, len(keys)) <= threshold <= len(keys) or (options.sign and not (keys and options.rebuild)):
        tell(words()["verify"]["wrong_use"])
        return WRONG_USE
    files = [Path(name) for name in keys]
    seen = statement.highest_seen(files)
    for file in filter(statement.is_forgetful, files):
        tell(words()["verify"]["forgetful"].format(file=f"{file}{statement.MEMORY}"), file=sys.stderr)
    tell(words()["verify"]["asking"], file=sys.stderr)
    sites = _sites(options, seen)
    trust = Trust(keys=keys, threshold=threshold, today=statement.today(), seen=seen, sites=sites)
    found = _verified(options.place, trust)
    problems = found.problems or (_rebuilt(root, found) if options.rebuild else [])
    if problems:
        tell(problem_list(problems))
        return PROBLEMS
    _tell(found, keys, is_rebuilt=options.rebuild)
    _remember([Path(name) for name in found.signers], found)
    return _sign(found, Path(options.sign)) if options.sign else FINE


def _keys(names: list[str]) -> dict[str, str]:
    """The keys by their files; one that two files hold is one key. Raises ValueError for a file that holds not one."""
    files = {signature.public_key(Path(name).read_text(encoding="utf-8-sig")): name for name in names}
    return {name: key for key, name in files.items()}


def _sites(options: Namespace, seen: Mapping[str, int]) -> list[str]:
    """Which site is asked for: what is said, else the address, else for a folder what the key was seen to sign."""
    if options.site:
        return [options.site]
    if _is_address(options.place):
        return [options.place]
    return [site for site in sorted(seen) if site]


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _verified(place: str, trust: Trust) -> Verified:
    if _is_address(place):
        return verify_site(place, trust)
    folder = Path(place)
    return verify_folder(folder / directory.CURRENT if (folder / directory.CURRENT).is_dir() else folder, trust)


def _rebuilt(root: Path, found: Verified) -> list[Problem]:
    tell(words()["verify"]["rebuilding"])
    if found.release is None:
        return [Problem(code=Code.VERIFY_COMMIT, file=lists.RELEASE, details={"commit": "?"})]
    return list(rebuilding.compare(root, found.release, found.listed))


def _tell(found: Verified, keys: dict[str, str], *, is_rebuilt: bool) -> None:
    texts = words()["verify"]
    tell(texts["whole"].format(files=len(found.listed), digest=found.digest))
    if found.release:
        release = found.release
        about = {"commit": release.commit[:12], "made": release.made, "data_as_of": release.data_as_of}
        tell(words()["publish"]["release"].format(**about))
    if found.requests:
        tell(texts["requests"].format(requests=found.requests))
    if is_rebuilt:
        tell(texts["rebuilt"])
    if found.statement and keys:
        about = {"number": str(found.statement.number), "until": str(found.statement.until)}
        tell(texts["signature_good"].format(signers="、".join(found.signers), **about))
    else:
        tell(texts["signature_unread" if found.statement else "unsigned"])


def _remember(keys: list[Path], found: Verified) -> None:
    """Whoever is given an earlier site from now on finds it out."""
    try:
        if found.statement:
            statement.remember(keys, found.statement)
    except OSError as error:
        tell(words()["verify"]["not_remembered"].format(reason=disk.reason(error)))


def _sign(found: Verified, file: Path) -> int:
    """Sign what the site's own signature says, since the same site came of it here."""
    made = signature.sign(found.statement.text()) if found.statement else None
    if made is None:
        tell(words()["verify"]["no_signing_key"].format(variable=signature.KEY))
        return WRONG_USE
    disk.put(file, made)
    tell(words()["verify"]["signed"].format(file=file))
    return FINE
