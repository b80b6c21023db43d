"""Rules of a campaign that has only been begun: what is still to be supplied before anything else can be checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import maps
from site_builder.checks.rules.scope import Scope
from site_builder.model import designs, programme
from site_builder.model.campaign import FILE as SETTINGS
from site_builder.model.campaign import DataStatus
from site_builder.privacy import visibility
from site_builder.record.tables import FOLDER
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show, shown_name

PLACEHOLDER = "〔请填写"
LEFTOVERS = "content/leftovers.txt"
BOUNDARIES = "maps/boundaries/counties.geojson"
EXAMPLE_HOST = "//example.org/"


def nothing_is_left_to_fill_in(scope: Scope) -> Iterator[Problem]:
    """No page, word or setting holds a mark that something is to be filled in, and official data no example address."""
    content = scope.root / "content"
    paths = [*content.glob("*.yml"), *content.glob("words/*.yml"), *content.glob("pages/**/*.md")]
    for path in sorted(paths):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if PLACEHOLDER in line.partition(" #")[0]:
                name = path.relative_to(scope.root).as_posix()
                yield Problem(code=Code.SETUP_PLACEHOLDER, file=name, line=number)
    if scope.campaign.data_status is DataStatus.OFFICIAL and EXAMPLE_HOST in scope.campaign.site.address:
        yield Problem(code=Code.SETUP_PLACEHOLDER, file=SETTINGS)


def nothing_is_left_of_the_campaign_before(scope: Scope) -> Iterator[Problem]:
    """A campaign that was begun from another one says none of that one's years, counts, places and terms."""
    words = _leftovers(scope)
    content = scope.root / "content"
    paths = [
        *content.glob("*.yml"),
        *content.glob("words/zh-CN.yml"),
        *content.glob("pages/**/*.md"),
        *_materials(scope),
    ]
    for path in sorted(paths) if words else ():
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            said = line.partition("# ")[0] if path.suffix == ".yml" else line
            found = next((word for word in words if word in said), "")
            if found:
                name = path.relative_to(scope.root).as_posix()
                yield Problem(code=Code.SETUP_LEFTOVER, file=name, line=number, details={"word": safe_to_show(found)})


def _leftovers(scope: Scope) -> list[str]:
    """The words of the campaign before, the longest first; none where this one was begun from no other."""
    path = scope.root / LEFTOVERS
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    words = (line.strip() for line in lines if not line.startswith("#"))
    return sorted(filter(None, words), key=lambda word: (-len(word), word))


def what_materials_say_of_the_programme_is_written(scope: Scope) -> Iterator[Problem]:
    """A print that takes a particular of the programme finds it in its file: else that sentence would be left out."""
    wordings = [path.read_text(encoding="utf-8", errors="replace") for path in _materials(scope)]
    for name in programme.BRACES:
        if not getattr(scope.campaign.programme, name) and any(f"{{{name}}}" in text for text in wordings):
            yield Problem(code=Code.PROGRAMME_UNSAID, file=programme.FILE, details={"key": name})


def what_the_programme_calls_things_is_written(scope: Scope) -> Iterator[Problem]:
    """What words and schemas take of the programme is said in its file, and not as it was before there was one."""
    for term, before in programme.TERMS.items():
        if not getattr(scope.campaign.programme, term):
            yield Problem(code=Code.PROGRAMME_BEFORE, file=programme.FILE, details={"key": term, "said": before})


def _materials(scope: Scope) -> list[Path]:
    return sorted((scope.root / designs.FOLDER).glob(f"*/{designs.SETTINGS}"))


def there_is_a_gazetteer(scope: Scope) -> Iterator[Problem]:
    """The tables of divisions and of counties hold something."""
    if f"{FOLDER}/divisions.csv" in scope.files and not scope.records.divisions:
        yield Problem(code=Code.SETUP_GAZETTEER, file=f"{FOLDER}/divisions.csv")
    if f"{FOLDER}/counties.csv" in scope.files and not scope.records.counties:
        yield Problem(code=Code.SETUP_COUNTIES, file=f"{FOLDER}/counties.csv")


def there_are_boundaries(scope: Scope) -> Iterator[Problem]:
    """At least one county of the record has an area on the map; development zones have none of their own."""
    counties = {county.county_code for county in scope.records.counties}
    if counties and not counties & set(maps.county_codes()):
        yield Problem(code=Code.SETUP_BOUNDARIES, file=BOUNDARIES)


def official_data_are_in_no_public_repository(scope: Scope) -> Iterator[Problem]:
    """What the site hides of official data stands open in their repository, so nobody but members may fetch that."""
    shown_by = visibility.shown_by(scope.root, os.environ) if scope.campaign.data_status is DataStatus.OFFICIAL else ""
    if shown_by:
        yield Problem(
            code=Code.REPOSITORY_PUBLIC, file=SETTINGS, details={"shown_by": layout()["repository_shown_by"][shown_by]}
        )


def nothing_committed_is_a_link(scope: Scope) -> Iterator[Problem]:
    """Not in content/, where whatever stands is refused, nor where the software and its settings stand."""
    for path in git.links_at(scope.root, "HEAD"):
        yield Problem(code=Code.CONTENT_LINK, file=shown_name(path))


RULES = (
    nothing_is_left_to_fill_in,
    nothing_is_left_of_the_campaign_before,
    what_materials_say_of_the_programme_is_written,
    what_the_programme_calls_things_is_written,
    there_is_a_gazetteer,
    there_are_boundaries,
    official_data_are_in_no_public_repository,
    nothing_committed_is_a_link,
)
