"""Figures by county: the columns of the tables beside the maps, which are also what the maps can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from site_builder.model.survey import SurveyItem
from site_builder.publication.figures import total_progress
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import Delivered, Progress, PublicActivity, PublicCounty, PublicRecords
from site_builder.shared.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """One figure of every county. A share is in whole percent, rounded down so that 100 says all."""

    key: str
    title: str
    unit: str
    is_share: bool
    values: Mapping[str, Count]


_Figure = Callable[[PublicCounty], Count]
DELIVERY_FIGURES = ("pieces", "places", "hung", "verified")
ALL_MATERIALS = "all"


def share(part: Count, whole: Count) -> Count:
    """Whole percent of two published counts: hidden if one of them is, None where there is nothing to share."""
    if part is None or not whole:
        return None
    if part is HIDDEN or whole is HIDDEN:
        return HIDDEN
    return part * 100 // whole


def liaisons(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """Poor villages with a liaison, with the name posted, and with the posting verified."""
    counts: dict[str, _Figure] = {
        "villages": lambda county: _all(county).villages,
        "named": lambda county: _all(county).named,
        "posted": lambda county: _all(county).posted,
        "verified": lambda county: _all(county).verified,
    }
    shares: dict[str, _Figure] = {"verified_share": lambda county: share(_all(county).verified, _all(county).villages)}
    return _columns(public, words, shares, "percent") + _columns(public, words, counts, "villages")


def returns(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """How much of what is expected of a county's villages has come in, in percent."""
    shares: dict[str, _Figure] = {
        "survey_return": lambda county: share(_all(county).surveyed, _all(county).villages),
        "liaison_return": lambda county: share(_all(county).named, _all(county).villages),
        "posting_return": lambda county: share(_all(county).posted, _all(county).villages),
        "verified_share": lambda county: share(_all(county).verified, _all(county).villages),
    }
    return _columns(public, words, shares, "percent")


def survey(public: PublicRecords, words: Words) -> list[FigureColumn]:
    """What the surveys add up to, such as poor households and persons; a share stands before the whole it is of."""
    items = [item for item in public.survey_items if item.figure]
    columns = []
    for item in items:
        parts = [part for part in items if part.share and part.whole == item.column]
        columns += [_share_column(public, words, part, item) for part in parts]
        columns.append(_item_column(public, words, item))
    return columns


def _share_column(public: PublicRecords, words: Words, part: SurveyItem, whole: SurveyItem) -> FigureColumn:
    key, title = part.share or ("", "")
    values = {county.code: share(_surveyed(county, part), _surveyed(county, whole)) for county in public.counties}
    return FigureColumn(key=key, title=title, unit=words["units"]["percent"], is_share=True, values=values)


def _item_column(public: PublicRecords, words: Words, item: SurveyItem) -> FigureColumn:
    values = {county.code: _surveyed(county, item) for county in public.counties}
    unit = words["units"][item.unit]
    return FigureColumn(key=item.column, title=item.figure, unit=unit, is_share=False, values=values)


def _surveyed(county: PublicCounty, item: SurveyItem) -> Count:
    return county.figures.survey.get((item.item, item.group)) if county.figures else None


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
    return {
        (material, figure): FigureColumn(
            key=figure,
            title=f"{words['materials'][figure]}：{title}",
            unit=words["units"][figure],
            is_share=False,
            values={county.code: _delivered(county.delivered, material, figure) for county in public.counties},
        )
        for material, title in materials.items()
        for figure in DELIVERY_FIGURES
    }


def _columns(public: PublicRecords, words: Words, figures: Mapping[str, _Figure], unit: str) -> list[FigureColumn]:
    return [
        FigureColumn(
            key=key,
            title=words["columns"][key],
            unit=words["units"][unit],
            is_share=unit == "percent",
            values={county.code: figure(county) for county in public.counties},
        )
        for key, figure in figures.items()
    ]


def _all(county: PublicCounty) -> Progress:
    """A county's progress over all years."""
    return total_progress(county.progress.values())


def _reached(held: Iterable[PublicActivity]) -> Count:
    counts = [item.people_reached for item in held]
    known = [count for count in counts if count is not None]
    return sum(known) if known or not counts else None


def _delivered(delivered: Iterable[Delivered], material: str, figure: str) -> Count:
    counts = [getattr(item, figure) for item in delivered if material in (ALL_MATERIALS, item.material_id)]
    return None if None in counts else sum(counts)
