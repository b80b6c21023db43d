"""The gate is closed: what is not public decides nothing of what is made, whichever field it is.

Each field that pages can do without is made internal. Then all is made twice, of the campaign's own values and of
others: not one byte may differ. That is more than that the value stands nowhere: nothing follows from it either.
"""

import ast
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest
from rounds import IS_LONG
from tiny_campaign import DEMONSTRATION, PROJECT, make_root

from site_builder import checks, publication
from site_builder.checks.rules import policies
from site_builder.checks.rules.scope import Scope
from site_builder.model import campaign, designs, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Field, Policy, Schemas
from site_builder.prints import on_site
from site_builder.prints.items import item, recipients
from site_builder.prints.making import Workshop
from site_builder.prints.memory import Memory
from site_builder.publication.public import PublicRecords
from site_builder.record.records import PublishedCount, Record, Records, VillageSurvey
from site_builder.reports.public import periods_over, public_report
from site_builder.shared.words import Words
from site_builder.site import contents

ONLY_WITHHOLDS = {("liaisons", "phone_consent"), ("case_reviews", "outcome"), ("responsible_units", "level")}
"""A phone is shown only with consent, a case only once every step has passed it, of which a pilot city has one less.

That it was given can be seen, and is reported to who gives it.
"""
NEEDED = {
    (table, name) for part in (policies.NEEDED, policies.COUNTED) for table, names in part.items() for name in names
}
GAPS = ("（）", "None", "<dd></dd>", "<td></td>", "<p></p>", "<h2></h2>", 'href="tel:"', "、、", "：。")
Place = tuple[str, str]
TOGETHER = 4
DESIGNS = [
    replace(design, settings=design.settings.model_copy(update={"register_id": ""}))
    for design in designs.load(DEMONSTRATION)
]
"""Apart from the tiny campaign's register, which holds other materials."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """The tiny campaign, and how all that the public gets is made of it."""

    root: Path
    settings: Campaign
    records: Records
    schemas: Schemas
    labels: Words
    korean: Words

    def stricter(self, places: list[Place]) -> Schemas:
        """The schemas with these fields internal."""
        tables = dict(self.schemas.tables)
        for name, field_name in places:
            fields = [replace(f, policy=Policy.INTERNAL) if f.name == field_name else f for f in tables[name].fields]
            tables[name] = replace(tables[name], fields=tuple(fields))
        return replace(self.schemas, tables=tables)

    def made(self, records: Records, schemas: Schemas) -> dict[str, bytes]:
        """Every page, file, report and print, by path; of reports and prints what they say, not how it is set."""
        public = publication.publish(records, self.settings, schemas)
        workshop = Workshop(public=public, words=self.labels, korean=self.korean, memory=Memory(self.root / "memory"))
        offer = on_site.offer(DESIGNS, workshop)
        files = contents.site_tool_files(self.root, public, self.labels, self.korean, offer)
        files |= {name: text.encode() for name, text in contents.own_files(public, self.labels, self.korean, offer)}
        files |= {f"prints/{name}": content for name, content in self._prints(public)}
        reports = {period.key: public_report(public, period, self.labels) for period in periods_over(public)}
        return files | {f"reports/{name}": repr(report).encode() for name, report in reports.items()}

    def _prints(self, public: PublicRecords) -> Iterator[tuple[str, bytes]]:
        for design in DESIGNS:
            for recipient in recipients(public, design.settings.audience):
                says = item(recipient, design, public, self.labels)
                yield f"{design.design_id}-{recipient.code}", json.dumps(says, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, known: Schemas, labels: Words, korean: Words) -> Site:
    root = make_root(tmp_path_factory.mktemp("closed"))
    settings = campaign.load(root)
    records = checks.check(root, settings, known).records
    return Site(root=root, settings=settings, records=records, schemas=known, labels=labels, korean=korean)


@pytest.fixture(scope="module")
def usual_gaps(site: Site) -> Counter[tuple[str, str]]:
    """What the pages lack as the schemas stand."""
    return gaps(site.made(site.records, site.schemas))


@cache
def free_places() -> list[list[Place]]:
    """The fields that are no key and that no page needs: in the long form alone, else a few of each table at once."""
    columns = [
        [
            (name, field.name)
            for field in table.fields
            if field.name not in table.key and (name, field.name) not in NEEDED | ONLY_WITHHOLDS
        ]
        for name, table in schemas.load(PROJECT).tables.items()
    ]
    if IS_LONG:
        return [[place] for column in columns for place in column]
    rows = [[place for place in row if place] for row in zip_longest(*columns)]
    together = [rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER)]
    return [[place for row in some for place in row] for some in together]


def other(value: object, field: Field) -> object:
    """Another value that the field may hold, and that stands nowhere else."""
    if field.choices:
        return next(code for code in field.choices if code != value)
    if field.type == "date":
        return value - timedelta(days=1) if isinstance(value, date) else date(2018, 6, 7)
    return {"string": f"暗桩{field.name}", "integer": 7771, "number": 77.123, "boolean": not value}[field.type]


def counts_of(row: PublishedCount, place: Place) -> bool:
    """Whether an edition's row counts what stands in a field."""
    if row.item == "needs":
        return place == ("needs", "persons")
    return place == ("village_surveys", row.item if row.group == "all" else row.group)


