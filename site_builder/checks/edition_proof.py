"""The proof beside the newest edition: that it is there, and that it is one by all that is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from site_builder.disclosure.proof import proof_file
from site_builder.disclosure.proof.published import published_editions
from site_builder.model.campaign import Campaign
from site_builder.record.records import Records
from site_builder.shared import validation_cache
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_FILE = ".cache/sound-proofs.json"


def check(root: Path, records: Records, campaign: Campaign) -> Iterator[Problem]:
    """The newest edition has a proof that holds. Adding it all up takes seconds: a clean result is remembered."""
    known, smallest = published_editions(records.published_counts), campaign.smallest_published_count
    if not known:
        return
    path = root / (place := proof_file.place(known[-1].day))
    content = path.read_bytes() if path.is_file() else b""
    about = [proof_file.CHECKER.read_bytes(), content, smallest, *(repr(edition) for edition in known)]
    digest = hashlib.sha256(repr(about).encode()).hexdigest()
    with validation_cache.remembered(root, _FILE) as sound:
        if sound.is_sound(digest):
            return
        if proof_file.stored(root, known, smallest):
            sound.remember(digest)
            return
    yield Problem(code=Code.EDITION_UNPROVED, file=place, details={"edition": known[-1].day.isoformat()})
