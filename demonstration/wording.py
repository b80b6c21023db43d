"""The Chinese words of the demonstration, from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"


@cache
def words(name: str) -> dict[str, Any]:
    """The words of one file, such as `places`."""
    content: dict[str, Any] = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def by_prefix(table: Mapping[str, Any], code: str) -> Any:  # noqa: ANN401  (a value of the YAML file)
    """The entry of the longest key that a division code begins with; KeyError when there is none."""
    for length in range(len(code), 0, -1):
        if code[:length] in table:
            return table[code[:length]]
    raise KeyError(code)
