"""Which characters the fonts of this machine can print: asked before setting, so that nothing comes out as a box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from fontTools.ttLib import TTFont

from site_builder.shared import typesetting

_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}  # control and format characters have no shape


def without_glyph(texts: Iterable[str]) -> list[str]:
    """The characters, in their order, that no font on this machine can show."""
    wanted = sorted({character for text in texts for character in text})
    missing = [ord(character) for character in wanted if unicodedata.category(character) not in _UNSEEN]
    for characters in _coverage():
        missing = [number for number in missing if number not in characters]
        if not missing:
            return []
    return [chr(number) for number in missing]


def families() -> list[str]:
    """The names of the fonts that are asked first, each once."""
    chosen = typesetting.fonts()
    return list(dict.fromkeys([*chosen["sans"], *chosen["serif"], *chosen["korean"]]))


def _coverage() -> Iterator[frozenset[int]]:
    """The characters of each font: those we set with first, then whatever else is installed: Typst falls back to it."""
    for path, index in _faces():
        yield _characters(path, index)


@cache
def _faces() -> list[tuple[str, int]]:
    """One face of each family, as a file and the face's place in it, in the order in which they are asked."""
    first = families()
    faces = {font.family: (font.path, font.index) for font in typesetting.installed_fonts().fonts() if font.path}
    return [faces[name] for name in [*first, *sorted(set(faces) - set(first))] if name in faces]


@cache
def _characters(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
