"""The privacy lint: personal numbers found wherever they stand, reported by their place and never repeated."""

from __future__ import annotations

from site_builder.privacy import pictures
from site_builder.privacy.finder import Found, NumberKind, across, find, find_in_data, halves, in_number
from site_builder.privacy.printable import printable

__all__ = ["Found", "NumberKind", "across", "find", "find_in_data", "halves", "in_number", "pictures", "printable"]
