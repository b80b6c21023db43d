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
from site_builder.render.environment import is_korean, written_day
from site_builder.render.figures import columns, series
from site_builder.render.figures.columns import FigureColumn
from site_builder.render.figures.names import short_name, short_prefecture
from site_builder.render.figures.nearest import Nearest, at, nearest_windows
from site_builder.render.figures.reading import bands, is_nothing, reading
from site_builder.shared.words import Words, fill

_Shown = Mapping[tuple[str, ...], maps.Measure | maps.Places]


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Every map and sketch as HTML by name, a county's sketch by its code; files by path below the assets folder."""

    fragments: Mapping[str, Markup]
    files: Mapping[str, bytes]


def atlas(public: PublicRecords, words: Words, korean: Words) -> Atlas:
    """Draw all maps."""
    drawn = {
        name: maps.county_map(ask, map_words(public, words), "../assets")
        for name, ask in map_requests(public, words, korean).items()
    }
    drawable = [county for county in public.counties if county.code in maps.county_codes()]
    sketches = {county.code: _sketch(public, words, korean, county) for county in drawable}
    sketches |= {
        window.window_id: _sketch(public, words, korean, county, window)
        for county in drawable
        for window in county.windows
    }
    fragments = {name: made.fragment for name, made in drawn.items()} | sketches | _then_and_now(public, words)
    return Atlas(
        fragments={name: Markup(html) for name, html in fragments.items()},  # noqa: S704  (escaped where made)
        files={path: content for made in drawn.values() for path, content in made.files.items()},
    )


def korean_sketches(public: PublicRecords, words: Words, korean: Words) -> dict[str, Markup]:
    """The sketch of each window's surroundings for its page in Korean, by the window's id."""
    given = _Given(public, words, korean)
    names = _names(public) | _second_names(given)
    texts = maps.SketchWords(
        spot=korean["windows"]["title"], about=korean["windows"]["no_point"], attribution=_credit(public, words)
    )
    drawn = {
        window.window_id: _window_sketch(county, window, names, texts)
        for county in public.counties
        for window in county.windows
        if county.code in _second_names(given)
    }
    return {name: Markup(html) for name, html in drawn.items()}  # noqa: S704  (escaped where made)


def _window_sketch(
    county: PublicCounty, window: PublicWindow, names: Mapping[str, str], texts: maps.SketchWords
) -> str:
    """Without links: the pages of counties are in Chinese alone."""
    spot = at(window)
    ask = maps.Sketch(code=county.code, county_names=names, links={}, spots=(spot,) if spot else (), about=spot is None)
    return maps.county_sketch(ask, texts, "../../assets")


def map_requests(public: PublicRecords, words: Words, korean: Words) -> dict[str, maps.CountyMap]:
    """What each map of the site is to show, by the map's name."""
    by_column = {
        "returns": columns.returns(public, words),
        "survey": columns.survey(public, words),
        "activities": columns.activities(public, words),
        "stations": columns.stations(public, words),
    }
    given = _Given(public, words, korean)
    return {
        "liaisons": _liaisons(given),
        "windows": _windows(given),
        "needs": _needs(given),
        "deliveries": _deliveries(given),
        **{name: _column_map(given, name, shown) for name, shown in by_column.items()},
    }


@dataclass(frozen=True, slots=True)
class _Given:
    """What every map is made of."""

    public: PublicRecords
    words: Words
    korean: Words


def _then_and_now(public: PublicRecords, words: Words) -> dict[str, str]:
    """For each measure of the months two small drawings beside each other; nothing while there is one state."""
    texts = words["series"]
    shares = {column.key: column for column in columns.liaisons(public, words) if column.kind == "share"}
    drawn = [
        maps.SmallMap(
            title=fill(texts["state"], what=texts[f"{measure}_share"], date=written_day(state.day, words)),
            figures=_known(state.values),
        )
        for measure in series.MEASURES
        for state in series.then_and_now(public, measure)
    ]
    bands_of_all = _bands(shares[f"{series.MEASURES[0]}_share"], words)
    return (
        {"then-and-now": maps.small_maps("then-and-now", drawn, bands_of_all, _credit(public, words))} if drawn else {}
    )


def _known(values: Mapping[str, Count]) -> dict[str, maps.Figure]:
    return {code: _figure(count) for code, count in values.items() if code in maps.county_codes()}


def _bands(column: FigureColumn, words: Words) -> tuple[maps.Band, ...]:
    return tuple(maps.Band(lowest=low, text=text) for low, text in bands(column, words))


