"""The privacy lint: personal numbers found wherever they stand, reported by their place and never repeated."""

from __future__ import annotations

from site_builder.privacy.disguises import find
from site_builder.privacy.numbers import Found, NumberKind, in_number
from site_builder.privacy.printable import printable

__all__ = ["Found", "NumberKind", "find", "in_number", "printable"]
