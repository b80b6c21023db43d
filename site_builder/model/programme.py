"""What is particular in the programme's words: content/programme.yml, read strictly; others take it by braces.

Words, schemas and forms take the terms, and read as before where a term is not said. Materials take all of it; what is
not said is left out there, since a print of before says literally what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from site_builder.shared import strict_yaml, words
from site_builder.shared.words import Words, WordSection

FILE = "content/programme.yml"
_BEFORE = Path(__file__).parents[1] / "templates" / "programme.zh-CN.yml"
# Without braces, since what is made of them is filled in once more.
_Words = Annotated[str, Field(max_length=60, pattern=r"^[^{}]*$")]
_Hours = Annotated[str, Field(max_length=120, pattern=r"^[^{}]*$")]
_Sentence = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^{}]*$")]


class Holiday(BaseModel):
    """Days on which offices are closed or keep other hours: the first, the last, and what holds on them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    first: date
    last: date
    says: _Sentence

    @field_validator("last")
    @classmethod
    def _is_not_before_the_first(cls, last: date, info: ValidationInfo) -> date:
        if last < info.data.get("first", last):
            raise ValueError
        return last


class Programme(BaseModel):
    """basis: what postings are "根据", with its number; aim: of the programme, as plaques say it.

    county_kind, village_kind, window_kind: what its counties, villages and windows are called; served: who goes first;
    household_kind, people_kind: what a survey calls those that it counts; target_kind: whom the aim is for.
    hotline_hours: when the hotline is answered; office_hours: what holds of the hours of all offices, as by season;
    holidays: the days on which that is otherwise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    basis: _Words = ""
    aim: _Words = ""
    county_kind: _Words = ""
    village_kind: _Words = ""
    window_kind: _Words = ""
    served: _Words = ""
    household_kind: _Words = ""
    people_kind: _Words = ""
    target_kind: _Words = ""
    hotline_hours: _Hours = ""
    office_hours: _Hours = ""
    holidays: Annotated[tuple[Holiday, ...], Field(strict=False, max_length=40)] = ()

    def holidays_from(self, day: date) -> list[Holiday]:
        """Those that are not over on a day, the next first."""
        return sorted((each for each in self.holidays if each.last >= day), key=lambda each: (each.first, each.says))


TERMS: Mapping[str, str] = yaml.safe_load(_BEFORE.read_text(encoding="utf-8"))
"""What words, schemas and forms take by braces, each as it reads where the programme does not say it."""
BRACES = tuple(name for name in Programme.model_fields if name != "holidays")
"""The names by which a material's wording takes them."""
_TERM = re.compile(rf"\{{({'|'.join(TERMS)})\}}")


def load(root: Path) -> Programme:
    """Read the file, where there is one. Raises CampaignError with every fault, each at its line."""
    if not (root / FILE).exists():
        return Programme()
    return strict_yaml.load(root, FILE, Programme, "settings")


def filled(content: Any, own: Programme) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """The same with each term in braces as the programme has it, in texts at whatever depth; other braces stay."""
    if isinstance(content, dict):
        return {filled(key, own): filled(value, own) for key, value in content.items()}
    if isinstance(content, list):
        return [filled(value, own) for value in content]
    return _TERM.sub(lambda found: said(own, found[1]), content) if isinstance(content, str) else content


def said(own: Programme, term: str) -> str:
    """A term as the programme has it, or as it read before."""
    return str(getattr(own, term)) or TERMS[term]


def chinese_words(root: Path) -> Words:
    """The Chinese words of content/words in the programme's terms. Raises CampaignError as `words.load` does."""
    own, found, file = load(root), words.load(root, "zh-CN"), f"{words.FOLDER}/zh-CN.yml"
    return Words(file, {name: WordSection(file, name, filled(dict(section), own)) for name, section in found.items()})
