"""`campaign check`: list every problem in the data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder import campaign, checks, schemas
from site_builder.cli import FINE, PROBLEMS
from site_builder.problems import listing


def run(root: Path, options: Namespace) -> int:
    """Check the data under the root and print what was found."""
    checked = checks.check(root, campaign.load(root), schemas.load(root))
    print(listing(checked.problems))
    return FINE if checked.is_publishable else PROBLEMS
