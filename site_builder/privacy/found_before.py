"""Where personal numbers stood in git objects the last time, so that an object is not read again; never the numbers.

Objects never change: what is found in one rests on its name and on how it is looked through, and on nothing else. A
damaged memory costs time only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from site_builder.privacy.finder import NumberKind
from site_builder.privacy.places import NumberPlace
from site_builder.shared import disk

FILE = ".cache/found-in-history.json"


def read(root: Path) -> dict[str, list[NumberPlace]]:
    """The places by the digest of all that they rest on; nothing where nothing is remembered, or it cannot be read."""
    try:
        content = json.loads((root / FILE).read_text(encoding="utf-8"))
        return {digest: [_place(*values) for values in places] for digest, places in content.items() if places}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(root: Path, found: Mapping[str, Sequence[NumberPlace]]) -> None:
    """Keep these for the next time, in the place of all others."""
    content = {digest: [astuple(place) for place in places] for digest, places in found.items()}
    disk.remember(root / FILE, json.dumps(content, ensure_ascii=False).encode())


def _place(kind: str | None, part: str, line: int | None, column: int, field: str) -> NumberPlace:
    if not isinstance(part, str) or not isinstance(column, int) or not isinstance(field, str):
        raise TypeError("no place")
    return NumberPlace(
        kind=None if kind is None else NumberKind(kind),
        part=part,
        line=None if line is None else int(line),
        column=column,
        field=field,
    )
