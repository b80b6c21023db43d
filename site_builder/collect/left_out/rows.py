"""A row of a return, as what is said of its rows needs it: `collect.entries` comes later and is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Row(Protocol):
    """A row of a return: its table, the sheet and line that it stands in, and its values by field."""

    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def values(self) -> Mapping[str, str]: ...  # noqa: D102