def replaced(row: Record, name: str, field: Field) -> Record:
    """The record with another value in a field; what a survey counts stands in its counts."""
    if isinstance(row, VillageSurvey) and name in row.counts:
        return replace(row, counts={**row.counts, name: int(str(other(row.counts[name], field)))})
    return replace(row, **{name: other(getattr(row, name), field)})  # type: ignore[arg-type]


def spoiled(records: Records, places: list[Place], schemas: Schemas) -> Records:
    """The records with other values in these fields, and in the editions' counts of them."""
    for table, name in places:
        field = schemas.tables[table].field(name)
        rows: tuple[Record, ...] = getattr(records, table)
        changed = tuple(replaced(row, name, field) for row in rows)
        records = replace(records, **{table: changed})  # type: ignore[arg-type]
        counts = (replace(row, count=771) if counts_of(row, (table, name)) else row for row in records.published_counts)
        records = replace(records, published_counts=tuple(counts))
    return records


def gaps(made: dict[str, bytes]) -> Counter[tuple[str, str]]:
    """How often a page shows that something is missing which it should have left out."""
    pages = {name: content for name, content in made.items() if name.endswith((".html", ".md"))}
    return Counter({(name, mark): content.count(mark.encode()) for name, content in pages.items() for mark in GAPS})


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.mark.parametrize("places", free_places(), ids=lambda places: places[0][0] + "." + places[0][1])
def test_nothing_follows_from_a_field_that_is_internal(
    site: Site, usual_gaps: Counter[tuple[str, str]], places: list[Place]
) -> None:
    """All is the same to the byte, whatever stands in the fields; the privacy page says that they are internal."""
    stricter = site.stricter(places)
    before = site.made(site.records, stricter)
    after = site.made(spoiled(site.records, places, stricter), stricter)
    assert differing(before, after) == []
    assert gaps(before) - usual_gaps == Counter()
    shown = publication.publish(site.records, site.settings, stricter).policies
    forms = {table.name: [field.form for field in table.fields] for table in shown}
    assert {forms[table][stricter.tables[table].header.index(name)] for table, name in places} == {"internal"}


@pytest.mark.parametrize(
    "place",
    [
        ("liaisons", "role"),
        ("activities", "kind"),
        ("stations", "kind"),
        ("materials", "kind"),
        ("cases", "matter"),
        ("cases", "group"),
        ("deliveries", "quantity"),
        ("deliveries", "hung_on"),
        ("counties", "address"),
        ("needs", "persons"),
        ("village_surveys", "elderly"),
    ],
    ids=".".join,
)
def test_a_field_that_is_public_is_seen(site: Site, place: Place) -> None:
    """The test before would notice: as the schemas stand, another value in such a field is reported."""
    public = [
        publication.publish(records, site.settings, site.schemas)
        for records in (site.records, spoiled(site.records, [place], site.schemas))
    ]
    assert public[0] != public[1]


@pytest.mark.parametrize("place", sorted(NEEDED), ids=".".join)
def test_the_check_names_a_field_that_pages_need(site: Site, place: Place) -> None:
    """Where a page cannot stand without a field, that is said beforehand, at the schema of its table."""
    scope = Scope(
        root=site.root,
        campaign=site.settings,
        schemas=site.stricter([place]),
        records=site.records,
        files=(),
        faulty=frozenset(),
    )
    (problem,) = policies.pages_have_what_they_need(scope)
    assert (problem.code, problem.file) == ("schema-policy", f"survey_schemas/tables/{place[0]}.json")
    assert problem.column == site.schemas.tables[place[0]].field(place[1]).title


MADE_BY_THE_GATE = {
    "Answer",
    "Delivered",
    "FormerLiaison",
    "PublicActivity",
    "PublicCase",
    "PublicCounty",
    "PublicLiaison",
    "PublicMaterial",
    "PublicPilot",
    "PublicStation",
    "PublicVillage",
    "PublicWindow",
}


def test_only_the_gate_makes_public_records_of_records() -> None:
    """No module calls the class of one itself: it would pass the gate by."""
    calls = [
        (path.name, node.func.id)
        for path in sorted((PROJECT / "site_builder").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE_BY_THE_GATE
    ]
    assert calls == []
