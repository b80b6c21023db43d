"""The page that says, for each undertaking of the notice, whose duty it is, how far it is done, and where it is shown.

Every place is looked up among the pages of the build, so that none can lead nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from site_builder.model.undertakings import FILE, Register
from site_builder.publication.addresses import source
from site_builder.publication.standing import duty_standings
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem


def coverage_page(renderer: PageRenderer, texts: Mapping[str, str]) -> str:
    """The page of what the notice undertakes. texts: all other pages by path.

    Raises CampaignError for a place that is none.
    """
    register = renderer.public.campaign.undertakings
    problems = list(_nowhere(register, texts))
    if problems:
        raise CampaignError(problems)
    return renderer.page(
        "coverage",
        renderer.words["coverage"]["title"],
        wide=True,
        parts=register.parts,
        standings={each.duty.key: each for each in duty_standings(renderer.public)},
        count=Counter(duty.shown_as for duty in register.duties),
    )


def _nowhere(register: Register, texts: Mapping[str, str]) -> Iterator[Problem]:
    for part in register.parts:
        for each in part.undertakings:
            if not _is_there(each.place, texts):
                yield Problem(code=Code.COVERAGE_PLACE, file=FILE, details={"says": each.says, "place": each.place})


def _is_there(place: str, texts: Mapping[str, str]) -> bool:
    page, _, anchor = place.partition("#")
    text = texts.get(source(page))
    named = rf'\{{:? ?#{anchor}[ }}]|\bid="{anchor}"'
    return text is not None and (not anchor or re.search(named, text) is not None)
