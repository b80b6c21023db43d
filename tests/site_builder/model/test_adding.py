"""Adding things is short: what stands in `survey_schemas/` or in the data alone is taken by everything.

CONTRIBUTING's "How to" lists the files; each test here writes those and no others, and the data.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from markupsafe import Markup
from pyxform.xls2xform import convert

from site_builder import checks, publication, untrusted_files
from site_builder.checks import Checked, edition_audit
from site_builder.collect import collection_context, intake
from site_builder.collect.incoming_file import CollectOptions
from site_builder.disclosure import edition_key, editions
from site_builder.kit.county import gather
from site_builder.kit.paper import paper_form
from site_builder.kit.phone import phone_forms
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import HEAD_LINE
from site_builder.prints.on_site import NOTHING
from site_builder.publication.public import PublicRecords
from site_builder.render.figures import columns
from site_builder.render.pages.atlas import atlas
from site_builder.render.pages.overviews import pages
from site_builder.render.pages.page_renderer import page_renderer
from site_builder.render.pages.reports import report_page
from site_builder.reports.public import public_report
from site_builder.shared import periods
from site_builder.shared.words import Words

QUESTION: dict[str, Any] = {
    "name": "heard_talk",
    "title": "听过法治讲座户数",
    "type": "integer",
    "description": "脱贫对象中听过法治讲座的户数",
    "example": "12",
    "constraints": {"required": True, "minimum": 0, "maximum": 100000},
    "counts": {"unit": "households", "figure": "听过讲座的户"},
    "notAbove": "poor_households",
    "publication": "aggregate",
}
COUNTY = "220881"
GROUP = ("lone_elders", "独居老人")


def own_schemas(root: Path) -> Path:
    """A copy of the schemas to add to, in place of the link to the real ones."""
    link = root / "survey_schemas"
    real = link.resolve()
    link.unlink()
    shutil.copytree(real, link)
    return link


def add_to_data(root: Path, name: str, before: str, value: str) -> None:
    """The new column in every file of surveys, with the same value everywhere."""
    for path in (root / "content/data/village_surveys").glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        place = rows[0].index(before)
        lines = [[*row[:place], name if number == 0 else value, *row[place:]] for number, row in enumerate(rows)]
        path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def with_question(root: Path) -> Path:
    """The tiny campaign with one question more: a field of the schema, and a column of the form."""
    folder = own_schemas(root)
    table, form = folder / "tables/village_surveys.json", folder / "forms.json"
    descriptor = json.loads(table.read_text(encoding="utf-8"))
    place = [field["name"] for field in descriptor["fields"]].index("hotline_asked")
    descriptor["fields"].insert(place, QUESTION)
    table.write_text(json.dumps(descriptor), encoding="utf-8")
    content = json.loads(form.read_text(encoding="utf-8"))
    asked = next(each for each in content["forms"] if each["table"] == "village_surveys")["columns"]
    place = [column["field"] for column in asked].index("hotline_asked")
    asked.insert(place, {"field": QUESTION["name"], "units": ["户"]})
    form.write_text(json.dumps(content), encoding="utf-8")
    add_to_data(root, "heard_talk", "hotline_asked", "3")
    return root


@pytest.fixture
def with_group(root: Path) -> Path:
    """The tiny campaign with one group more: a line of the code list."""
    with (own_schemas(root) / "code_lists/groups.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(GROUP) + ",\n")
    add_to_data(root, "lone_elders", "hotline_asked", "3")
    return root


@pytest.fixture
def with_county(root: Path) -> Path:
    """The tiny campaign with one county more: its place among the divisions, its office, its villages, its window."""
    data = root / "content/data"
    with (data / "divisions.csv").open("a", encoding="utf-8") as file:
        file.write("220822,通榆县,county,2208\n220822100,开通镇,township,220822\n")
        file.write("220822100200,城东村委会,village,220822100\n")
    office = "白城市司法局,通榆县法律援助中心,样例路4号,0436-0000007,,none,2018-05-02,demo"
    with (data / "counties.csv").open("a", encoding="utf-8") as file:
        file.write(f"220822,{office}\n")
    for name in ("villages", "liaisons", "village_surveys", "needs"):
        header = (data / name / "220881.csv").read_text(encoding="utf-8").splitlines()[0]
        (data / name / "220822.csv").write_text(header + "\n", encoding="utf-8")
    with (data / "villages/220822.csv").open("a", encoding="utf-8") as file:
        file.write("220822100200,2018,220822100,城东村,100,300,,demo\n")
    settings = root / "content/campaign.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('- "220881"', '- "220881"\n      - "220822"', 1), encoding="utf-8")
    return root


def checked(root: Path) -> Checked:
    return checks.check(root, campaign.load(root), schemas.load(root))


def collected(root: Path, path: Path, typed: Mapping[str, Mapping[str, object]]) -> Callable[[str], dict[str, str]]:
    """What comes back from the kit's own workbook in which one village's line was filled in; the row of a table."""
    known, settings = schemas.load(root), campaign.load(root)
    kit = next(county for county in gather(root, settings, known) if county.code == COUNTY)
    path.write_bytes(county_workbook(kit, forms.load(root, known), known, settings))
    book = openpyxl.load_workbook(path)
    for table, values in typed.items():
        sheet = book[forms.load(root, known).forms[table].sheet]
        heads = {cell.value: cell.column for cell in sheet[HEAD_LINE]}
        line = next(row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("220881100201"))
        for title, value in values.items():
            sheet.cell(line, heads[title], value)
    book.save(path)
    collection = collection_context.load(root, settings, known, forms.load(root, known))
    (taken,) = intake.take(untrusted_files.read(path), collection, CollectOptions())
    assert [problem for problem in taken.problems if problem.is_error] == []

    def row(table: str) -> dict[str, str]:
        text = taken.drafts[f"content/data/{table}/{COUNTY}.csv"].decode()
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row["village_code"] == "220881100201"]
        return next((row for row in rows if row.get("group") == GROUP[0]), rows[-1])

    return row


def survey_form(root: Path) -> str:
    """The phone form of the county's survey, as XForms: pyxform takes it."""
    known, settings = schemas.load(root), campaign.load(root)
    kit = next(county for county in gather(root, settings, known) if county.code == COUNTY)
    made = phone_forms(kit, forms.load(root, known), known, settings)
    assert paper_form(kit, forms.load(root, known), known, settings)
    content = next(content for name, content in made.items() if "摸底调查" in name)
    return str(convert(io.BytesIO(content), file_type=".xlsx").xform)


