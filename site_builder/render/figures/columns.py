"""Figures by county: the columns of the tables beside the maps, which are also what the maps can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from site_builder.model.survey import SurveyItem
from site_builder.publication.figures import total_progress
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import (
    AreaFigures,
    Delivered,
    Progress,
    PublicActivity,
    PublicCounty,
    PublicRecords,
)
from site_builder.shared.words import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """One figure of every county.

    kind: "share", in whole percent; "rate", so many for a hundred, a thousand or for one; both rounded down, so that
    100 says all; or "total". made_of: what the whole counts: villages, persons, needs of persons, or pieces. parts: by
    county the part and the whole that a share or a rate is made of; few_below: with a smaller whole counties cannot be
    compared; has_target: whether 100 percent was promised; prefectures, province: the same figure of the larger areas,
    as far as it is published by itself, for where those of counties are not.
    """

    key: str
    title: str
    unit: str
    values: Mapping[str, Count]
    kind: str = "total"
    made_of: str = ""
    parts: Mapping[str, tuple[Count, Count]] = field(default_factory=dict)
    few_below: int = 0
    has_target: bool = False
    prefectures: Mapping[str, Count] = field(default_factory=dict)
    province: Count = None


_Figure = Callable[[PublicCounty], Count]
_Part = Callable[[Progress], int]
DELIVERY_FIGURES = ("per_village", "pieces", "places", "hung", "verified")
ALL_MATERIALS = ALL_YEARS = "all"
_ALL = "all"
_COUNTY_DIGITS = 6  # of a county's code; a prefecture's has four, the province's two
_FEW_VILLAGES, _FEW_PERSONS = 10, 100  # with fewer a single one moves a share by ten or by one percent


def share(part: Count, whole: Count) -> Count:
    """Whole percent of two published counts: hidden if one of them is, None where there is nothing to share."""
    return _for_each(100, part, whole)


def _for_each(of: int, part: Count, whole: Count) -> Count:
    if part is None or not whole:
        return None
    if part is HIDDEN or whole is HIDDEN:
        return HIDDEN
    return part * of // whole


def liaisons(public: PublicRecords, words: Words, year: int | None = None) -> list[FigureColumn]:
    """Of the poor villages of a year, or of all years, those with a liaison, with the name posted and verified."""
    shares: dict[str, _Part] = {
        "verified_share": lambda progress: progress.verified,
        "posted_share": lambda progress: progress.posted,
        "named_share": lambda progress: progress.named,
    }
    counts: dict[str, _Part] = {"villages": lambda progress: progress.villages} | {
        key.removesuffix("_share"): part for key, part in shares.items()
    }
    order = ("villages", "named", "posted", "verified")
    totals: dict[str, _Figure] = {key: _counted(counts[key], year) for key in order}
    return _shares(public, words, shares, year) + _columns(public, words, totals, "villages")


def returns(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """How much of what is expected of a county's villages has come in, in percent."""
    shares: dict[str, _Part] = {
        "survey_return": lambda progress: progress.surveyed,
        "liaison_return": lambda progress: progress.named,
        "posting_return": lambda progress: progress.posted,
        "verified_share": lambda progress: progress.verified,
    }
    return _shares(public, words, shares)


def _counted(part: _Part, year: int | None) -> _Figure:
    return lambda county: part(_progress(county, year))


def _shares(
    public: PublicRecords, words: Words, figures: Mapping[str, _Part], year: int | None = None
) -> list[FigureColumn]:
    """Shares of a county's villages, all of which were promised."""
    progress = {county.code: _progress(county, year) for county in public.counties}
    found = []
    for key, part in figures.items():
        parts: dict[str, tuple[Count, Count]] = {code: (part(of), of.villages) for code, of in progress.items()}
        found.append(_of_parts(words["columns"][key], key, words["units"]["percent"], parts, few_below=_FEW_VILLAGES))
    return found


def _of_parts(
    title: str, key: str, unit: str, parts: Mapping[str, tuple[Count, Count]], few_below: int
) -> FigureColumn:
    return FigureColumn(
        key=key,
        title=title,
        unit=unit,
        kind="share",
        made_of="villages" if few_below == _FEW_VILLAGES else "persons",
        values={code: share(*of) for code, of in parts.items()},
        parts=parts,
        few_below=few_below,
        has_target=few_below == _FEW_VILLAGES,
    )


