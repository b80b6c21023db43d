"""The page of where we stand: the year's promises, milestones and duties, in all and by county."""

from __future__ import annotations

from site_builder.publication.duties import rules
from site_builder.publication.standing import duty_standings, milestone_standings, overdue, year_standings
from site_builder.render.pages.page_renderer import PageRenderer


def standing_page(renderer: PageRenderer) -> str:
    """The page of how the campaign stands."""
    public = renderer.public
    milestones, quotas = milestone_standings(public), public.campaign.undertakings.quotas
    names = {county.code: county.name for county in public.counties}
    return renderer.page(
        "standing",
        renderer.words["standing"]["title"],
        wide=True,
        years=year_standings(public),
        milestones=milestones,
        duties=[each for each in duty_standings(public) if each.duty.counted_by],
        quotas=rules.areas(public),
        quotas_are_demo=quotas is not None and quotas.data_status == "demo",
        overdue={county.code: overdue(milestones, county.code) for county in public.counties},
        names=names,
        units=public.units,
        areas={**{unit.unit_code: unit.name for unit in public.units}, **public.prefectures, **names},
    )
