"""The paper form: a page for each village with the workbook's numbers, and the order that says where each goes."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from pdf_text import pages, text
from tiny_campaign import EXAMPLE, PROJECT

from site_builder.kit import county, paper
from site_builder.kit.county import KitVillage
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import DataStatus
from site_builder.model.forms import HEAD_LINE, Form, RowKind

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")
KNOWN = schemas.load(PROJECT)
ASKED = forms.load(PROJECT, KNOWN)
SETTINGS = campaign.load(EXAMPLE)
COUNTY = next(each for each in county.gather(EXAMPLE, SETTINGS, KNOWN) if each.code == "220881")
VILLAGE_FORMS = [form for form in ASKED.forms.values() if form.rows is RowKind.VILLAGES]
OTHER_FORMS = [form for form in ASKED.forms.values() if form.rows is not RowKind.VILLAGES]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return paper.paper_form(COUNTY, ASKED, KNOWN, SETTINGS)


@pytest.fixture(scope="module")
def form_pages(made: dict[str, bytes]) -> list[str]:
    return pages(made["纸质表-220881.pdf"])


def squeezed(title: str) -> str:
    return "".join(title.split())


def test_there_is_a_page_for_each_village_and_one_without(form_pages: list[str]) -> None:
    """Two villages, one page without a name, one for each other form; nothing runs over to a second page."""
    assert len(form_pages) == len(COUNTY.villages) + 1 + len(OTHER_FORMS)
    for village, page in zip(COUNTY.villages, form_pages, strict=False):
        assert all(part in page for part in (village.name, village.township, village.code))
    blank = form_pages[len(COUNTY.villages)]
    assert not any(village.name in blank for village in COUNTY.villages)
    assert squeezed(ASKED.forms["needs"].sheet) in blank


def test_every_column_has_its_number_on_the_page(form_pages: list[str]) -> None:
    """What the workbook asks of a village stands on its page under the same number and title.

    Of a list of more than ten choices the commonest are there to tick, and the last, which stands for the rest.
    """
    for page in form_pages[: len(COUNTY.villages) + 1]:
        for form in VILLAGE_FORMS:
            assert all(column.number in page for column in form.columns)
            plain = [column for column in form.columns if not column.fixed]
            assert all(squeezed(column.title) in page for column in plain)
            for column in form.columns:
                titles = list(column.field.choices.values())
                ticked = titles if len(titles) <= 10 else [*titles[:9], titles[-1]]
                choices = [*ticked, *(part for part in column.title.split("·") if column.fixed)]
                assert all(squeezed(choice) in page for choice in choices)


def test_the_other_forms_are_filled_in_record_by_record(form_pages: list[str]) -> None:
    """A page a form, with all its numbered columns; what is known of a promised window is printed."""
    for form, page in zip(OTHER_FORMS, form_pages[len(COUNTY.villages) + 1 :], strict=True):
        assert all(column.number + squeezed(column.title) in page for column in form.columns)
    assert "W-220881-2018" in form_pages[len(COUNTY.villages) + 1]


def test_every_page_forbids_personal_numbers_and_names_its_edition(form_pages: list[str]) -> None:
    """The reminder, the page's number and the version of the forms stand on each page."""
    for number, page in enumerate(form_pages, start=1):
        assert "不要填写身份证号、银行卡号" in page
        assert f"第{number}页，共{len(form_pages)}页" in page
        assert ASKED.version in page


def test_every_page_ends_with_who_signs_for_it(form_pages: list[str]) -> None:
    """Below all that is filled in: who filled it in, who looked it over, when, and room for a stamp."""
    signature = "填表人：审核人：日期：盖章："
    for page in form_pages:
        assert page.count(signature) == 1
        below = page.partition(signature)[2]
        assert not any(
            column.number + squeezed(column.title) in below for form in OTHER_FORMS for column in form.columns
        )
        assert ASKED.forms["needs"].columns[-1].number not in below


def test_no_person_of_the_record_is_printed(form_pages: list[str], made: dict[str, bytes]) -> None:
    """The form is blank: no liaison's name, though the county's rows hold them."""
    printed = "".join(form_pages) + text(made["誊录顺序-220881.pdf"])
    names = [row["name"] for row in COUNTY.rows["liaisons"]]
    assert names
    assert not any(name in printed for name in names)


def test_long_names_stay_on_one_page() -> None:
    """The longest names that the schema lets in, at every place of the form, do not push a village to a second page."""
    village = KitVillage(code="220881100200", name="长" * 30, township="丘" * 30, year=2018)
    made = paper.paper_form(replace(COUNTY, name="县" * 30, villages=(village,)), ASKED, KNOWN, SETTINGS)
    printed = pages(made["纸质表-220881.pdf"])
    assert len(printed) == 1 + 1 + len(OTHER_FORMS)
    assert printed[0].count("长") == printed[0].count("丘") == 30
    assert len(pages(made["誊录顺序-220881.pdf"])) == 1


def test_the_official_form_has_no_watermark(form_pages: list[str]) -> None:
    """A demonstration says so on each page, the official form nowhere."""
    official = SETTINGS.model_copy(update={"data_status": DataStatus.OFFICIAL})
    made = paper.paper_form(COUNTY, ASKED, KNOWN, official)
    assert all("演示用表" in page for page in form_pages)
    assert not any("演示" in text(content) for content in made.values())


def test_the_letters_are_those_of_the_workbook() -> None:
    """Each number leads to the very column under whose head it is entered in the workbook that goes with it."""
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(COUNTY, ASKED, KNOWN, SETTINGS)))
    for form in ASKED.forms.values():
        heads = {cell.column_letter: str(cell.value) for cell in book[form.sheet][HEAD_LINE] if cell.value}
        for column in form.columns:
            assert squeezed(column.title) in squeezed(heads[paper.column_letters(form)[column.number]])


@pytest.mark.parametrize("form", ASKED.forms.values(), ids=lambda form: form.table.name)
def test_letters_go_beyond_z(form: Form) -> None:
    """No two columns share a letter, and the last one is that of the number of columns with what helps the reader."""
    letters = list(paper.column_letters(form).values())
    helping = 2 if form.rows is RowKind.VILLAGES else 0
    assert len(set(letters)) == len(form.columns)
    assert letters[-1] == get_column_letter(len(form.columns) + helping)


def test_the_transcription_order_is_one_sheet_with_every_column(made: dict[str, bytes]) -> None:
    """One page with the name of each sheet, each number beside its letter, and the pages of the paper form."""
    (order,) = pages(made["誊录顺序-220881.pdf"])
    for form in ASKED.forms.values():
        assert form.sheet in order
        for number, letter in paper.column_letters(form).items():
            assert f"{number}{letter}" in order or f"{number}→{letter}" in order or number == "4.1"
    assert "4.1村代码→A" in order
    assert "纸质表第1—3页" in order
    assert "纸质表第4页" in order
    assert "纸质表第7页" in order


def test_a_county_without_a_promised_window_has_no_page_for_one() -> None:
    """The page is left out, the later pages move up, and the order says that there is none."""
    made = paper.paper_form(replace(COUNTY, window_years=()), ASKED, KNOWN, SETTINGS)
    assert len(pages(made["纸质表-220881.pdf"])) == len(COUNTY.villages) + len(OTHER_FORMS)
    order = text(made["誊录顺序-220881.pdf"])
    assert "本县没有这张表" in order
    assert "纸质表第7页" in order
    assert "纸质表第8页" not in order