def _column_map(given: _Given, name: str, shown: Iterable[FigureColumn]) -> maps.CountyMap:
    """A map with one list to choose a column from."""
    by_key = {column.key: column for column in shown}
    chooser = _chooser(given.words["map"]["show"], {key: column.title for key, column in by_key.items()})
    return _map(given, name, {(key,): _measure(given, column) for key, column in by_key.items()}, chooser)


def _liaisons(given: _Given) -> maps.CountyMap:
    """The villages of all years, or of one."""
    texts = given.words["map"]
    found = years(given.public)
    options = {columns.ALL_YEARS: texts["all_years"]} | {
        str(year): fill(given.words["liaisons"]["year_villages"], year=year) for year in found
    }
    shown = {
        (key, column.key): column
        for key, year in zip(options, (None, *found), strict=True)
        for column in columns.liaisons(given.public, given.words, year)
    }
    return _map(
        given,
        "liaisons",
        {key: _measure(given, column) for key, column in shown.items()},
        _chooser(texts["year"], options),
        _chooser(texts["show"], {column.key: column.title for column in shown.values()}),
    )


def years(public: PublicRecords) -> list[int]:
    """The years whose villages are told apart, the latest first: none where there is only one."""
    found = sorted({year for county in public.counties for year in county.progress}, reverse=True)
    return found if len(found) > 1 else []


def _needs(given: _Given) -> maps.CountyMap:
    texts = given.words["map"]
    shown = columns.needs(given.public, given.words)
    titles = {key: column.title for (key, how), column in shown.items() if how == "count"}
    return _map(
        given,
        "needs",
        {key: _measure(given, column) for key, column in shown.items()},
        _chooser(texts["what"], titles),
        _chooser(texts["how"], {"rate": texts["per_hundred"], "count": texts["in_all"]}),
    )


def _deliveries(given: _Given) -> maps.CountyMap:
    texts = given.words["materials"]
    titles = {item.material_id: item.title for item in given.public.materials}
    # Ids in capitals, such as M-01, are not of the form of a key.
    keys = {columns.ALL_MATERIALS: columns.ALL_MATERIALS} | {code: code.lower() for code in titles}
    shown = columns.deliveries(given.public, given.words)
    return _map(
        given,
        "deliveries",
        {(keys[material], figure): _measure(given, column) for (material, figure), column in shown.items()},
        _chooser(texts["material"], {"all": texts["all"]} | {keys[code]: title for code, title in titles.items()}),
        _chooser(given.words["map"]["show"], {figure: texts[figure] for figure in columns.DELIVERY_FIGURES}),
    )


def _windows(given: _Given) -> maps.CountyMap:
    texts, public = given.words["windows"], given.public
    windows = [
        (county, window)
        for county in public.counties
        for window in county.windows
        if county.code in maps.county_codes()
    ]
    built = sorted({window.campaign_year for _, window in windows}, reverse=True)
    places = maps.Places(
        title=texts["map_title"],
        groups=tuple(fill(texts["year_title"], year=year) for year in built),
        places=tuple(
            maps.Place(
                county=county.code,
                group=built.index(window.campaign_year),
                name=window.name,
                lines=(window.address, window.hours, window.phone),
                at=at(window),
            )
            for county, window in windows
        ),
        elsewhere=texts["none_here"],
        point=texts["point"],
        about=texts["about"],
        nearest={code: _nearest(texts, near) for code, near in nearest_windows(public).items()},
        reading=_windows_reading(given.words, windows),
    )
    links = {county.code: in_same_folder(addresses.window(window.window_id)) for county, window in windows}
    return _map(given, "windows", {(): places}, links=links)


def _nearest(texts: Mapping[str, str], near: Nearest) -> str:
    return fill(texts["nearest"], county=near.county.name, window=near.window.name, kilometres=near.kilometres)


def _windows_reading(words: Words, windows: list[tuple[PublicCounty, PublicWindow]]) -> str:
    texts = words["map_says"]
    lacking = {
        "boards": sum(window.board_hung_on is None for _, window in windows),
        "plaques": sum(window.plaque_hung_on is None for _, window in windows),
    }
    said = {what: fill(texts[what], count=count) if count else texts[f"all_{what}"] for what, count in lacking.items()}
    return fill(texts["windows"], count=len({county.code for county, _ in windows}), **said)


def _map(
    given: _Given, name: str, shown: _Shown, *choosers: maps.Chooser, links: Mapping[str, str] | None = None
) -> maps.CountyMap:
    """A map whose counties lead to their own pages, unless links has another for them."""
    public = given.public
    return maps.CountyMap(
        name=name,
        shown=shown,
        choosers=choosers,
        county_names=_names(public),
        labels=_labels(given),
        links={county.code: f"../{addresses.county(county.code)}" for county in public.counties} | dict(links or {}),
        base_key=public.campaign.map.tianditu_key,
    )