def published(root: Path) -> PublicRecords:
    """What is public once an edition holds the new figures, which is then on record and checked again."""
    known, settings = schemas.load(root), campaign.load(root)
    records = replace(checked(root).records, published_counts=())
    codes = editions.codes_of(settings, known)
    key = edition_key.load(root, settings.data_status)
    rows = editions.rows_of(editions.next_edition(records, settings, codes, key), "demo", codes)
    (root / edition_audit.FILE).write_bytes(editions.file_of(rows, known.tables["published_counts"]))
    found = checked(root)
    assert [problem for problem in found.problems if problem.is_error] == []
    return publication.publish(found.records, settings, known)


class _Maps(dict[str, Markup]):
    """No maps: they are of no interest here."""

    def __missing__(self, name: str) -> Markup:
        return Markup()


def county_page(public: PublicRecords, labels: Words, korean: Words) -> str:
    return pages(page_renderer(public, labels, korean, _Maps(), NOTHING), [], ["help/lone-elders.md"])[
        "counties/220881.md"
    ]


def half_year(public: PublicRecords, labels: Words, korean: Words) -> str:
    """The report of the first half of the year."""
    period = periods.parse("2018-H1")
    assert period
    return report_page(public_report(public, period, labels), labels, korean)


def test_a_question_comes_with_the_kit_and_back(with_question: Path, tmp_path: Path) -> None:
    """It is asked on paper, on the phone and in the workbook, and what is typed there is collected."""
    typed = {"village_surveys": {QUESTION["title"]: "5户"}}
    assert collected(with_question, tmp_path / "kit.xlsx", typed)("village_surveys")["heard_talk"] == "5"
    form = survey_form(with_question)
    assert "/people/heard_talk" in form
    assert "&lt;= " in form.partition('heard_talk"')[2]


