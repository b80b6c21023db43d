"""What is particular in the programme's words: content/programme.yml, read strictly. Materials take it by braces.

Settings of before this file have none: then nothing is said of the programme, and what their materials say literally
stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from site_builder.shared import strict_yaml

FILE = "content/programme.yml"
_Words = Annotated[str, Field(max_length=60)]


class Programme(BaseModel):
    """basis: what postings are "根据", with its number; aim: of the programme, as plaques say it.

    county_kind, village_kind, window_kind: what its counties, villages and windows are called; served: who goes first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    basis: _Words = ""
    aim: _Words = ""
    county_kind: _Words = ""
    village_kind: _Words = ""
    window_kind: _Words = ""
    served: _Words = ""


BRACES = tuple(Programme.model_fields)
"""The names by which a material's wording takes them."""


def load(root: Path) -> Programme:
    """Read the file, where there is one. Raises CampaignError with every fault, each at its line."""
    if not (root / FILE).exists():
        return Programme()
    return strict_yaml.load(root, FILE, Programme, "settings")
