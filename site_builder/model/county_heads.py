"""The heads that a county uses and the office has confirmed: content/collecting/<county>.yml, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from site_builder.model.forms import Forms
from site_builder.shared import strict_yaml
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show

FOLDER = "content/collecting"
_Words = Annotated[str, Field(min_length=1, max_length=60)]


class CountyHeads(BaseModel):
    """One county's file. columns: its heads, each with the title of the form's column that it means."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    columns: Annotated[dict[_Words, _Words], Field(min_length=1)]


def path(county: str) -> str:
    """A county's file, from the project's root."""
    return f"{FOLDER}/{county}.yml"


def load(root: Path, county: str, forms: Forms) -> dict[str, str]:
    """The titles that a county's heads mean; none where it has no file. Raises CampaignError with every fault."""
    file = path(county)
    if not county.isdecimal() or not (root / file).exists():
        return {}
    columns = strict_yaml.load(root, file, CountyHeads, "collecting").columns
    problems = list(unknown_titles(columns, forms, file))
    if problems:
        raise CampaignError(problems)
    return columns


def check(root: Path, forms: Forms, counties: Iterable[str]) -> Iterator[Problem]:
    """Every fault of every county's file, and files of no county."""
    known = {f"{county}.yml" for county in counties}
    folder = root / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.name.startswith("."):
            continue
        if file.name not in known:
            yield Problem(code=Code.COLLECTING_COUNTY, file=file.relative_to(root).as_posix())
            continue
        try:
            load(root, file.stem, forms)
        except CampaignError as error:
            yield from error.problems


def unknown_titles(columns: Mapping[str, str], forms: Forms, file: str) -> Iterator[Problem]:
    """Heads with a title that no form has."""
    known = _titles(forms)
    for head, title in columns.items():
        if title not in known:
            near = nearest(title, known)
            details = {"head": safe_to_show(head), "title": safe_to_show(title), "hint": hint(near)}
            yield Problem(code=Code.COLLECTING_TITLE, file=file, details=details)


def _titles(forms: Forms) -> list[str]:
    every = (column.title for form in forms.forms.values() for column in (*form.columns, *form.record_columns))
    return list(dict.fromkeys((*every, *(name for names in forms.context.values() for name in names))))


def written(columns: Mapping[str, str]) -> bytes:
    """A county's file."""
    content = {"columns": dict(sorted(columns.items()))}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_style=None).encode("utf-8")