def test_a_question_is_checked_against_its_whole(with_question: Path) -> None:
    """The record with the new column is sound beside the editions on record; a part above its whole is not."""
    assert [problem for problem in checked(with_question).problems if problem.is_error] == []
    path = with_question / "content/data/village_surveys/220882.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",0,3,8,3,", ",0,4,8,3,"), encoding="utf-8")
    assert {problem.code for problem in checked(with_question).problems if problem.is_error} == {
        "survey-part-above-whole"
    }


def test_a_question_is_published(with_question: Path, labels: Words, korean: Words) -> None:
    """In the figures, the download, the county's page, the map and the report, small counts of it hidden."""
    public = published(with_question)
    assert ("heard_talk", "all") in public.figures.areas["22"].survey
    (table,) = [table for table in public.tables if table.name == "surveys_by_area"]
    assert any("heard_talk" in row for row in table.rows)
    assert "听过法治讲座户数" in county_page(public, labels, korean)
    assert ("heard_talk", "听过讲座的户") in [(each.key, each.title) for each in columns.survey(public, labels)]
    assert "听过法治讲座户数" in half_year(public, labels, korean)


def test_a_group_comes_with_the_kit_and_back(with_group: Path, tmp_path: Path) -> None:
    """What the kit offers is collected: the group's persons, and their needs in a matter."""
    typed = {"village_surveys": {"独居老人": 6}, "needs": {"独居老人·劳动报酬": 4}}
    row = collected(with_group, tmp_path / "kit.xlsx", typed)
    assert row("village_surveys")["lone_elders"] == "6"
    assert (row("needs")["group"], row("needs")["persons"]) == ("lone_elders", "4")
    assert "/people/lone_elders" in survey_form(with_group)


def test_a_group_is_published(with_group: Path, labels: Words, korean: Words) -> None:
    """The record is sound beside the editions on record; the next one has the group's persons and needs."""
    assert [problem for problem in checked(with_group).problems if problem.is_error] == []
    with (with_group / "content/data/needs/220881.csv").open("a", encoding="utf-8") as file:
        file.write("220881100201,lone_elders,support_payments,3,demo\n")
    public = published(with_group)
    area = public.figures.areas["22"]
    assert ("poor_persons", "lone_elders") in area.survey
    assert ("lone_elders", "support_payments") in area.needs
    assert "独居老人" in county_page(public, labels, korean)
    made = pages(page_renderer(public, labels, korean, _Maps(), NOTHING), [], ["help/lone-elders.md"])
    assert 'href="help/lone&#45;elders.html">独居老人' in made["index.md"]
    assert "独居老人" in made["needs/index.md"]
    assert "独居老人" in half_year(public, labels, korean)


def test_a_group_without_a_page_has_no_link(with_group: Path, labels: Words, korean: Words) -> None:
    """The home page leads to the help that was written."""
    home = pages(page_renderer(published(with_group), labels, korean, _Maps(), NOTHING), [], ["help/elderly.md"])[
        "index.md"
    ]
    assert "help/elderly.html" in home
    assert "lone" not in home


def test_a_county_comes_with_its_data_and_a_line_of_the_settings(
    with_county: Path, labels: Words, korean: Words
) -> None:
    """It has a kit, with the window that it was promised, a page, and its shape on the maps."""
    known, settings = schemas.load(with_county), campaign.load(with_county)
    assert [problem for problem in checked(with_county).problems if problem.is_error] == []
    kit = next(county for county in gather(with_county, settings, known) if county.code == "220822")
    assert (kit.window_years, [village.name for village in kit.villages]) == ((2018,), ["城东村"])
    public = publication.publish(checked(with_county).records, settings, known)
    drawn = atlas(public, labels, korean)
    assert "通榆县" in drawn.fragments["liaisons"]
    made = pages(page_renderer(public, labels, korean, drawn.fragments, NOTHING), [], [])
    assert "城东村" in made["counties/220822.md"]
