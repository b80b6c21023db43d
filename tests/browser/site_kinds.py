"""The kinds of page of the site, one page of each, and a server that serves them as a host would."""

from pathlib import Path

from playwright.sync_api import Page
from rounds import sample
from site_pages import open_data

_HAND_WRITTEN = Path(__file__).parents[2] / "demonstration" / "content" / "pages"
_NAMES = sorted(path.relative_to(_HAND_WRITTEN).with_suffix("").as_posix() for path in _HAND_WRITTEN.rglob("*.md"))

FIXED = {
    "home": "index.html",
    "find": "find/index.html",
    "liaisons": "liaisons/index.html",
    "returns": "liaisons/returns.html",
    "prefecture": "liaisons/2208.html",
    "county": "counties/220881.html",
    "windows": "windows/index.html",
    "window": "windows/W-220881-2018.html",
    "needs": "needs/index.html",
    "survey": "needs/survey.html",
    "activities": "materials/activities.html",
    "materials": "materials/index.html",
    "deliveries": "materials/deliveries.html",
    "material": "materials/hotline-poster.html",
    "data": "data/index.html",
    "standing": "standing/index.html",
    "changes": "changes/index.html",
    "report": "reports/2018-H1.html",
    "reports": "reports/index.html",
    "changes of a month": "changes/2018-06.html",
    "visits": "visits/index.html",
    "stations": "stations/index.html",
    "cases": "cases/index.html",
    "actions": "actions/index.html",
    "feedback": "feedback/index.html",
    "news": "news/index.html",
    "coverage": "about/coverage.html",
    "county in a frame": "embed/220881.html",
    "county in a file": "offline/220881.html",
    "text to copy": "prints/broadcast-script-220881.html",
    "not found": "404.html",
    **{name: f"{name}.html" for name in _NAMES},
}
VILLAGES = ("village of 2018", "village of 2017", "vacant village")
_FEW = {*sample(_NAMES, 4)}
KINDS = (*(kind for kind in FIXED if kind in _FEW or kind not in _NAMES), *VILLAGES)
"""The kinds to try: of the pages written by hand, which one template makes, a few in the short form."""


def places(site: Path) -> dict[str, str]:
    """The path below the site of one page of each kind."""
    return FIXED | {kind: f"villages/{code}.html" for kind, code in zip(VILLAGES, _village_codes(site), strict=True)}


def _village_codes(site: Path) -> tuple[str, str, str]:
    """One of each kind; where no village is vacant, which is what the campaign is for, one that is not."""
    villages = open_data(site, "villages")
    served = {str(liaison["village_code"]) for liaison in open_data(site, "liaisons") if liaison["to_date"] is None}

    def first(year: int, *, with_liaison: bool) -> str:
        codes = (str(village["village_code"]) for village in villages if village["campaign_year"] == year)
        found = list(codes)
        return next((code for code in found if (code in served) == with_liaison), found[0])

    return first(2018, with_liaison=True), first(2017, with_liaison=True), first(2018, with_liaison=False)


def as_of(site: Path) -> str:
    """The day that the site's data reach; that of a county which is held back may be an earlier one."""
    return max(str(row["data_as_of"]) for row in open_data(site, "progress"))


def open_map(page: Page) -> None:
    """Look at the first map of the page, so that it opens."""
    page.locator(".county-map-stage").first.scroll_into_view_if_needed()
    page.wait_for_selector(".county-map[data-state=open]")


def choose_by_keys(page: Page) -> None:
    """Open the map and walk to a county, which is then marked, labelled and reported."""
    open_map(page)
    page.locator(".county-map-live").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
