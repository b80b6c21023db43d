"""The settings of this campaign: content/campaign.yml, read strictly; every fault is named with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from site_builder.characters import unfit_in
from site_builder.problems import CampaignError, Problem, layout, nearest, safe_to_show, unfit_details

FILE = "content/campaign.yml"

_CountyCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
_Year = Annotated[int, Field(ge=2000, le=2100)]
_Words = Annotated[str, Field(min_length=1, max_length=60)]
_Line = Annotated[str, Field(max_length=60)]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DataStatus(StrEnum):
    """Whether the data are invented for a demonstration or real."""

    DEMO = "demo"
    OFFICIAL = "official"


class Footer(_Settings):
    """The lines of a government site's footer; an empty one is not shown."""

    organiser: _Line
    operator: _Line
    phone: _Line
    icp_record: _Line
    police_record: _Line
    government_site_code: _Line


class Site(_Settings):
    """Where the site stands, an address that ends in a slash, and its footer."""

    address: Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~%/-]*/)?$")]
    footer: Footer


class Target(_Settings):
    """What one year promised: so many villages with a liaison, and windows in these counties."""

    year: _Year
    villages: Annotated[int, Field(ge=0)]
    window_counties: Annotated[tuple[_CountyCode, ...], Field(strict=False)]


class Milestone(_Settings):
    """A date of the notice by which something is to be done."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    due: date
    title: _Words


class PrivacyException(_Settings):
    """A kind of personal number that may stand at a place, for a reason, until a day.

    place: a path from the root, in which * stands for anything; column: of a CSV file, by its header, or "" for all.
    """

    kind: Annotated[str, Field(pattern=r"^(?:identity|card|mobile)$")]
    place: Annotated[str, Field(min_length=1, max_length=200)]
    column: _Line = ""
    reason: _Words
    by: _Words
    until: date


class Map(_Settings):
    """Settings of the maps; an empty approval number is shown as pending, without a key there is no base layer."""

    approval_number: _Line
    tianditu_key: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{32})?$")]


class Campaign(_Settings):
    """Everything in content/campaign.yml."""

    title: _Words
    short_title: _Words
    year: _Year
    province_code: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    data_status: Annotated[DataStatus, Field(strict=False)]
    data_as_of: date
    hotline: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    smallest_published_count: Annotated[int, Field(ge=10, le=1000)]
    fewest_published_villages: Annotated[int, Field(ge=2, le=100)]
    surveyed_percent_to_publish: Annotated[int, Field(ge=1, le=100)]
    site: Site
    targets: Annotated[tuple[Target, ...], Field(strict=False, min_length=1)]
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False)]
    map: Map
    privacy_exceptions: Annotated[tuple[PrivacyException, ...], Field(strict=False)] = ()


def load(root: Path) -> Campaign:
    """Read the settings under the project's root. Raises CampaignError with every fault, each at its line."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
        repeated = list(_repeated(node))
    except OSError as error:
        raise CampaignError([Problem(code="settings-missing", file=FILE)]) from error
    except UnicodeDecodeError as error:
        raise CampaignError([Problem(code="settings-encoding", file=FILE)]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise CampaignError([Problem(code="settings-syntax", file=FILE, line=line)]) from error
    if repeated:
        raise CampaignError(repeated)
    try:
        settings = Campaign.model_validate(content)
    except ValidationError as error:
        raise CampaignError(_without_twins([_problem(found, node) for found in error.errors()])) from error
    unfit = list(_unfit(settings, node))
    if unfit:
        raise CampaignError(unfit)
    return settings


def _unfit(settings: Campaign, node: yaml.Node | None) -> Iterator[Problem]:
    for place, found in unfit_in(settings.model_dump()):
        details = {"key": _dotted(place)} | unfit_details(found)
        yield Problem(code="text-unfit", file=FILE, line=_line(node, place), details=details)


def _dotted(place: Sequence[str | int]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _without_twins(problems: list[Problem]) -> list[Problem]:
    """A misspelt key is one fault: the key that it was meant to be is not reported as absent besides."""
    meant = {(p.details["key"].rpartition(".")[0], p.details["nearest"]) for p in problems if "nearest" in p.details}
    return [
        problem
        for problem in problems
        if problem.code != "settings-absent"
        or (problem.details["key"].rpartition(".")[0], problem.details["key"].rpartition(".")[2]) not in meant
    ]


def _repeated(node: yaml.Node | None) -> Iterator[Problem]:
    """Keys that stand twice in one place: YAML would silently take the last."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                details = {"key": safe_to_show(str(key.value))}
                yield Problem(code="settings-repeated", file=FILE, line=key.start_mark.line + 1, details=details)
            seen.add(str(key.value))
            yield from _repeated(value)


def _problem(found: ErrorDetails, node: yaml.Node | None) -> Problem:
    place = found["loc"]
    key = _dotted(place)
    line = _line(node, place)
    if found["type"] == "extra_forbidden":
        details = {
            "key": safe_to_show(key),
            "nearest": nearest(str(place[-1]), _known_keys(Campaign, place[:-1])),
        }
        return Problem(code="settings-unknown", file=FILE, line=line, details=details)
    if found["type"] == "missing":
        return Problem(code="settings-absent", file=FILE, line=line, details={"key": key})
    expected = layout()["settings"]
    name = str(next((part for part in reversed(place) if isinstance(part, str)), ""))
    details = {"key": key, "expected": expected.get(name, expected["other"])}
    entered = found["input"] if isinstance(found["input"], str | int | float | date) else ""
    return Problem(code="settings-value", file=FILE, line=line, entered=safe_to_show(str(entered)), details=details)


def _known_keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    for part in place:
        if isinstance(part, str):
            model = next(_models(model.model_fields[part].annotation))
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  (an annotation is any object)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int | None:
    """The line of the deepest part of a place that stands in the file, counted from 1."""
    line = None
    for part in place:
        below = _child(node, part)
        if below is None:
            break
        line, node = below
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
