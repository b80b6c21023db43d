"""Needs: questions of farmers and the pages that answer them, asked of the find box's search over a finished site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.lookup_search import Answer, bytes_of, searched

_FOLDER = Path(__file__).parent
OPEN, KEPT_BACK = "lookup_needs.yml", "lookup_needs_kept_back.yml"
FIRST = 3
"""The page that answers is to be among so many results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Of some questions: how many, those answered by the very first result and by one of the first, the rest."""

    count: int
    very_first: int
    first: int
    missed: Mapping[str, list[str]]
    most_bytes: int


def questions(name: str) -> dict[str, list[str]]:
    """By question the pages that answer it, without their ending."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return {question: pages.split() for question, pages in yaml.safe_load(text).items()}


def measured(site: Path, asked: Mapping[str, list[str]]) -> Needs:
    """Ask the search of a finished site everything."""
    answers = searched(site, list(asked))
    ranks = {question: _pages(answer) for question, answer in zip(asked, answers, strict=True)}
    places = [
        next((place for place, page in enumerate(pages) if page in asked[question]), FIRST)
        for question, pages in ranks.items()
    ]
    return Needs(
        count=len(asked),
        very_first=sum(place == 0 for place in places),
        first=sum(place < FIRST for place in places),
        missed={q: ranks[q] for q, place in zip(ranks, places, strict=True) if place >= FIRST},
        most_bytes=max(bytes_of(site, answer) for answer in answers),
    )


def _pages(answer: Answer) -> list[str]:
    """The first results as addresses without ending and part; of a place its kind."""
    found = [(kind, code.partition("#")[0].removesuffix(".html")) for kind, code, _ in answer["found"][:FIRST]]
    return [code if kind == "page" else kind for kind, code in found]
