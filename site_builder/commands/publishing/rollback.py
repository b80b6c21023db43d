"""`campaign rollback`: serve an earlier release again, at once and without building."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, tell, words
from site_builder.publish import directory, targets
from site_builder.publish.evidence.withdrawn import refuse_withdrawn


def run(root: Path, options: Namespace) -> int:
    """Go back to the release before the present one, or to the one that is named by its number."""
    place, texts = Path(options.directory), words()["rollback"]
    with targets.writing(options.directory):
        look = None if options.show_again else refuse_withdrawn
        name = directory.rollback(place, options.release, look)
    tell(texts["done"].format(number=directory.number_of(name)))
    if name != directory.newest(place):
        tell(texts["stays"])
    return FINE
