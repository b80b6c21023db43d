"""The names in an .ods workbook as they are spelt out: writers may shorten them as they like (OpenDocument 1.3)."""

from __future__ import annotations

from typing import Any

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{_OPEN}{name}:1.0 " for name in ("table", "office", "text", "style"))
DRAWING = f"{_OPEN}drawing:1.0 "

STYLE_NAME = TABLE + "style-name"
VALUE_TYPE = OFFICE + "value-type"
FORMULA = TABLE + "formula"


def count(attributes: dict[str, Any], name: str, otherwise: int = 1) -> int:
    """How often something stands there, at least once; a number that is none counts as not written."""
    text = attributes.get(name)
    return max(1, int(text[:9])) if text and text.isdecimal() else otherwise
