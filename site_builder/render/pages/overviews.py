"""The pages made from records that go through the site tool: one function a kind of page, Markdown by path."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from site_builder.publication import addresses
from site_builder.publication.addresses import source, source_page
from site_builder.publication.figures import total_progress
from site_builder.publication.public import (
    PublicCounty,
    PublicRecords,
    PublicVillage,
    PublicWindow,
)
from site_builder.publication.standing import year_standings
from site_builder.render.environment import is_korean
from site_builder.render.figures import columns, series
from site_builder.render.figures.columns import FigureColumn
from site_builder.render.figures.nearest import nearest_windows
from site_builder.render.figures.reading import level
from site_builder.render.open_data.hsds import PATHS as HSDS_PATHS
from site_builder.render.open_data.linked_data import window_data
from site_builder.render.pages.atlas import years
from site_builder.render.pages.changes import felt_lines, newest_lines
from site_builder.render.pages.materials import material_pages
from site_builder.render.pages.needs import by_group_and_matter, need_rows
from site_builder.render.pages.news import NewsItem
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.render.pages.programme import visits_ahead
from site_builder.render.script_json import data_block
from site_builder.reports.work import uncounted_sentence

_TABLES = {
    "liaisons": ["progress", "liaisons", "villages"],
    "returns": ["progress"],
    "survey": ["surveys_by_area"],
    "activities": ["activities", "home_visits"],
}
"""The open tables of each page of figures."""
_NEWEST, _NEWEST_LINES = 3, 5  # pieces of news, and changes, on the home page


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """The villages of one township."""

    code: str
    name: str
    villages: tuple[PublicVillage, ...]

    @property
    def posted(self) -> int:
        """How many of them have a liaison whose name is posted."""
        return sum(bool(village.liaison and village.liaison.posted_on) for village in self.villages)

    @property
    def level(self) -> str:
        """The class that its share of posted names is drawn in, as on the maps."""
        return level(self.posted * 100 // len(self.villages), self.posted)


def pages(renderer: PageRenderer, items: Sequence[NewsItem], written: Container[str]) -> dict[str, str]:
    """Markdown by path below build/pages. items: the news, the latest first; written: paths of hand-written pages."""
    return {
        "index.md": _home(renderer, items, written),
        source_page("find"): _find(renderer),
        source_page("liaisons"): _figures(renderer, "liaisons", columns.liaisons(renderer.public, renderer.words)),
        source_page("liaisons", "returns"): _figures(
            renderer, "returns", columns.returns(renderer.public, renderer.words)
        ),
        **_prefectures(renderer),
        **_counties(renderer),
        source_page("windows"): _windows(renderer),
        **_window_pages(renderer),
        source_page("needs"): _needs(renderer),
        source_page("needs", "survey"): _figures(renderer, "survey", columns.survey(renderer.public, renderer.words)),
        source_page("materials", "activities"): _figures(
            renderer, "activities", columns.activities(renderer.public, renderer.words)
        ),
        **material_pages(renderer),
        source_page("about", "publication"): _publication(renderer),
        source_page("data"): _data(renderer),
    }


def _data(renderer: PageRenderer) -> str:
    files = [(path, renderer.words["hsds_objects"][name]) for name, path in HSDS_PATHS.items()]
    listed = [county for county in renderer.public.counties if county.villages]
    shown = {"tables": renderer.public.tables, "hsds_files": files, "listed_counties": listed}
    return renderer.page("data", renderer.words["data"]["title"], **shown)


def _publication(renderer: PageRenderer) -> str:
    title = renderer.words["publication"]["title"]
    return renderer.page("publication", title, policies=renderer.public.policies)


def _home(renderer: PageRenderer, items: Sequence[NewsItem], written: Container[str]) -> str:
    title = renderer.words["home"]["title"]
    public = renderer.public
    shown = {"numbers": numbers(renderer), "prefectures": renderer.prefectures(), "ahead": visits_ahead(public)}
    shown |= {"windows": sum(len(county.windows) for county in public.counties), "month": _month(renderer)}
    shown |= {"news": items[:_NEWEST], "newest": felt_lines(public, renderer.words)[:_NEWEST_LINES]}
    shown |= {"names": {county.code: county.name for county in public.counties}}
    return renderer.page("home", title, wide=True, find_box=True, groups=_help_pages(renderer, written), **shown)


def _help_pages(renderer: PageRenderer, written: Container[str]) -> dict[str, str]:
    """The name of the page below help/ for each group that has one, to the group's title."""
    names = {group.replace("_", "-"): title for group, title in renderer.public.groups.items()}
    return {name: title for name, title in names.items() if source(addresses.group_help(name)) in written}


def _month(renderer: PageRenderer) -> str:
    """The month of the data, such as 2018-06, if anything changed in it; "" otherwise."""
    as_of = renderer.public.campaign.data_as_of
    is_reported = any(
        (change.day.year, change.day.month) == (as_of.year, as_of.month) for change in renderer.public.changes
    )
    return f"{as_of:%Y-%m}" if is_reported else ""


def _find(renderer: PageRenderer) -> str:
    return renderer.page("find", renderer.words["find"]["title"], find_box=True, prefectures=renderer.prefectures())


