"""Which hostile cells each page of the hostile campaign must show, and what a browser sees of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hostile_campaign import SCHEMAS
from playwright.sync_api import BrowserContext, Frame, Page, Request

from site_builder import checks, publication
from site_builder.model import campaign
from site_builder.publication.public import PublicCounty, PublicRecords, PublicVillage

# Whatever a cell tries to call; anything else that it might do shows as a request or as an attribute.
HIT = "window.hits = []; window.hit = (cell) => { window.hits.push(cell); }; window.alert = window.hit;"
# What a page holds that could run or lead away, and everything that it shows.
_LOOK = """async () => {
  await new Promise((done) => setTimeout(done, 15));
  const seen = { hits: window.hits, text: document.documentElement.textContent, wrong: [], scripts: 0 };
  for (const element of document.querySelectorAll("*")) {
    const kind = element.type ?? "";  // none in a drawing
    seen.scripts += element.localName === "script" && !element.src && !kind.startsWith("application/");
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) seen.wrong.push(`${name}=${value}`);
      if (["href", "src", "action", "xlink:href", "data", "formaction", "poster", "srcset"].includes(name)) {
        const scheme = new URL(value, document.baseURI).protocol;
        if (!["http:", "https:", "file:", "tel:"].includes(scheme) && value !== "data:,") seen.wrong.push(value);
      }
      if (["aria-label", "title", "alt", "content"].includes(name)) seen.text += value;
    }
  }
  return seen;
}"""


@dataclass(kw_only=True)
class Visit:
    """What was seen of a page: the cells that ran, what could have, its text, and where it asked."""

    hits: list[object]
    wrong: list[str]
    text: str
    scripts: int
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def look(page: Page | Frame) -> Visit:
    """What stands in a page now."""
    return Visit(**page.evaluate(_LOOK))


def watched(context: BrowserContext) -> tuple[Page, list[Request], list[str]]:
    """A new page, the requests that it makes and what the browser complains of, as they come."""
    page = context.new_page()
    requests: list[Request] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108  (Playwright marks its handlers)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, requests, complaints


def public_records(root: Path) -> PublicRecords:
    """The public records of a project."""
    settings = campaign.load(root)
    checked = checks.check(root, settings, SCHEMAS)
    assert checked.is_publishable, [problem for problem in checked.problems if problem.is_error]
    return publication.publish(checked.records, settings, SCHEMAS)


def expected(public: PublicRecords) -> dict[str, list[str]]:
    """The hostile texts that each page must show, by its path."""
    around = [text for text in vars(public.campaign.site.footer).values() if text]
    counties = [county.name for county in public.counties]
    prefectures = list(public.prefectures.values())
    pages = {
        "index.html": [public.campaign.title, *prefectures, *counties],
        "liaisons/index.html": [*prefectures, *counties],
        "needs/index.html": [],
        "materials/index.html": [
            text for each in public.materials for text in (each.title, each.purpose, each.size, each.edition)
        ],
        "materials/deliveries.html": [*(each.title for each in public.materials), *counties],
        "windows/index.html": [
            text for county in public.counties for window in county.windows for text in (window.name, window.hours)
        ],
        "standing/index.html": counties,
        "visits/index.html": [
            text for county in public.counties for each in county.activities for text in (each.title, each.place)
        ],
        "stations/index.html": [
            text for county in public.counties for each in county.stations for text in (each.name, each.hours)
        ],
        "cases/index.html": [case.title for case in public.cases],
        "feedback/index.html": [
            text for answer in public.feedback.answers for text in (answer.public_question, answer.public_reply)
        ],
        **_months(public),
        "404.html": [],
        "about/index.html": [],
        **dict(page for county in public.counties for page in _of_county(county)),
    }
    boxes = {path: texts for path, texts in pages.items() if path.startswith("embed/")}  # nothing stands around these
    return {path: [public.campaign.title, *around, *texts] for path, texts in pages.items()} | boxes


def _months(public: PublicRecords) -> dict[str, list[str]]:
    months: dict[str, list[str]] = {}
    for change in public.changes:
        shown = [change.township, change.place, change.person, change.before]
        months.setdefault(f"changes/{change.day:%Y-%m}.html", []).extend(shown)
    return months


def _of_county(county: PublicCounty) -> Iterator[tuple[str, list[str]]]:
    windows = [text for each in county.windows for text in (each.name, each.address, each.hours)]
    yield (
        f"counties/{county.code}.html",
        [
            *(county.name, county.submitting_body, county.legal_aid_centre, county.address, *windows),
            *(text for each in county.villages for text in (each.name, each.township)),
            *(each.liaison.name for each in county.villages if each.liaison),
            *(text for each in county.activities for text in (each.title, each.place)),
            *(text for each in county.stations for text in (each.name, each.address, each.hours)),
        ],
    )
    about = [county.name, county.legal_aid_centre, county.address, *windows]
    yield f"embed/{county.code}.html", about
    yield (
        f"offline/{county.code}.html",
        [
            *(*about, county.submitting_body),
            *(text for each in county.villages for text in (each.name, each.township)),
            *(each.liaison.name for each in county.villages if each.liaison),
            *(text for each in county.activities for text in (each.title, each.place)),
            *(text for each in county.stations for text in (each.name, each.address, each.hours)),
        ],
    )
    for window in county.windows:
        own = [window.name, window.address, window.hours, window.responsible_person, window.service_team]
        yield f"windows/{window.window_id}.html", [county.name, *own]
    for village in county.villages:
        yield f"villages/{village.code}.html", [county.name, county.address, *windows, *_of_village(village)]


def _of_village(village: PublicVillage) -> list[str]:
    assert village.liaison, village
    former = [each.name for each in village.former]
    return [village.name, village.township, village.consultation_platform, village.liaison.name, *former]
