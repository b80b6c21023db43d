"""The one finder of what leads to a person: in a text as it stands, under its disguises, and over two cells.

`find` is for texts of every kind; `find_in_data` also finds ways to write to a person, which pages and programs may
name: an office has a mailbox, and a licence an author.
"""

from __future__ import annotations

from site_builder.privacy.finder.cells import across, halves
from site_builder.privacy.finder.disguises import find, find_in_data
from site_builder.privacy.finder.kinds import Found, NumberKind
from site_builder.privacy.finder.shapes import in_number

__all__ = ["Found", "NumberKind", "across", "find", "find_in_data", "halves", "in_number"]
