"""`campaign build`: check the data and build the whole site."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from site_builder.cli import FINE, HELD_BACK, problem_list, tell, words
from site_builder.site import releases
from site_builder.site.releases import Finished

_SITE = f"{releases.LINK}/site"


def run(root: Path, options: Namespace) -> int:
    """Build the site under the root, and say how to open it."""
    made = make(root)
    tell(words()["build"]["open"].format(site=_SITE))
    return made.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How making a site ended, as an exit code, and what was made.

    kept: the commit that each county that is held back went back to.
    """

    ended: int
    release: Finished
    kept: Mapping[str, str] = field(default_factory=dict)


def make(root: Path, *, is_anew: bool = False) -> Made:
    """Build the site under the root, unless it stands already and is whole.

    A site in which counties are held back is always built again, so that its problems are shown every time. is_anew:
    build in any case, since whoever could write here once could have changed a build together with its list.
    """
    texts, started = words()["build"], perf_counter()
    digest = releases.input_digest(root)
    standing = None if is_anew else releases.current(root, digest)
    if standing:
        tell(texts["current"].format(site=_SITE))
        return Made(ended=FINE, release=standing)
    return _build(root, digest, started)


def _build(root: Path, digest: str, started: float) -> Made:
    from site_builder.build import build  # noqa: PLC0415  (an up-to-date site needs none of it)
    from site_builder.shared.problems import CampaignError  # noqa: PLC0415

    texts = words()["build"]
    try:
        built = build(root, digest, _report)
    except (CampaignError, OSError):
        tell(texts["stopped"], file=sys.stderr)
        raise
    release = releases.finished(built.folder)
    seconds = f"{perf_counter() - started:.1f}"
    tell(texts["done"].format(site=_SITE, files=built.files, seconds=seconds))
    if any(problem.is_error for problem in built.problems):
        tell(problem_list(built.problems), texts["held_back"].format(count=len(built.kept)), file=sys.stderr)
        return Made(ended=HELD_BACK, release=release, kept=built.kept)
    if built.problems:
        tell(texts["warnings"].format(count=len(built.problems)))
    return Made(ended=FINE, release=release)


def _report(step: str) -> None:
    texts = words()["build"]
    names = list(texts["steps"])
    number = names.index(step) + 1
    tell(
        texts["step"].format(number=number, of=len(names), step=texts["steps"][step]),
        file=sys.stderr,
    )
