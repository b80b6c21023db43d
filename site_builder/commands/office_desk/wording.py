"""What the desk of the office says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATES = Path(__file__).parents[2] / "templates" / "office_desk"


@cache
def words() -> dict[str, Any]:
    """The words of templates/office_desk/office_desk.zh-CN.yml by section and key."""
    text = (TEMPLATES / "office_desk.zh-CN.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content
