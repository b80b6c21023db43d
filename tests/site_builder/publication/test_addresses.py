"""Addresses of the public: spelled in one place, and none that was ever given out leads nowhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder.publication import addresses

FROZEN = PROJECT / "tests" / "expected" / "addresses.txt"
SOFTWARE = PROJECT / "site_builder"
SECTIONS = (
    *(
        "about",
        "actions",
        "calendar",
        "cases",
        "changes",
        "counties",
        "data",
        "embed",
        "feedback",
        "feeds",
        "find",
        "help",
        "hsds",
    ),
    *(
        "liaisons",
        "lists",
        "materials",
        "needs",
        "news",
        "offline",
        "prints",
        "programme",
        "reports",
        "share",
        "standing",
        "stations",
    ),
    *("villages", "visits", "windows"),
)
# A section, then a name in letters or made of data, then the ending of a file that the public gets.
FILLED = r"(?:[\w-]+|\$?\{\{?[^{}]*\}\}?)+"
ENDING = r"(?:html|md|xml|ics|json|csv|docx|xlsx|pdf|png|webp)"
SPELLED = re.compile(rf"\b(?:{'|'.join(SECTIONS)})/(?:{FILLED}\.{ENDING}\b(?!\.jinja)|[\"'] ?[~+])")
# The record's own files, by their place below content/data; names of files that stand in messages, never in a link.
RECORD = re.compile(r"\{FOLDER\}/|content/")
# Prose of a person, whose links the tests of the site try.
BY_HAND = ("templates/theme/404.html",)


def frozen() -> list[str]:
    """The addresses of the list."""
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def is_there(site: Path, address: str) -> bool:
    """Whether an address leads to a file of a site, and to its anchor if it has one."""
    path, _, anchor = address.partition("#")
    file = site / path
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


def test_every_address_given_out_still_leads_somewhere(built_site: Path) -> None:
    """On walls, in codes, in feeds, on pages of others: nobody can change them there."""
    assert [address for address in frozen() if not is_there(built_site, address)] == []


def test_an_address_or_anchor_that_is_gone_is_found(tmp_path: Path) -> None:
    """A page that is missing, and a heading that is missing on a page."""
    (tmp_path / "page.html").write_text('<h2 id="here">1</h2>', encoding="utf-8")
    assert [is_there(tmp_path, each) for each in ("page.html", "page.html#here")] == [True, True]
    assert [is_there(tmp_path, each) for each in ("gone.html", "page.html#gone")] == [False, False]


@pytest.mark.parametrize("address", addresses.OF_DATA, ids=lambda address: address.__name__)
def test_every_kind_is_on_the_list(address: Callable[..., str]) -> None:
    """A kind of page or file that is added is given out from then on: it comes on the list too."""
    forms = {addresses.table: ("json", "csv"), addresses.people: ("csv", "xlsx")}.get(address, ())
    parts: list[tuple[str, ...]] = [("X", form) for form in forms] or [("X",)]
    for pattern in (re.escape(address(*each)).replace("X", "[^/#]+") for each in parts):
        assert any(re.fullmatch(pattern, line) for line in frozen()), pattern


def test_the_list_names_each_once() -> None:
    """A line that stands twice would hide that one of them was changed."""
    assert len(frozen()) == len(set(frozen()))


def spelled(text: str) -> list[str]:
    """The lines of a text that spell a public address, those of the record's files left out."""
    return [line for line in text.splitlines() if SPELLED.search(line) and not RECORD.search(line)]


@pytest.mark.parametrize(
    "line",
    [
        'f"{site}villages/{village.code}.html"',
        '<a href="../counties/{{ county.code }}.html#survey">',
        "village: ({ code }) => `villages/${code}.html`,",
        '"windows/index.md": _windows(press),',
        'site ~ "embed/" ~ county.code',
        'yield "feeds/campaign.xml", text',
        'f"prints/{design}-{pixels}.webp"',
    ],
)
def test_an_address_that_is_spelled_is_found(line: str) -> None:
    """In Python, in a template and in a script."""
    assert spelled(line) == [line]


def test_no_other_place_spells_an_address() -> None:
    """Python, templates and scripts take them from site_builder/publication/addresses.py."""
    endings = {".py", ".jinja", ".html", ".js", ".typ"}
    paths = [
        path for path in sorted(SOFTWARE.rglob("*")) if path.suffix in endings and "new_campaign" not in path.parts
    ]
    own = {SOFTWARE / "publication" / "addresses.py", *(SOFTWARE / name for name in BY_HAND)}
    found = {
        path.relative_to(SOFTWARE).as_posix(): spelled(path.read_text("utf-8")) for path in paths if path not in own
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_source_of_a_page_and_its_way_from_beside() -> None:
    """The Markdown page that the site tool reads; the address from another page of the folder."""
    assert addresses.source(addresses.county("220881")) == "counties/220881.md"
    assert addresses.source_page("windows") == "windows/index.md"
    assert addresses.in_same_folder(addresses.month("2018-06")) == "2018-06.html"
