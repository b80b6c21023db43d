"""A proof as it stands in content/: whether it is one of the editions that are published, by the checker given out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.disclosure.proof import check_proof
from site_builder.disclosure.proof.published import PublishedEdition

FOLDER = "content/proofs"
CHECKER = Path(check_proof.__file__)


def place(day: date) -> str:
    """Where the proof of an edition, and of all before it, stands from the project's root."""
    return f"{FOLDER}/{day.isoformat()}.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof that holds. numbers: how many tables and hidden figures, and how many of these may be small as well."""

    content: bytes
    numbers: Mapping[str, int]


def proved(content: bytes, editions: Sequence[PublishedEdition], smallest: int) -> Proof:
    """The proof, if it is one of these very editions. Raises ValueError, with the checker's words, if not."""
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    try:
        counts, published = check_proof.check(rows, smallest)
        for edition in editions:
            check_proof.compare(published, _as_downloaded(edition))
    except (KeyError, StopIteration) as error:
        raise ValueError(str(error)) from error
    if {cell[0] for cell in published} != {edition.day.isoformat() for edition in editions}:
        raise ValueError("other editions")
    return Proof(content=content, numbers=check_proof.summary(counts, published, smallest))


def stored(root: Path, editions: Sequence[PublishedEdition], smallest: int) -> Proof | None:
    """The proof of these editions that stands under the project's root; None if there is none or it does not hold."""
    path = root / place(editions[-1].day) if editions else root
    try:
        return proved(path.read_bytes(), editions, smallest) if path.is_file() else None
    except ValueError:
        return None


def _as_downloaded(edition: PublishedEdition) -> Iterator[dict[str, str]]:
    """The figures as rows of the downloads."""
    for cell, count in edition.figures.items():
        names = (edition.day.isoformat(), cell.area, cell.item.name, cell.item.group, cell.item.matter)
        yield dict(zip(check_proof.KEYS, names, strict=True)) | {
            "suppressed": str(count is None).lower(),
            "value": str(count),
        }
