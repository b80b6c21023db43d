"""The maps of the site: what each shows, from public records, and the pages' small sketches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

import maps
from site_builder.publication import addresses
from site_builder.publication.addresses import in_same_folder
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import PublicCounty, PublicRecords, PublicWindow
from site_builder.render.pages import columns
from site_builder.render.pages.columns import FigureColumn
from site_builder.render.pages.needs import need_columns
from site_builder.shared.words import Words, fill

_Shown = Mapping[tuple[str, ...], maps.Measure | maps.Places]


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Every map and sketch as HTML by name, a county's sketch by its code; files by path below the assets folder."""

    fragments: Mapping[str, Markup]
    files: Mapping[str, bytes]


def atlas(public: PublicRecords, words: Words) -> Atlas:
    """Draw all maps."""
    drawn = {
        name: maps.county_map(ask, map_words(public, words), "../assets")
        for name, ask in map_requests(public, words).items()
    }
    drawable = [county for county in public.counties if county.code in maps.county_codes()]
    sketches = {county.code: _sketch(public, words, county) for county in drawable}
    fragments = {name: made.fragment for name, made in drawn.items()} | sketches
    return Atlas(
        fragments={name: Markup(html) for name, html in fragments.items()},  # noqa: S704  (escaped where made)
        files={path: content for made in drawn.values() for path, content in made.files.items()},
    )


def map_requests(public: PublicRecords, words: Words) -> dict[str, maps.CountyMap]:
    """What each map of the site is to show, by the map's name."""
    return {
        "liaisons": _column_map(public, words, "liaisons", columns.liaisons(public, words)),
        "returns": _column_map(public, words, "returns", columns.returns(public, words)),
        "windows": _windows(public, words),
        "survey": _column_map(public, words, "survey", columns.survey(public, words)),
        "needs": _column_map(public, words, "needs", need_columns(public, words)),
        "deliveries": _deliveries(public, words),
        "activities": _column_map(public, words, "activities", columns.activities(public, words)),
        "stations": _column_map(public, words, "stations", columns.stations(public, words)),
    }


def _column_map(public: PublicRecords, words: Words, name: str, shown: Iterable[FigureColumn]) -> maps.CountyMap:
    """A map with one list to choose a column from."""
    by_key = {column.key: column for column in shown}
    chooser = _chooser(words["map"]["show"], {key: column.title for key, column in by_key.items()})
    return _map(public, name, {(key,): _measure(column) for key, column in by_key.items()}, chooser)


def _deliveries(public: PublicRecords, words: Words) -> maps.CountyMap:
    texts = words["materials"]
    titles = {item.material_id: item.title for item in public.materials}
    # Ids in capitals, such as M-01, are not of the form of a key.
    keys = {columns.ALL_MATERIALS: columns.ALL_MATERIALS} | {code: code.lower() for code in titles}
    shown = columns.deliveries(public, words)
    return _map(
        public,
        "deliveries",
        {(keys[material], figure): _measure(column) for (material, figure), column in shown.items()},
        _chooser(texts["material"], {"all": texts["all"]} | {keys[code]: title for code, title in titles.items()}),
        _chooser(words["map"]["show"], {figure: texts[figure] for figure in columns.DELIVERY_FIGURES}),
    )


def _windows(public: PublicRecords, words: Words) -> maps.CountyMap:
    texts = words["windows"]
    windows = [(county, window) for county in public.counties for window in county.windows]
    years = sorted({window.campaign_year for _, window in windows}, reverse=True)
    places = maps.Places(
        title=texts["map_title"],
        groups=tuple(fill(texts["year_title"], year=year) for year in years),
        places=tuple(
            maps.Place(
                county=county.code,
                group=years.index(window.campaign_year),
                name=window.name,
                lines=(window.address, window.hours, window.phone),
                at=_at(window),
            )
            for county, window in windows
            if county.code in maps.county_codes()
        ),
        elsewhere=texts["none_here"],
        point=texts["point"],
    )
    links = {county.code: in_same_folder(addresses.window(window.window_id)) for county, window in windows}
    return _map(public, "windows", {(): places}, links=links)


def _map(
    public: PublicRecords, name: str, shown: _Shown, *choosers: maps.Chooser, links: Mapping[str, str] | None = None
) -> maps.CountyMap:
    """A map whose counties lead to their own pages, unless links has another for them."""
    return maps.CountyMap(
        name=name,
        shown=shown,
        choosers=choosers,
        county_names=_names(public),
        links={county.code: f"../{addresses.county(county.code)}" for county in public.counties} | dict(links or {}),
        base_key=public.campaign.map.tianditu_key,
    )


def _sketch(public: PublicRecords, words: Words, county: PublicCounty) -> str:
    texts = maps.SketchWords(spot=words["county"]["window_title"], attribution=_credit(public, words))
    ask = maps.Sketch(
        code=county.code,
        county_names=_names(public),
        links={other.code: in_same_folder(addresses.county(other.code)) for other in public.counties},
        spots=tuple(at for window in county.windows if (at := _at(window))),
    )
    return maps.county_sketch(ask, texts, "../assets")


def _names(public: PublicRecords) -> dict[str, str]:
    return maps.county_names() | {county.code: county.name for county in public.counties}


def _at(window: PublicWindow) -> tuple[float, float] | None:
    if window.longitude is None or window.latitude is None:
        return None
    return window.longitude, window.latitude


def _chooser(label: str, options: Mapping[str, str]) -> maps.Chooser:
    return maps.Chooser(label=label, options=options)


def _measure(column: FigureColumn) -> maps.Measure:
    """Shares shade areas; totals, which grow with the size of a county, are circles."""
    return maps.Measure(
        title=column.title,
        unit=column.unit,
        figures={code: _figure(count) for code, count in column.values.items() if code in maps.county_codes()},
        style=maps.Style.SHADED if column.is_share else maps.Style.CIRCLES,
    )


def _figure(count: Count) -> maps.Figure:
    return maps.SUPPRESSED if count is HIDDEN else count


def _credit(public: PublicRecords, words: Words) -> str:
    texts = words["map"]
    return fill(texts["attribution"], approval=public.campaign.map.approval_number or texts["approval_pending"])


def map_words(public: PublicRecords, words: Words) -> maps.MapWords:
    """The words that all maps share."""
    texts = words["map"]
    return maps.MapWords(
        unit_label=texts["legend"],
        no_data=texts["no_data"],
        suppressed=texts["suppressed"],
        hidden=words["common"]["hidden"],
        open_map=texts["open"],
        close_map=texts["close"],
        loading=texts["loading"],
        failed=texts["failed"],
        hint=texts["keyboard"],
        zoom_in=texts["zoom_in"],
        zoom_out=texts["zoom_out"],
        attribution=_credit(public, words),
    )
