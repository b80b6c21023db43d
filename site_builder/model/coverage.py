"""What the notice undertakes, line by line, and where the site shows it: content/coverage.yml, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from site_builder.shared import strict_yaml

FILE = "content/coverage.yml"
_Words = Annotated[str, Field(min_length=1, max_length=60)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Undertaking(_Model):
    """One thing that the notice undertakes, in its own words, and its place in the site."""

    says: Annotated[str, Field(min_length=1, max_length=300)]
    place: Annotated[str, Field(pattern=r"^[a-z0-9/_-]+\.html(?:#[a-z0-9-]+)?$")]
    where: _Words
    shown: Literal["data", "page", "office"]
    milestone: str = ""


class NoticePart(_Model):
    """A part of the notice. anchor: its heading in the notice's full text."""

    part: _Words
    anchor: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    undertakings: Annotated[tuple[Undertaking, ...], Field(strict=False)]


class Coverage(_Model):
    """Everything in content/coverage.yml."""

    parts: Annotated[tuple[NoticePart, ...], Field(strict=False)]


def load(root: Path) -> Coverage:
    """Read the file. Raises CampaignError with every fault, each at its line."""
    return strict_yaml.load(root, FILE, Coverage, "coverage")
