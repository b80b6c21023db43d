"""The words by which a sheet says what it is, by kind: site_builder/templates/papers.zh-CN.yml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

WORDS_FILE = Path(__file__).parents[2] / "templates" / "papers.zh-CN.yml"
_BLANKS = re.compile(r"\s+")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
_OF_ALL = re.compile(  # a year that a list of this campaign's may have in its title: what it builds on
    r"(?<![0-9])20[0-9]{2}年(?:年?[底末初]|以[来前后]|[起至]|[0-9]|建档|脱贫|贫困|退出|认定|确定|出列)"
)


class Kind(NamedTuple):
    """What a sheet may say that it is. says, unless: patterns; only, never: tables that it is asked of, or not."""

    name: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    only: frozenset[str]
    never: frozenset[str]

    def said_by(self, text: str) -> str:
        """The word of a text that says so; "" for none."""
        closed = _BLANKS.sub("", text)
        found = self.says.search(closed)
        return found.group() if found and not self.is_denied_by(closed) else ""

    def is_denied_by(self, text: str) -> bool:
        """Whether a text has a word with which it is not so."""
        return self.unless is not None and self.unless.search(_BLANKS.sub("", text)) is not None

    def concerns(self, table: str) -> bool:
        """Whether it is asked of a table."""
        return (not self.only or table in self.only) and table not in self.never


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, those that say most first."""
    content: dict[str, dict[str, Any]] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Kind(
            name=name,
            says=re.compile("|".join(kind["says"])),
            unless=re.compile("|".join(kind["unless"])) if "unless" in kind else None,
            only=frozenset(kind.get("only", ())),
            never=frozenset(kind.get("never", ())),
        )
        for name, kind in content.items()
    )


def other_year(text: str, year: int) -> str:
    """The year that a title says it is of, where it is not this one; "" for none, or a year of what it builds on."""
    closed = _BLANKS.sub("", text)
    named = set(_YEAR.findall(closed))
    return f"{named.pop()}年" if len(named) == 1 and str(year) not in closed and not _OF_ALL.search(closed) else ""
