"""The page that says, for each undertaking of the notice, where the site shows it.

Every place is looked up among the pages of the build, so that none can lead nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from site_builder.model.coverage import FILE, Coverage
from site_builder.publication.addresses import source
from site_builder.publication.standing import milestone_standings
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, layout


def coverage_page(coverage: Coverage, renderer: PageRenderer, texts: Mapping[str, str]) -> str:
    """The page of what the notice undertakes. texts: all other pages by path.

    Raises CampaignError for a place that is none.
    """
    states = {each.milestone.key: each.state for each in milestone_standings(renderer.public)}
    problems = [*_nowhere(coverage, texts), *_unknown_milestones(coverage, states)]
    if problems:
        raise CampaignError(problems)
    count = Counter(each.shown for part in coverage.parts for each in part.undertakings)
    return renderer.page(
        "coverage", renderer.words["coverage"]["title"], wide=True, parts=coverage.parts, states=states, count=count
    )


def _nowhere(coverage: Coverage, texts: Mapping[str, str]) -> Iterator[Problem]:
    for part in coverage.parts:
        for each in part.undertakings:
            if not _is_there(each.place, texts):
                yield Problem(code=Code.COVERAGE_PLACE, file=FILE, details={"says": each.says, "place": each.place})


def _unknown_milestones(coverage: Coverage, states: Mapping[str, str]) -> Iterator[Problem]:
    for part in coverage.parts:
        for each in part.undertakings:
            if each.milestone and each.milestone not in states:
                details = {"key": "milestone", "expected": layout()["coverage"]["milestone"]}
                yield Problem(code=Code.SETTINGS_VALUE, file=FILE, entered=each.milestone, details=details)


def _is_there(place: str, texts: Mapping[str, str]) -> bool:
    page, _, anchor = place.partition("#")
    text = texts.get(source(page))
    return text is not None and (not anchor or re.search(rf"\{{:? ?#{anchor} ?\}}", text) is not None)
