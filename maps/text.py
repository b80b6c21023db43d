"""Write data as text: in HTML that lies inside a Markdown page, and in script files that hold data alone."""

import json
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_PLAIN = frozenset(" ./-")
_WHITE_SPACE = frozenset("\t\n\r")
_NOT_ALLOWED_IN_HTML = frozenset({"Cc", "Cs", "Cn"})  # control signs, halves of a pair, no characters


def as_text(value: object) -> Markup:
    """The value as HTML text in which neither HTML nor Markdown finds a sign to act on.

    Letters, digits and printable signs beyond ASCII stay; other signs become `&#N;`, line breaks a space.
    """
    if isinstance(value, Markup):
        return value
    return Markup("".join(_sign(sign) for sign in str(value)))  # noqa: S704 - every sign has been encoded


def _sign(sign: str) -> str:
    if sign.isalnum() or sign in _PLAIN or (sign.isprintable() and not sign.isascii()):
        return sign
    if sign in _WHITE_SPACE:
        return " "
    if unicodedata.category(sign) in _NOT_ALLOWED_IN_HTML:
        return "\N{REPLACEMENT CHARACTER}"
    return f"&#{ord(sign)};"


def script_literal(value: object) -> str:
    """The value as a JSON literal that is also safe JavaScript: ASCII alone, and no `<` to end a script."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")


templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=as_text,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""The package's own HTML templates: whatever they print goes through `as_text`."""