def _labels(given: _Given) -> maps.Labels:
    names = _names(given.public)
    own = maps.prefecture_names() | dict(given.public.prefectures)
    shorter = {code: short_name(name) for code, name in own.items()}
    of_counties = {code: short_name(names[code], shorter.values()) for code in maps.county_codes()}
    of_prefectures = {code: short_prefecture(own[code]) for code in maps.prefecture_codes()}
    return maps.Labels(counties=of_counties, prefectures=of_prefectures, second=_second_names(given))


def _second_names(given: _Given) -> dict[str, str]:
    """Names in Korean of the counties that post in it."""
    codes = [county.code for county in given.public.counties if is_korean(given.public.campaign, county)]
    places = given.korean["places"]
    return {code: places[code] for code in codes if code in places and code in maps.county_codes()}


def _sketch(
    public: PublicRecords, words: Words, korean: Words, county: PublicCounty, window: PublicWindow | None = None
) -> str:
    """A county with its windows; or, for a window's page, with that window alone, at the county's name if need be."""
    own = county.windows if window is None else (window,)
    spots = tuple(place for each in own if (place := at(each)))
    texts = maps.SketchWords(
        spot=words["county"]["window_title"], about=words["windows"]["no_point"], attribution=_credit(public, words)
    )
    ask = maps.Sketch(
        code=county.code,
        county_names=_names(public),
        second=_second_names(_Given(public, words, korean)).get(county.code, ""),
        links={other.code: f"../{addresses.county(other.code)}" for other in public.counties},
        spots=spots,
        about=window is not None and not spots,
    )
    return maps.county_sketch(ask, texts, "../assets")


def _names(public: PublicRecords) -> dict[str, str]:
    return maps.county_names() | {county.code: county.name for county in public.counties}


def _chooser(label: str, options: Mapping[str, str]) -> maps.Chooser:
    return maps.Chooser(label=label, options=options)


def _measure(given: _Given, column: FigureColumn) -> maps.Measure:
    """Shares and rates shade areas; totals, which grow with the size of a county, are circles."""
    is_shaded = column.kind != "total"
    said = reading(column, given.words)
    known = {code: count for code, count in column.values.items() if code in maps.county_codes()}
    return maps.Measure(
        title=column.title,
        unit=column.unit,
        figures=_known(known),
        style=maps.Style.SHADED if is_shaded else maps.Style.CIRCLES,
        bands=_bands(column, given.words) if is_shaded else (),
        some=frozenset(code for code, count in known.items() if count == 0 and not is_nothing(column, code)),
        parts={code: text for code in known if (text := _part(given, column, code, said.wider))},
        few=frozenset(code for code in known if _is_few(column, code)),
        wider={code: _figure(count) for code, count in column.prefectures.items()} if said.wider else {},
        reading=said.says,
        instead=said.instead,
    )


def _part(given: _Given, column: FigureColumn, code: str, wider: bool) -> str:
    """What a county's share or rate is made of, in words, or the prefecture's figure where that is drawn; else ""."""
    if wider:
        value = column.prefectures.get(code[:4])
        return f"{given.public.prefectures[code[:4]]} {value:,}{column.unit}" if isinstance(value, int) else ""
    part, whole = column.parts.get(code, (None, None))
    if not isinstance(part, int) or not isinstance(whole, int) or column.values.get(code) is HIDDEN:
        return ""
    return fill(given.words["map"][f"part_{column.made_of}"], part=f"{part:,}", whole=f"{whole:,}")


def _is_few(column: FigureColumn, code: str) -> bool:
    whole = column.parts.get(code, (None, None))[1]
    return isinstance(whole, int) and whole < column.few_below


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
        few=texts["few"],
        wider=texts["wider"],
        find=texts["find"],
        names=texts["names"],
        prefectures=texts["prefectures"],
        north=texts["north"],
        around={key: texts[key] for key in maps.AROUND},
        hidden=words["common"]["hidden"],
        open_map=texts["open"],
        close_map=texts["close"],
        full_screen=texts["full_screen"],
        layers=texts["layers"],
        loading=texts["loading"],
        failed=texts["failed"],
        hint=texts["keyboard"],
        zoom_in=texts["zoom_in"],
        zoom_out=texts["zoom_out"],
        attribution=_credit(public, words),
    )
