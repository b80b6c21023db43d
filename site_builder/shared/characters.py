"""Which characters a text may hold, and how those that it may not are shown: the one definition for every stage.

The text is Chinese, with Korean and Latin words in it, so letters are the unified ideographs with 々 and 〇, the
syllables of Hangul, and A to Z, plain, accented or full-width. That list of what there is takes the place of one of
everything that looks like something else (https://www.unicode.org/reports/tr39/): no Cyrillic or Greek letter, radical,
katakana or mathematical letter can pass for a letter in use. Punctuation and symbols are free.

Properties are those of the Unicode version that `.ci/character-classes` knew when it wrote `character_classes.txt`, so
that each Python reads a character the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.shared.text_forms import composed

_SURELY_FIT = re.compile("[ -~\u3400-\u4dbf\u4e00-\u9fff·—‘’“”…、。《》（），：；]*")


def _classes() -> dict[str, str]:
    """What stands between the brackets of a regular expression for each class of characters, by its name."""
    classes: dict[str, str] = {}
    for line in Path(__file__).with_name("character_classes.txt").read_text(encoding="ascii").splitlines():
        name, _, ranges = line.partition(" ")
        classes[name] = classes.get(name, "") + ranges
    return classes


CLASSES = _classes()

# A word of a name in the letters of its own people, whole: Mongolian with Manchu, Uyghur and Kazakh, Cyrillic. None of
# their marks, forms for display or digits; within Mongolian what chooses the shape of a letter.
_OF_WORD, _MONGOLIAN = f"[{CLASSES['of_word']}]", f"[{CLASSES['mongolian_letter']}]"
_OWN_WORD = re.compile(
    rf"(?<!{_OF_WORD})(?:(?:{_MONGOLIAN}[\u180b-\u180e]?){{2,}}(?:\u202f(?:{_MONGOLIAN}[\u180b-\u180e]?)+)*"
    rf"|[{CLASSES['arabic_letter']}]{{2,}}|[{CLASSES['cyrillic_letter']}]{{2,}})(?!{_OF_WORD})",
)

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_KINDS = tuple(
    (kind, re.compile(f"[{CLASSES[name]}]"))
    for kind, name in (("invisible", "unseen"), ("foreign", "foreign"), ("lookalike", "of_others"))
)
_NOT_TO_BE_SHOWN = re.compile(f"[{CLASSES['unseen']}{CLASSES['foreign']}{CLASSES['mark']}]")
# Points that Python's GB 18030, of the year 2000, leaves in private use.
_MOVED_LATER = (
    {0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9}
    | {0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7}
    | {0xE83B: 0x2298F, 0xE855: 0x241FE}
)
# Workflow runners take orders from what is printed: `::error::` at the start of a line, `##[error]` anywhere in it.
_ORDER_AT_START = re.compile(r"^(\s*)::")
_ORDER = re.compile(r"##(?=\w*\[)")


LONGEST_PROSE = 30_000
"""Characters of one file of prose: five times the notice itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A character that no text may hold. kind: invisible, foreign or lookalike; point: as U+200B."""

    kind: str
    character: str
    point: str


def unfit(text: str) -> Unfit | None:
    """The first character of a text that it may not hold, or None.

    Line breaks and tabs are invisible too: a text is one line. A text must be in Normalization Form C, else two that
    look the same could differ.
    """
    if _SURELY_FIT.fullmatch(text):
        return None
    for kind, characters in _KINDS:
        found = characters.search(text)
        if found:
            return _unfit(kind, found.group())
    changed = (c for c in text if not unicodedata.is_normalized("NFC", c))
    return next((_unfit("lookalike", c) for c in changed), None)


def unfit_in_name(text: str) -> Unfit | None:
    """The first character that a person's name may not hold, or None: whole words in other scripts are none there.

    A word in two scripts stays one that deceives, as does any character that turns the direction of what follows.
    """
    return unfit(_OWN_WORD.sub("", text)) if unfit(text) else None


def unfit_in_prose(text: str) -> Iterator[tuple[int, Unfit]]:
    """(line, character) of each line of prose with something unseen; it may hold letters of any script, and tabs."""
    lines = ((number, unfit(line.expandtabs())) for number, line in enumerate(text.split("\n"), start=1))
    yield from ((number, found) for number, found in lines if found and found.kind != "lookalike")


def set_apart(text: str) -> str:
    """A text with letters that are written from right to left, so that it turns nothing that stands beside it.

    By the isolates of Unicode (UAX 9), which hold in an attribute and in a sentence as well as in a page.
    """
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) and "\u2068" not in text else text


def _unfit(kind: str, character: str) -> Unfit:
    return Unfit(kind=kind, character=character, point=f"U+{ord(character):04X}")


def restored(character: str) -> str:
    """The ideograph that old Chinese fonts have at a private-use point, as GB 18030 moved it; "" where none is known.

    U+E815 to U+E864 stood for FE50 to FEA0 of GBK, which skips 7F (GB 18030-2022, appendix D).
    """
    place = ord(character) - 0xE815
    if not 0 <= place <= 0xE864 - 0xE815:
        return ""
    second = 0x50 + place + (place >= 0x7F - 0x50)
    meant = chr(_MOVED_LATER[ord(character)]) if ord(character) in _MOVED_LATER else ""
    meant = meant or bytes([0xFE, second]).decode("gb18030", "ignore")
    return meant if unicodedata.category(meant[:1] or " ") == "Lo" else ""


def unfit_in(content: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Unfit]]:
    """(place, character) of every text below a nest of mappings and lists that holds a character it may not hold."""
    if isinstance(content, str):
        found = unfit(content)
        if found:
            yield place, found
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from unfit_in(value, (*place, key))
    elif isinstance(content, Sequence):
        for number, value in enumerate(content):
            yield from unfit_in(value, (*place, number))


def visible(text: str, instead: str = "□") -> str:
    """A text with everything replaced that a reader would not see, or that would cover what stands beside it."""
    return _NOT_TO_BE_SHOWN.sub(instead, composed(text))


def printable(line: str) -> str:
    """A line fit for a terminal and a log: visible, and no order to whatever runs the command."""
    return _ORDER.sub("＃＃", _ORDER_AT_START.sub(r"\1：：", visible(line)))
