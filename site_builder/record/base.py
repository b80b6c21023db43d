"""What every record has beside its fields: where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Origin(NamedTuple):
    """Where a record stands: the file from the project's root, and the line counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has beside its fields."""

    origin: Origin = field(compare=False)
