"""The page of needs by county: two tables and a map, all of published counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

import maps
from site_builder.publication.gate import HIDDEN, Count, shown_sum
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.render.press import Press
from site_builder.words import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One county's row of the tables, in the order of the code lists; sums are of what is shown."""

    county: PublicCounty
    by_group: tuple[Count, ...]
    by_matter: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsPage:
    """The page as Markdown, and the files of its map by path below the assets folder."""

    text: str
    assets: Mapping[str, bytes]


def needs_page(press: Press) -> NeedsPage:
    """The page of needs: needs/index.md."""
    public = press.public
    rows = [_row(public, county) for county in public.counties if county.survey.villages]
    drawn = maps.county_map(_map(public, rows, press.words), _map_words(public, press.words), "../assets")
    text = press.page(
        "needs",
        press.words["needs"]["title"],
        wide=True,
        groups=public.groups,
        matters=public.matters,
        rows=rows,
        map=Markup(drawn.fragment),  # noqa: S704  (escaped where it was made)
    )
    return NeedsPage(text=text, assets=drawn.files)


def _row(public: PublicRecords, county: PublicCounty) -> NeedRow:
    def total(pairs: Iterable[tuple[str, str]]) -> Count:
        return shown_sum([county.needs[pair] for pair in pairs if pair in county.needs])

    return NeedRow(
        county=county,
        by_group=tuple(total((group, matter) for matter in public.matters) for group in public.groups),
        by_matter=tuple(total((group, matter) for group in public.groups) for matter in public.matters),
        total=total(county.needs),
    )


def _map(public: PublicRecords, rows: Iterable[NeedRow], words: Words) -> maps.CountyMap:
    drawable = set(maps.county_codes())
    figures = {row.county.code: _figure(row.total) for row in rows if row.county.code in drawable}
    return maps.CountyMap(
        name="needs",
        title=words["needs"]["map_caption"],
        unit=words["needs"]["unit"],
        figures=figures,
        county_names={code: code for code in drawable} | {county.code: county.name for county in public.counties},
        links={code: f"../counties/{code}.html" for code in figures},
    )


def _figure(count: Count) -> maps.Figure:
    return maps.SUPPRESSED if count is HIDDEN else count


def _map_words(public: PublicRecords, words: Words) -> maps.MapWords:
    texts = words["map"]
    approval = public.campaign.map.approval_number or texts["approval_pending"]
    return maps.MapWords(
        unit_label=texts["legend"],
        no_data=texts["no_data"],
        suppressed=texts["suppressed"],
        open_map=texts["open"],
        close_map=texts["close"],
        loading=texts["loading"],
        failed=texts["failed"],
        hint=texts["keyboard"],
        zoom_in=texts["zoom_in"],
        zoom_out=texts["zoom_out"],
        attribution=fill(texts["attribution"], approval=approval),
    )
