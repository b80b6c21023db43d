"""The page of needs: a map and tables, all of the newest edition's figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

import maps
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import AreaFigures, PublicRecords
from site_builder.render.press import Press
from site_builder.words import Words, fill

_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One area's row of the tables, in the order of the code lists. link: "" where the area has no page."""

    name: str
    link: str
    level: str
    villages: int
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
    drawn = maps.county_map(_map(public, press.words), _map_words(public, press.words), "../assets")
    text = press.page(
        "needs",
        press.words["needs"]["title"],
        wide=True,
        edition=public.figures.edition,
        groups=public.groups,
        matters=public.matters,
        rows=list(_rows(press)),
        province=_by_group_and_matter(public),
        map=Markup(drawn.fragment),  # noqa: S704  (escaped where it was made)
    )
    return NeedsPage(text=text, assets=drawn.files)


def _rows(press: Press) -> Iterator[NeedRow]:
    """The province, then each prefecture followed by its counties, as far as the edition goes."""
    public, areas = press.public, press.public.figures.areas
    places = [(public.campaign.province_code, public.province, "", "province")]
    for prefecture in press.prefectures():
        places.append((prefecture.code, prefecture.name, "", "prefecture"))
        places += [(county.code, county.name, f"../counties/{county.code}.html", "") for county in prefecture.counties]
    for code, name, link, level in places:
        if code in areas:
            yield _row(public, areas[code], name=name, link=link, level=level)


def _row(public: PublicRecords, area: AreaFigures, **place: str) -> NeedRow:
    return NeedRow(
        **place,
        villages=area.villages,
        by_group=tuple(area.needs.get((group, _ALL), 0) for group in public.groups),
        by_matter=tuple(area.needs.get((_ALL, matter), 0) for matter in public.matters),
        total=area.needs.get((_ALL, _ALL), 0),
    )


def _by_group_and_matter(public: PublicRecords) -> list[tuple[str, list[Count]]]:
    """The province's needs: for each matter its title and the counts by group, with the sum over them."""
    area = public.figures.areas.get(public.campaign.province_code)
    needs = area.needs if area else {}
    return [
        (title, [needs.get((group, matter), 0) for group in (*public.groups, _ALL)])
        for matter, title in public.matters.items()
    ]


def _map(public: PublicRecords, words: Words) -> maps.CountyMap:
    drawable = set(maps.county_codes())
    areas = {code: area for code, area in public.figures.areas.items() if code in drawable}
    figures = {code: _figure(area.needs.get((_ALL, _ALL), 0)) for code, area in areas.items()}
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
