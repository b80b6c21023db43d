"""What people write into a report beside its figures: content/reports/<period>.md, never touched when a report is made.

A narrow Markdown: heads of two levels, paragraphs, items. What a document could not show as it is meant is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict

from site_builder.shared import periods
from site_builder.shared.characters import LONGEST_PROSE, unfit_in_prose
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show, unfit_details

FOLDER = "content/reports"
INTERNAL = "-internal"
"""Ends the name of what is for the internal edition alone."""
_PART, _HEAD, _DATED = "## ", "### ", "dated: "
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,2}[.)、])\s+(.*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Marks of Markdown and HTML that would stand in the document as they are: links, pictures, bold, code, tables, quotes.
_UNFIT = re.compile(r"[\]!]\(|!\[|\*\*|__|`|<[A-Za-z/!]|^[|>#]|^(?:---|===)|^(?: {4}|\t)")


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BlockKind(StrEnum):
    """A head within a part, a paragraph, or one of several items."""

    HEAD = "head"
    TEXT = "text"
    ITEM = "item"


class Block(_Read):
    """A head, a paragraph or an item, as plain text."""

    kind: BlockKind
    text: str


class Part(_Read):
    """What stands under one head of a report."""

    title: str
    blocks: tuple[Block, ...]


class Narrative(_Read):
    """The parts of one report's narrative. dated: the day that the report bears, None where nobody has said."""

    parts: tuple[Part, ...] = ()
    dated: date | None = None


def load(root: Path) -> dict[str, Narrative]:
    """Every narrative by its period's key, that of an internal edition ending in INTERNAL.

    Raises CampaignError that names each file that is of no period, and each line that a document could not show.
    """
    found: dict[str, Narrative] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).rglob("*")):
        name = path.relative_to(root).as_posix()
        key = path.stem
        if path.is_dir():
            continue
        if path.suffix != ".md" or path.parent != root / FOLDER or not periods.parse(key.removesuffix(INTERNAL)):
            problems.append(Problem(code=Code.NARRATIVE_PLACE, file=safe_to_show(name)))
            continue
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        if len(text) > LONGEST_PROSE:
            details = {"count": str(len(text)), "limit": str(LONGEST_PROSE)}
            problems.append(Problem(code=Code.PAGE_LONG, file=name, details=details))
            continue
        lines = text.split("\n")
        problems += [*_unfit(text, name), *_problems(lines, name)]
        found[key] = _narrative(lines)
    if problems:
        raise CampaignError(problems)
    return found


def _unfit(text: str, name: str) -> Iterator[Problem]:
    """Each line with a character that nobody would see, or that would turn what stands beside it."""
    for number, found in unfit_in_prose(text):
        details = {"key": PurePosixPath(name).stem} | unfit_details(found)
        yield Problem(code=Code.TEXT_UNFIT, file=name, line=number, details=details)


def _matter(lines: list[str]) -> int:
    """How many lines of front matter there are, with the two that hold it."""
    return lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0


def _problems(lines: list[str], name: str) -> Iterator[Problem]:
    """Each line that is no head, paragraph or item, or stands under no head."""
    begin = _matter(lines)
    is_in_part = False
    for number, line in enumerate(lines, start=1):
        if number <= begin:
            is_fit = line == "---" or _day(line) is not None
        else:
            is_in_part |= line.startswith(_PART)
            text = line.removeprefix(_HEAD).removeprefix(_PART)
            is_fit = not line.strip() or (is_in_part and bool(text.strip()) and not _UNFIT.search(text))
        if not is_fit:
            yield Problem(code=Code.NARRATIVE_FORM, file=name, line=number, entered=safe_to_show(line))


def _day(line: str) -> date | None:
    text = line.removeprefix(_DATED).strip()
    try:
        return date.fromisoformat(text) if line.startswith(_DATED) and _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _narrative(lines: list[str]) -> Narrative:
    begin = _matter(lines)
    dated = next(filter(None, map(_day, lines[:begin])), None)
    parts: list[tuple[str, list[str]]] = []
    for line in lines[begin:]:
        if line.startswith(_PART):
            parts.append((line.removeprefix(_PART).strip(), []))
        elif parts:
            parts[-1][1].append(line)
    return Narrative(parts=tuple(Part(title=title, blocks=tuple(_blocks(own))) for title, own in parts), dated=dated)


def _blocks(lines: list[str]) -> Iterator[Block]:
    """The blocks of a part; lines of a paragraph that follow one another are one, as in Markdown."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        item = _ITEM.match(line)
        is_plain = bool(line.strip()) and not line.startswith(_HEAD) and not item
        if not is_plain and paragraph:
            yield Block(kind=BlockKind.TEXT, text="".join(paragraph))
            paragraph = []
        if is_plain:
            paragraph.append(line.strip())
        elif item:
            yield Block(kind=BlockKind.ITEM, text=item[1].strip())
        elif line.startswith(_HEAD):
            yield Block(kind=BlockKind.HEAD, text=line.removeprefix(_HEAD).strip())
