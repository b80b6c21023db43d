"""Sentences: how people ask for a village of the province, made by chance from every village and form of speech."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.lookup_queries import Place, base_of_county, base_of_village
from benchmarks.lookup_search import SHOWN, Answer, searched

_FORMS = Path(__file__).with_name("lookup_forms.yml")
_DIVISIONS = Path("content") / "data" / "divisions.csv"
_VILLAGE, _TOWNSHIP, _COUNTY = 12, 9, 6
FIRST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What is typed, the code of the village that is meant, and whether it is on a list."""

    text: str
    code: str
    is_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of some sentences the parts: the village among the first five or level with the first; others alone; told so.

    told: of those for villages on no list, the part that is told that it is on none.
    """

    count: int
    found: float
    wrong_only: float
    unlisted: int
    told: float


def every_place(root: Path) -> list[Place]:
    """All villages and communities of a project's division table."""
    rows = csv.DictReader((root / _DIVISIONS).read_text(encoding="utf-8").splitlines())
    names = {row["code"]: row["name"] for row in rows}
    return [
        Place(
            code=code,
            name=name,
            base=base_of_village(name),
            township=names[code[:_TOWNSHIP]],
            county=names[code[:_COUNTY]],
            county_base=base_of_county(names[code[:_COUNTY]]),
        )
        for code, name in names.items()
        if len(code) == _VILLAGE and code[:_COUNTY] in names
    ]


def sentences(every: Sequence[Place], listed: set[str], count: int, seed: int) -> list[Sentence]:
    """So many sentences, half of them for villages on a list."""
    chance = random.Random(seed)
    forms: Mapping[str, list[str]] = yaml.safe_load(_FORMS.read_text(encoding="utf-8"))
    parted = [place for place in every if place.code in listed], [place for place in every if place.code not in listed]
    made = []
    for number in range(count):
        place = chance.choice(parted[number % 2])
        named = chance.choice(forms["places"]).format_map(_parts(place))
        made.append(
            Sentence(
                text=chance.choice(forms["sentences"]).format(place=named),
                code=place.code,
                is_listed=place.code in listed,
            )
        )
    return made


def _parts(place: Place) -> dict[str, str]:
    is_village = place.name.removeprefix(place.base)[:1] == "村"
    ending = "村" if is_village else "社区"
    said = place.base if place.base.endswith(ending) else place.base + ending
    return {"county": place.county, "short": place.county_base, "township": place.township, "village": said}


def measured(site: Path, asked: Sequence[Sentence]) -> tuple[Asked, list[tuple[Sentence, list[tuple[str, str, int]]]]]:
    """Ask the search of a finished site everything: the parts, and the sentences that were not answered."""
    pairs = list(zip(asked, searched(site, [sentence.text for sentence in asked]), strict=True))
    missed = [(sentence, answer) for sentence, answer in pairs if not _is_found(sentence, answer)]
    unlisted = [pair for pair in pairs if not pair[0].is_listed]
    told = [(sentence, answer) for sentence, answer in unlisted if _is_told(sentence, answer)]
    parts = Asked(
        count=len(pairs),
        found=1 - len(missed) / len(pairs),
        wrong_only=sum(bool(answer["found"]) for _, answer in missed) / len(pairs),
        unlisted=len(unlisted),
        told=len(told) / len(unlisted),
    )
    return parts, [(sentence, answer["found"][:FIRST]) for sentence, answer in missed]


def _is_found(sentence: Sentence, answer: Answer) -> bool:
    listed = answer["found"][:SHOWN]
    return sentence.code in [code for at, (_, code, cost) in enumerate(listed) if at < FIRST or cost == listed[0][2]]


def _is_told(sentence: Sentence, answer: Answer) -> bool:
    """Whether it is listed as one that is on no list."""
    return ("unlisted", sentence.code) in [(kind, code) for kind, code, _ in answer["found"][:SHOWN]]
