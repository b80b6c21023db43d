"""Where each public page and file stands, from the site's first folder: the one place that says so.

Addresses stand on walls, in codes to scan, in feeds and on pages of others, so they stay: tests/expected/addresses.txt
lists every kind. `code` is a division's, `area` a county's code or CAMPAIGN.
"""

from __future__ import annotations

CAMPAIGN = "campaign"
"""The area of what is told of the whole campaign."""
SITEMAPS = "sitemap-index.xml"
MANIFEST = "manifest.json"
"""What a device is told that puts the site onto its home screen."""
ICON_SIZES = (32, 180, 192, 512)
"""Pixels: for a tab of an old browser, for iOS, for Android."""


def home() -> str:
    """The first page."""
    return "index.html"


def page(section: str, name: str = "index") -> str:
    """A page that is there once, by its section and name; without a name the first page of the section."""
    return f"{section}/{name}.html"


def korean(address: str) -> str:
    """The same page in Korean."""
    return f"ko/{address}"


def village(code: str) -> str:
    """A village's page, which its posting sheets name."""
    return f"villages/{code}.html"


def county(code: str) -> str:
    """A county's page."""
    return f"counties/{code}.html"


def prefecture(code: str) -> str:
    """The liaisons of a prefecture."""
    return f"liaisons/{code}.html"


def window(window_id: str) -> str:
    """A window's page, which its plaque and board name."""
    return f"windows/{window_id}.html"


def month(key: str) -> str:
    """What changed in a month, by its key: 2018-06."""
    return f"changes/{key}.html"


def report(key: str, form: str = "html") -> str:
    """The report of a period, as a page or for download. form: html, docx or xlsx."""
    return f"reports/{key}.{form}"


def material(design_id: str) -> str:
    """The page of a printed material."""
    return f"materials/{design_id}.html"


def group_help(name: str) -> str:
    """What a special group may be helped with."""
    return f"help/{name}.html"


def feed(area: str) -> str:
    """The Atom feed of changes in an area, or of "news"."""
    return f"feeds/{area}.xml"


def calendar(area: str) -> str:
    """The calendar of visits and deadlines."""
    return f"calendar/{area}.ics"


def box(code: str) -> str:
    """A county's box, which others show inside their pages."""
    return f"embed/{code}.html"


def offline(code: str) -> str:
    """A county in one file, for where there is no network."""
    return f"offline/{code}.html"


def printed(name: str) -> str:
    """A print or its picture, by the name of the file."""
    return f"prints/{name}"


def text_page(text: str) -> str:
    """The page of a plain text to copy, by the text's own address."""
    return f"{text.removesuffix('.txt')}.html"


def share_picture(area: str) -> str:
    """The picture that is shown beside a shared link of an area's pages."""
    return "assets/share.png" if area == CAMPAIGN else f"share/{area}.png"


def icon(size: int) -> str:
    """The site's icon, so many pixels wide."""
    return f"assets/icon-{size}.png"


def table(name: str, form: str) -> str:
    """An open table, or the description of all of them. form: csv or json."""
    return f"data/{name}.{form}"


def proof() -> str:
    """The proof beside the newest edition."""
    return table("edition_proof", "csv")


def proof_checker() -> str:
    """The program that checks it; under a name that every server sends as a text, and that Python runs as well."""
    return "data/check_proof.txt"


def people(area: str, form: str) -> str:
    """The table of whom to find in an area's villages, for people. form: csv or xlsx."""
    return f"lists/{area}.{form}"


def hsds(file: str) -> str:
    """A file of the windows in the form of HSDS."""
    return f"hsds/{file}"


def hsds_package() -> str:
    """The description of these files."""
    return hsds("datapackage.json")


def village_sitemap(number: int) -> str:
    """A part of the list of villages' pages for search engines, counted from 1."""
    return f"sitemap-villages-{number}.xml"


OF_DATA = (
    korean,
    village,
    county,
    prefecture,
    window,
    month,
    report,
    material,
    group_help,
    feed,
    calendar,
    box,
    offline,
    text_page,
    share_picture,
    people,
    table,
    hsds,
)
"""Those that templates make of data."""
OWN = (home, page, hsds_package, proof, proof_checker)
"""Those that they make of names of ours."""


def source(address: str) -> str:
    """The Markdown page that the site tool makes a page of."""
    return f"{address.removesuffix('.html')}.md"


def page_of(source: str) -> str:
    """The page that the site tool makes of a Markdown page."""
    return f"{source.removesuffix('.md')}.html"


def source_page(section: str, name: str = "index") -> str:
    """The Markdown page of a page that is there once."""
    return source(page(section, name))


def in_same_folder(address: str) -> str:
    """An address as seen from a page of the same folder."""
    return address.rpartition("/")[2]