def numbers(renderer: PageRenderer) -> list[tuple[str, int, int]]:
    """The figures of the home page: (key of the words, value, target)."""
    public, year = renderer.public, renderer.public.campaign.year
    target = next(target for target in public.campaign.targets if target.year == year)
    progress = total_progress(county.progress[year] for county in public.counties if year in county.progress)
    built = next(standing.built for standing in year_standings(public) if standing.target.year == year)
    return [
        ("named", progress.named, target.villages),
        ("verified", progress.verified, target.villages),
        ("surveyed", progress.surveyed, target.villages),
        ("windows", built, len(target.window_counties)),
    ]


def _named_by_year(public: PublicRecords) -> list[tuple[int, int]]:
    """(campaign year, its villages with a liaison), the latest first: what the map and its table add up."""
    years = sorted({year for county in public.counties for year in county.progress}, reverse=True)
    return [(year, sum(c.progress[year].named for c in public.counties if year in c.progress)) for year in years]


def _figures(renderer: PageRenderer, name: str, shown: list[FigureColumn]) -> str:
    """A page of figures by county: a map and the table beside it. name: of the map and of the page's words."""
    values: dict[str, object] = {
        "columns": shown,
        "counties": renderer.public.counties,
        "prefectures": renderer.prefectures(),
    }
    values |= {"tables": _TABLES[name], "years": _named_by_year(renderer.public)}
    if name == "liaisons":
        values |= _by_time(renderer)
    return renderer.page(
        "figures", renderer.words[name]["title"], wide=True, name=name, texts=renderer.words[name], **values
    )


def _by_time(renderer: PageRenderer) -> dict[str, object]:
    """The years apart, and the months."""
    public, words = renderer.public, renderer.words
    return {
        "year_columns": [(year, columns.liaisons(public, words, year)) for year in years(public)],
        "months": series.months(public),
        "measures": series.MEASURES,
    }


def _needs(renderer: PageRenderer) -> str:
    public = renderer.public
    return renderer.page(
        "needs",
        renderer.words["needs"]["title"],
        wide=True,
        edition=public.figures.edition,
        uncounted=uncounted_sentence(public, renderer.words),
        groups=public.groups,
        matters=public.matters,
        rows=list(need_rows(renderer)),
        province=by_group_and_matter(public),
    )


def _prefectures(renderer: PageRenderer) -> dict[str, str]:
    return {
        source(addresses.prefecture(prefecture.code)): renderer.page(
            "prefecture", prefecture.name, prefecture=prefecture
        )
        for prefecture in renderer.prefectures()
    }


def _counties(renderer: PageRenderer) -> dict[str, str]:
    newest = newest_lines(renderer.public, renderer.words)
    nearest = nearest_windows(renderer.public)
    titles = {
        "edition": renderer.public.figures.edition,
        "groups": renderer.public.groups,
        "survey_items": renderer.public.survey_items,
    }
    return {
        source(addresses.county(county.code)): renderer.page(
            "county",
            county.name,
            county=county,
            prefecture=renderer.public.prefectures[county.prefecture_code],
            prints=renderer.offer.downloads.get(county.code, ()),
            townships=townships(county.villages),
            newest=newest[county.code],
            nearest=nearest.get(county.code),
            box_address=renderer.public.campaign.site.address + addresses.box(county.code),
            box_height=_box_height(county),
            **titles,
        )
        for county in renderer.public.counties
    }


def _box_height(county: PublicCounty) -> int:
    """Pixels in which the county's box fits at a width of 320."""
    return 420 + 180 * len(county.windows)


def townships(villages: Iterable[PublicVillage]) -> list[Township]:
    """Villages by township, in the order of their codes."""
    groups: dict[str, list[PublicVillage]] = {}
    for village in villages:
        groups.setdefault(village.code[:9], []).append(village)
    return [Township(code=code, name=group[0].township, villages=tuple(group)) for code, group in groups.items()]


def _windows(renderer: PageRenderer) -> str:
    by_year: dict[int, list[tuple[PublicCounty, PublicWindow]]] = {}
    for county in renderer.public.counties:
        for window in county.windows:
            by_year.setdefault(window.campaign_year, []).append((county, window))
    others = [county for county in renderer.public.counties if not county.windows]
    years = sorted(by_year.items(), reverse=True)
    return renderer.page("windows", renderer.words["windows"]["title"], wide=True, years=years, others=others)


def _window_pages(renderer: PageRenderer) -> dict[str, str]:
    return {
        source(addresses.window(window.window_id)): window_page(renderer, county, window)
        for county in renderer.public.counties
        for window in county.windows
    }


def window_page(renderer: PageRenderer, county: PublicCounty, window: PublicWindow) -> str:
    """A window's page, with what can be printed for it. What searchers read of it stands on the Chinese one alone."""
    about = "" if renderer.is_korean else data_block(window_data(renderer.public, renderer.words, county, window))
    name = renderer.words["places"].get(county.code, county.name) if renderer.is_korean else county.name
    return renderer.page(
        "window",
        f"{renderer.words['windows']['title']} {name}",
        county=county,
        window=window,
        prints=renderer.offer.downloads.get(window.window_id, ()),
        withheld=renderer.offer.withheld.get(window.window_id, ()),
        linked_data=about,
        posts_korean=is_korean(renderer.public.campaign, county),
    )