def survey(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """What the surveys add up to: shares first, then households, persons and who was asked."""
    items = [item for item in public.survey_items if item.figure]
    wholes = {item.column: item for item in items}
    shares = [_share_column(public, words, item, wholes[item.whole]) for item in items if item.share]
    return shares + [_item_column(public, words, item) for item in items]


def _share_column(public: PublicRecords, words: Words, part: SurveyItem, whole: SurveyItem) -> FigureColumn:
    key, title = part.share or ("", "")
    parts = {
        county.code: (surveyed(county.figures, part), surveyed(county.figures, whole)) for county in public.counties
    }
    larger = {area: share(surveyed(of, part), surveyed(of, whole)) for area, of in public.figures.areas.items()}
    return _with_larger(public, _of_parts(title, key, words["units"]["percent"], parts, _FEW_PERSONS), larger)


def _item_column(public: PublicRecords, words: Words, item: SurveyItem) -> FigureColumn:
    values = {county.code: surveyed(county.figures, item) for county in public.counties}
    column = FigureColumn(key=item.column, title=item.figure, unit=words["units"][item.unit], values=values)
    return _with_larger(public, column, {area: surveyed(of, item) for area, of in public.figures.areas.items()})


def _with_larger(public: PublicRecords, column: FigureColumn, larger: Mapping[str, Count]) -> FigureColumn:
    """The column with the figures of prefectures and of the province, by area code."""
    own = {code: larger[code] for code in public.prefectures if code in larger}
    return replace(column, prefectures=own, province=larger.get(public.campaign.province_code))


def surveyed(figures: AreaFigures | None, item: SurveyItem) -> Count:
    """What an area's surveys add up to; None where they are not published."""
    return figures.survey.get((item.item, item.group)) if figures else None


@dataclass(frozen=True, slots=True)
class _Needs:
    """The needs of one group or in one matter, by area code, and the persons whom they are told of."""

    title: str
    counts: Mapping[str, Count]
    persons: Mapping[str, Count]


def needs(public: PublicRecords, words: Words) -> dict[tuple[str, str], FigureColumn]:
    """All needs, those of each group, those in each matter: for a hundred or a thousand persons, and in all.

    By the key of what is counted and by "rate" or "count". By group and matter at once no county's are published.
    """
    texts = words["needs"]
    chosen = {(_ALL, _ALL): texts["all"]}
    chosen |= {(group, _ALL): fill(texts["of_group"], group=title) for group, title in public.groups.items()}
    chosen |= {(_ALL, matter): fill(texts["in_matter"], matter=title) for matter, title in public.matters.items()}
    areas = {code: of for code, of in public.figures.areas.items() if len(code) < _COUNTY_DIGITS}
    areas |= {county.code: county.figures for county in public.counties if county.figures}
    found = {}
    for (group, matter), title in chosen.items():
        needs_of = _Needs(
            title,
            {code: of.needs.get((group, matter), 0) for code, of in areas.items()},
            {code: persons_asked(public, of, group) for code, of in areas.items()},
        )
        key = matter if group == _ALL else group
        found[key, "rate"] = _need_rate(public, words, needs_of, of=100 if matter == _ALL else 1000)
        found[key, "count"] = _need_count(public, words, needs_of)
    return found


def _need_rate(public: PublicRecords, words: Words, needs_of: _Needs, of: int) -> FigureColumn:
    """Needs for so many persons: those in one matter are too few to be told for a hundred."""
    rates = {code: _for_each(of, count, needs_of.persons[code]) for code, count in needs_of.counts.items()}
    counted = [code for code in rates if len(code) == _COUNTY_DIGITS]
    key = "per_hundred" if of == 100 else "per_thousand"
    column = FigureColumn(
        key=key,
        title=fill(words["needs"][key], what=needs_of.title),
        unit=words["needs"]["rate_unit"],
        kind="rate",
        made_of="needs",
        values={code: rates[code] for code in counted},
        parts={code: (needs_of.counts[code], needs_of.persons[code]) for code in counted},
        few_below=_FEW_PERSONS,
    )
    return _with_larger(public, column, rates)


def _need_count(public: PublicRecords, words: Words, needs_of: _Needs) -> FigureColumn:
    values = {code: count for code, count in needs_of.counts.items() if len(code) == _COUNTY_DIGITS}
    column = FigureColumn(key="count", title=needs_of.title, unit=words["needs"]["unit"], values=values)
    return _with_larger(public, column, needs_of.counts)


def persons_asked(public: PublicRecords, figures: AreaFigures, group: str) -> Count:
    """How many persons of a group were surveyed, or of all: whom needs are told of."""
    items = [item for item in public.survey_items if item.group != _ALL]
    return figures.survey.get((items[0].item, group)) if items else None


def activities(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """Activities held, not those announced, and people reached by those of which that is known."""
    as_of = public.campaign.data_as_of

    def held(county: PublicCounty) -> list[PublicActivity]:
        return [item for item in county.activities if item.is_held(as_of)]

    held_figure: dict[str, _Figure] = {"held": lambda county: len(held(county))}
    reached: dict[str, _Figure] = {"reached": lambda county: _reached(held(county))}
    return _columns(public, words, held_figure, "activities") + _columns(public, words, reached, "times")


def stations(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """Duty-lawyer stations: all, those of each kind, and the model stations."""
    figures: dict[str, _Figure] = {
        "stations": lambda county: len(county.stations),
        **{kind: _stations_of(kind) for kind in ("court", "procuratorate", "detention_centre")},
        "model_station": lambda county: sum(station.model_station is True for station in county.stations),
    }
    return _columns(public, words, figures, "stations")


def _stations_of(kind: str) -> _Figure:
    """How many are of a kind; None where a kind may not be told."""

    def counted(county: PublicCounty) -> Count:
        kinds = [station.kind_code for station in county.stations]
        return kinds.count(kind) if all(kinds) else None

    return counted


def deliveries(public: PublicRecords, words: Words) -> dict[tuple[str, str], FigureColumn]:
    """What was delivered and hung, by material and figure; a county of which nothing is on record has 0."""
    materials = {ALL_MATERIALS: words["materials"]["all"]} | {item.material_id: item.title for item in public.materials}
    found = {}
    for material, title in materials.items():
        for figure in DELIVERY_FIGURES[1:]:
            values = {county.code: _delivered(county.delivered, material, figure) for county in public.counties}
            found[material, figure] = _delivery_column(words, figure, title, values)
        found[material, DELIVERY_FIGURES[0]] = _per_village(public, words, title, found[material, "pieces"].values)
    return {(material, figure): found[material, figure] for material in materials for figure in DELIVERY_FIGURES}


def _delivery_column(words: Words, figure: str, title: str, values: Mapping[str, Count]) -> FigureColumn:
    texts = words["materials"]
    return FigureColumn(key=figure, title=f"{texts[figure]}：{title}", unit=words["units"][figure], values=values)


def _per_village(public: PublicRecords, words: Words, title: str, pieces: Mapping[str, Count]) -> FigureColumn:
    parts = {county.code: (pieces[county.code], _progress(county).villages) for county in public.counties}
    values = {code: _for_each(1, *of) for code, of in parts.items()}
    column = _delivery_column(words, DELIVERY_FIGURES[0], title, values)
    return replace(column, kind="rate", made_of="pieces", parts=parts)


def _columns(public: PublicRecords, words: Words, figures: Mapping[str, _Figure], unit: str) -> list[FigureColumn]:
    return [
        FigureColumn(
            key=key,
            title=words["columns"][key],
            unit=words["units"][unit],
            values={county.code: figure(county) for county in public.counties},
        )
        for key, figure in figures.items()
    ]


def _progress(county: PublicCounty, year: int | None = None) -> Progress:
    """A county's progress in a year, or over all years."""
    return total_progress(of for of_year, of in county.progress.items() if year in (None, of_year))


def _reached(held: Iterable[PublicActivity]) -> Count:
    counts = [item.people_reached for item in held]
    known = [count for count in counts if count is not None]
    return sum(known) if known or not counts else None


def _delivered(delivered: Iterable[Delivered], material: str, figure: str) -> Count:
    counts = [getattr(item, figure) for item in delivered if material in (ALL_MATERIALS, item.material_id)]
    return None if None in counts else sum(counts)
