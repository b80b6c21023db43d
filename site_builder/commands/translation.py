"""`campaign translation`: list every Korean text of the site with its state of review."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, tell, words
from site_builder.render import word_review
from site_builder.shared import disk
from site_builder.shared import words as labels


def run(root: Path, options: Namespace) -> int:
    """Write the list anew: what was read stays so where neither text was changed since."""
    found = word_review.lines(root, labels.load(root, "zh-CN"), labels.load(root, "ko"))
    disk.put(root / word_review.FILE, word_review.text(found).encode("utf-8"))
    read = sum(line.is_read for line in found)
    tell(words()["translation"]["written"].format(file=word_review.FILE, all=len(found), read=read))
    return FINE
