"""The page of where we stand: the year's promises and milestones, in all and by county."""

from __future__ import annotations

from collections import Counter

from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import milestone_standings, overdue, year_standings
from site_builder.render.pages.page_renderer import PageRenderer


def standing_page(renderer: PageRenderer) -> str:
    """The page of how the campaign stands."""
    public = renderer.public
    milestones = milestone_standings(public)
    return renderer.page(
        "standing",
        renderer.words["standing"]["title"],
        wide=True,
        years=year_standings(public),
        milestones=milestones,
        overdue={county.code: overdue(milestones, county.code) for county in public.counties},
        names={county.code: county.name for county in public.counties},
    )


def milestone_counts(public: PublicRecords) -> Counter[str]:
    """How many milestones are done, overdue and so on: the short summary of the home page."""
    return Counter(standing.state for standing in milestone_standings(public))
