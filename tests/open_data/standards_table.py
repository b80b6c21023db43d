"""What the site gives out, by which standard, as which validator that is not ours has it: docs/standards.md.

`make standards` builds the site, looks through build/site and writes the table. Each row is also held in `make test`.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import readers
import standard_schemas

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = PROJECT / "docs" / "standards.md"
_BEGIN, _END = "<!-- table: begin -->", "<!-- table: end -->"
Found = tuple[int, list[str]]
"""How many files or things were looked at, and what is wrong with them."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """look: at a folder of the site."""

    output: str
    standard: str
    validator: str
    look: Callable[[Path], Found]


def _package(version: str) -> Callable[[Path], Found]:
    def look(site: Path) -> Found:
        found = [site / folder / "datapackage.json" for folder in ("data", "hsds")]
        return len(found), [fault for path in found for fault in standard_schemas.package_faults(path, version)]

    return look


def _tables(site: Path) -> Found:
    packages = [site / name / "datapackage.json" for name in ("data", "hsds")]
    count = sum(len(json.loads(path.read_text(encoding="utf-8"))["resources"]) for path in packages)
    return count, [fault for path in packages for fault in standard_schemas.table_faults(path)]


def _directory(site: Path) -> Found:
    return len(list(site.glob("hsds/*.csv"))), standard_schemas.hsds_faults(site / "hsds")


def _feeds(site: Path) -> Found:
    feeds = sorted(site.glob("feeds/*.xml"))
    return len(feeds), [fault for feed in feeds for fault in standard_schemas.feed_faults(feed.read_bytes())]


def _sitemaps(site: Path) -> Found:
    sitemaps = [path for path in sorted(site.glob("sitemap*.xml")) if path.name != "sitemap-index.xml"]
    return len(sitemaps), [fault for each in sitemaps for fault in standard_schemas.sitemap_faults(each.read_bytes())]


def _linked_data(site: Path) -> Found:
    """Of every page that has any, in whatever language."""
    pages = sorted(site.rglob("*.html"))
    things = [thing for page in pages for thing in readers.linked_data(page.read_text(encoding="utf-8"))]
    return len(things), [fault for thing in things for fault in standard_schemas.linked_data_faults(thing)]


def _calendars(site: Path) -> Found:
    """The parser ends with an error where a calendar is none."""
    read = readers.read_calendars({path.name: path.read_text("utf-8") for path in site.glob("calendar/*.ics")})
    return len(read), [f"{name}: {event}" for name, events in read.items() for event in events if not event["uid"]]


ROWS: Sequence[Row] = (
    Row(
        output="datapackage.json of data and services",
        standard="Data Package 2.0, its own profile",
        validator="jsonschema",
        look=_package("2.0"),
    ),
    Row(
        output="the same, for readers of version 1",
        standard="Data Package 1.0, its own profile",
        validator="jsonschema",
        look=_package("1.0"),
    ),
    Row(
        output="the tables: cells, constraints, keys, sizes, checksums",
        standard="Table Schema, Tabular Data Resource",
        validator="Frictionless",
        look=_tables,
    ),
    Row(
        output="the directory of services",
        standard="Open Referral HSDS 3.0, its own schema",
        validator="Frictionless",
        look=_directory,
    ),
    Row(output="feeds", standard="Atom, the schema of RFC 4287", validator="libxml2 (RELAX NG)", look=_feeds),
    Row(
        output="data for search engines",
        standard="JSON-LD 1.1, the vocabulary of schema.org",
        validator="pyld",
        look=_linked_data,
    ),
    Row(
        output="sitemaps of all pages",
        standard="Sitemaps 0.9, its own schema",
        validator="libxml2 (XML Schema)",
        look=_sitemaps,
    ),
    Row(output="calendars", standard="iCalendar, RFC 5545", validator="ical.js of Mozilla", look=_calendars),
)


def table(results: Sequence[tuple[Row, Found]]) -> str:
    """The table, a line for each row."""
    head = "| output | standard | validator that is not ours | looked at | errors |\n|---|---|---|---:|---:|\n"
    return head + "".join(f"{_cells(row)} {count:,} | {len(faults)} |\n" for row, (count, faults) in results)


def _cells(row: Row) -> str:
    return f"| {row.output} | {row.standard} | {row.validator} |"


def drift(text: str) -> list[str]:
    """What the document's table lacks of the rows, has beside them, or counts as an error."""
    lines = text.partition(_BEGIN)[2].partition(_END)[0].strip().splitlines()[2:]
    expected = [_cells(row) for row in ROWS]
    shown = [
        line for line in lines if not any(line.startswith(cells) for cells in expected) or not line.endswith("| 0 |")
    ]
    return shown + [cells for cells in expected if not any(line.startswith(cells) for line in lines)]


def main() -> int:
    """Look through the built site and write the table; 1 where anything is wrong."""
    site = PROJECT / "build" / "site"
    results = [(row, row.look(site)) for row in ROWS]
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    DOCUMENT.write_text(f"{before}{_BEGIN}\n\n{table(results)}\n{_END}{after}", encoding="utf-8")
    faults = [f"{row.output}: {fault}" for row, (_, found) in results for fault in found]
    print("\n".join([*faults[:50], table(results)]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
