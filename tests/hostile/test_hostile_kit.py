"""What is sent to a county whose every text is hostile: all is text, shown as it is, and nothing is carried out."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hostile_campaign import SCHEMAS, all_cells, make_root, squeezed
from office import converted
from pdf_text import text as pdf_text
from pyxform.xls2xform import convert

from site_builder import checks
from site_builder.kit.county import KitCounty, gather
from site_builder.kit.letter import chasing_letter, cover_letter
from site_builder.kit.paper import paper_form
from site_builder.kit.phone import phone_forms
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.record import returns

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="module")
def settings(root: Path) -> Campaign:
    return campaign.load(root)


@pytest.fixture(scope="module")
def asked(root: Path) -> Forms:
    return forms.load(root, SCHEMAS)


@pytest.fixture(scope="module")
def county(root: Path, settings: Campaign) -> KitCounty:
    """One county that has the villages and the records of all."""
    counties = gather(root, settings, SCHEMAS)
    tables = {name for each in counties for name in each.rows}
    rows = {name: [row for each in counties for row in each.rows.get(name, [])] for name in tables}
    villages = tuple(village for each in counties for village in each.villages)
    return replace(counties[0], villages=villages, rows=rows)


def test_the_workbook_holds_every_cell_as_text(county: KitCounty, asked: Forms, settings: Campaign) -> None:
    """Every text of the record stands in the workbook as a text cell; there is no formula and no link out of it."""
    content = county_workbook(county, asked, SCHEMAS, settings)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    shown = {str(cell.value) for cell in cells}
    for name, rows in county.rows.items():
        if name in asked.forms:
            columns = {column.field.name for column in asked.forms[name].columns}
            lost = {text for row in rows for field, text in row.items() if field in columns and text in all_cells()}
            assert lost - shown == set(), name
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b'TargetMode="External"' in parts.read(part) for part in parts.namelist())
        assert not any(b"<f>" in parts.read(part) for part in parts.namelist() if "worksheets" in part)


@pytest.mark.needs("libreoffice-calc")
def test_an_office_program_calculates_nothing(
    county: KitCounty, asked: Forms, settings: Campaign, tmp_path: Path
) -> None:
    """Opened and saved again by LibreOffice, every text of the workbook is the same text, and none is a formula."""
    sent = tmp_path / "kit.xlsx"
    sent.write_bytes(county_workbook(county, asked, SCHEMAS, settings))
    before, after = (openpyxl.load_workbook(path) for path in (sent, converted(sent, "xlsx")))
    for sheet in before:
        texts = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
        same = after[sheet.title]
        assert {place: same[place].value for place in texts} == texts
        assert {same[place].data_type for place in texts} <= {"s"}


def test_the_phone_forms_convert_and_show_every_name(county: KitCounty, asked: Forms, settings: Campaign) -> None:
    """The forms convert without a word; a village's name is a label, never a reference and never an element."""
    for file in phone_forms(county, asked, SCHEMAS, settings).values():
        made = convert(io.BytesIO(file))
        labels = xform_labels(made.xform)
        for village in county.villages:
            assert any(village.name.replace("${", "＄{") in label for label in labels), village.name


def xform_labels(xform: str) -> set[str]:
    """Every text of an XForm, as a client reads it."""
    from xml.etree import ElementTree

    root = ElementTree.fromstring(xform)  # noqa: S314  (pyxform's own output)
    return {element.text for element in root.iter() if element.text}


def test_paper_and_letters_show_every_name(root: Path, county: KitCounty, asked: Forms, settings: Campaign) -> None:
    """Typst sets each name as it is: nothing of it is read as its own language."""
    made = paper_form(county, asked, SCHEMAS, settings) | cover_letter(county, asked, settings)
    form, *_ = (pdf_text(content) for name, content in made.items() if name.startswith("纸质表"))
    assert_shown(form, [village.name for village in county.villages])


def test_a_chasing_letter_shows_every_missing_village(root: Path, asked: Forms, settings: Campaign) -> None:
    """All villages of the province, missing from one county's return, stand in its letter."""
    checked = checks.check(root, settings, SCHEMAS)
    found = returns.progress(checked.records, settings, asked)
    village_returns = [each for county in found for each in county.returns if each.form.rows == "villages"]
    places = tuple(dict.fromkeys(place for each in village_returns for place in each.expected))
    own = tuple(
        replace(each, expected=places, missing=places) if each.form.rows == "villages" else each
        for each in found[0].returns
    )
    (letter,) = chasing_letter(replace(found[0], returns=own), settings).values()
    assert_shown(pdf_text(letter), [place.name for place in places])


def assert_shown(text: str, names: list[str]) -> None:
    """Each name stands in the text of a PDF; typographic quotes and dashes are the typesetter's business."""
    assert [name for name in names if squeezed(name) not in text] == []
