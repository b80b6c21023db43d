"""`campaign releases`: which releases a directory holds, and which of them is served."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, PROBLEMS, tell, words
from site_builder.publish import directory, lists


def run(root: Path, options: Namespace) -> int:
    """List the releases, the newest last."""
    place, texts = Path(options.directory), words()["releases"]
    names = directory.names(place)
    if not names:
        tell(texts["none"].format(directory=options.directory))
        return PROBLEMS
    for name in names:
        tell(_line(place, name))
    if directory.live(place) != directory.newest(place):
        tell(texts["rolled_back"])
    return FINE


def _line(place: Path, name: str) -> str:
    texts: dict[str, str] = words()["releases"]
    release = lists.release_of(place / directory.RELEASES / name)
    number = directory.number_of(name)
    state = texts["live"] if name == directory.live(place) else ""
    if release is None:
        return texts["damaged"].format(number=number, state=state)
    about = {"commit": release.commit[:12], "made": release.made, "data_as_of": release.data_as_of}
    return texts["release"].format(number=number, state=state, **about)
