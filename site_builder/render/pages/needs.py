"""Needs of the newest edition: the rows of the tables by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.publication.gate import Count
from site_builder.publication.public import AreaFigures, PublicRecords
from site_builder.render.figures.columns import persons_asked, share
from site_builder.render.pages.page_renderer import PageRenderer

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One area's row of the tables, in the order of the code lists. county: its code, "" for a larger area."""

    name: str
    county: str
    level: str
    villages: int
    by_group: tuple[Count, ...]
    by_matter: tuple[Count, ...]
    total: Count
    persons: Count
    rate: Count


def need_rows(renderer: PageRenderer) -> Iterator[NeedRow]:
    """The province, then each prefecture followed by its counties, as far as the edition goes."""
    public, areas = renderer.public, renderer.public.figures.areas
    places = [(public.campaign.province_code, public.province, "", "province")]
    for prefecture in renderer.prefectures():
        places.append((prefecture.code, prefecture.name, "", "prefecture"))
        places += [(county.code, county.name, county.code, "") for county in prefecture.counties]
    for code, name, county, level in places:
        if code in areas:
            yield _row(public, areas[code], name=name, county=county, level=level)


def _row(public: PublicRecords, area: AreaFigures, **place: str) -> NeedRow:
    return NeedRow(
        **place,
        villages=area.villages,
        by_group=tuple(area.needs.get((group, ALL), 0) for group in public.groups),
        by_matter=tuple(area.needs.get((ALL, matter), 0) for matter in public.matters),
        total=area.needs.get((ALL, ALL), 0),
        persons=persons_asked(public, area, ALL),
        rate=share(area.needs.get((ALL, ALL), 0), persons_asked(public, area, ALL)),
    )


def by_group_and_matter(public: PublicRecords) -> list[tuple[str, list[Count]]]:
    """The province's needs: for each matter its title and the counts by group, with the sum over them."""
    area = public.figures.areas.get(public.campaign.province_code)
    needs = area.needs if area else {}
    return [
        (title, [needs.get((group, matter), 0) for group in (*public.groups, ALL)])
        for matter, title in public.matters.items()
    ]
