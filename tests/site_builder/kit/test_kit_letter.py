"""The letters: deadlines from the campaign's own dates, every missing village, and nobody's name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pdf_text import pages, text
from tiny_campaign import EXAMPLE, PROJECT

from site_builder.kit import county, letter
from site_builder.model import campaign, forms, schemas
from site_builder.record import loading, returns, tables
from site_builder.record.returns import CountyReturns, ExpectedPlace

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")
KNOWN = schemas.load(PROJECT)
ASKED = forms.load(PROJECT, KNOWN)
SETTINGS = campaign.load(EXAMPLE)
COUNTIES = {each.code: each for each in county.gather(EXAMPLE, SETTINGS, KNOWN)}
RECORDS = loading.load(tables.read_all(EXAMPLE, KNOWN).files, KNOWN)
RETURNS = {each.code: each for each in returns.progress(RECORDS, SETTINGS, ASKED)}
PEOPLE = [liaison.name for liaison in RECORDS.liaisons] + [sent.submitted_by for sent in RECORDS.submissions]


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def lacking(count: int) -> CountyReturns:
    """County 220882 with so many villages, of which nothing has come."""
    places = tuple(
        ExpectedPlace(code=f"2208820{number:05}", name=f"第{number}村", township=f"第{number // 13}乡")
        for number in range(count)
    )
    found = tuple(
        replace(each, expected=places, missing=places) if each.form.rows == "villages" else each
        for each in RETURNS["220882"].returns
    )
    return replace(RETURNS["220882"], villages=count, returns=found)


def test_the_cover_letter_names_each_deadline() -> None:
    """One page, to the centre through the submitting body, with each form's own milestone, as of the data's day."""
    made = letter.cover_letter(COUNTIES["220881"], ASKED, SETTINGS)
    (page,) = pages(made["填报通知-220881.pdf"])
    due = {each.key: each.due for each in SETTINGS.milestones}
    for form in ASKED.forms.values():
        assert form.sheet in page
        assert not form.milestone or day(due[form.milestone]) in page
    assert COUNTIES["220881"].legal_aid_centre in page
    assert COUNTIES["220881"].submitting_body in page
    assert day(SETTINGS.data_as_of) in page
    assert "身份证号、银行卡号" in page


def test_a_passed_deadline_is_said_to_have_passed() -> None:
    """A kit made after a deadline asks for haste; one made on the day does not."""
    due = next(each.due for each in SETTINGS.milestones if each.key == "lists_confirmed")
    for days, count in {0: 0, 1: 2}.items():  # liaisons and windows share this deadline
        later = SETTINGS.model_copy(update={"data_as_of": due + timedelta(days=days)})
        made = letter.cover_letter(COUNTIES["220881"], ASKED, later)
        assert text(made["填报通知-220881.pdf"]).count("已过") == count


def test_the_cover_letter_stays_on_one_page() -> None:
    """Long names of the offices and a county with windows of both years still fit one sheet."""
    long = replace(
        COUNTIES["220881"],
        name="县" * 20,
        legal_aid_centre="中" * 30,
        submitting_body="局" * 30,
        window_years=(2017, 2018),
    )
    assert len(pages(letter.cover_letter(long, ASKED, SETTINGS)["填报通知-220881.pdf"])) == 1


def test_a_county_that_owes_nothing_gets_no_chasing_letter() -> None:
    """Complete returns, or deadlines still ahead, write no letter."""
    assert not RETURNS["220881"].owed(SETTINGS.data_as_of) or letter.chasing_letter(RETURNS["220881"], SETTINGS)
    early = SETTINGS.model_copy(update={"data_as_of": date(2018, 1, 1)})
    assert letter.chasing_letter(RETURNS["220882"], early) == {}
    complete = replace(
        RETURNS["220882"], returns=tuple(replace(each, missing=()) for each in RETURNS["220882"].returns)
    )
    assert letter.chasing_letter(complete, SETTINGS) == {}


def test_the_chasing_letter_says_what_is_missing_and_how_late() -> None:
    """The form, its deadline, the days late, the missing villages by name, and those with an empty field."""
    printed = text(letter.chasing_letter(RETURNS["220882"], SETTINGS)["催报函-220882.pdf"])
    liaisons = RETURNS["220882"].of("liaisons")
    assert liaisons.due
    assert f"联络员名单21150%{day(liaisons.due)}{liaisons.days_late}天" in printed
    assert all(place.name in printed for place in liaisons.missing)
    assert "“联络员名单”已报，“村内公示日期”还空着的1个村" in printed
    assert day(SETTINGS.data_as_of) in printed


@pytest.mark.parametrize("count", [1, 120, 400])
def test_many_missing_villages_flow_over_pages(count: int) -> None:
    """Every village stands there once for all forms that lack it alike, and the head of the list on each page."""
    printed = pages(letter.chasing_letter(lacking(count), SETTINGS)["催报函-220882.pdf"])
    whole = "".join(printed)
    assert all(whole.count(f"第{number}村") == 1 for number in range(count))
    assert f"没有报的{count}个村" in whole
    assert all("乡镇个数村名" in page for page in printed)
    assert "（盖章）" in printed[0]


def test_letters_name_no_person() -> None:
    """Neither a liaison nor who sent a file in stands in any letter."""
    made = [letter.cover_letter(each, ASKED, SETTINGS) for each in COUNTIES.values()]
    made += [letter.chasing_letter(each, SETTINGS) for each in RETURNS.values()]
    printed = "".join(text(content) for files in made for content in files.values())
    assert PEOPLE
    assert not any(name in printed for name in PEOPLE)


def test_the_letter_to_another_unit_is_of_its_own_forms_and_goes_to_the_receiver() -> None:
    """No village, no phone or paper form, no body that passes it on: what one of its level fills in, and by when."""
    asked = forms.load_of_units(PROJECT, KNOWN)
    unit = next(each for each in county.gather_units(EXAMPLE, SETTINGS, KNOWN) if each.level == "prefecture")
    own = asked.asked_of(unit.level, is_pilot=unit.is_pilot)
    made = letter.cover_letter(unit, own, SETTINGS)
    (page,) = pages(made[f"填报通知-单位-{unit.code}.pdf"])
    assert all(form.sheet in page for form in own.forms.values())
    assert unit.name in page
    assert "本单位一行" in page
    assert "手机" not in page
    assert "个村" not in page
    assert SETTINGS.site.footer.operator in page
    assert "已于2018年" in page  # it has reported


def test_a_unit_that_has_reported_is_not_hurried() -> None:
    """Its letter says on which day it did; one that has not is asked for haste."""
    units = {each.code: each for each in county.gather_units(EXAMPLE, SETTINGS, KNOWN)}
    of_units = forms.load_of_units(PROJECT, KNOWN)
    for code, is_reported in {"2201": True, "2208": False}.items():
        (made,) = letter.cover_letter(units[code], of_units, SETTINGS).values()
        (page,) = pages(made)
        assert ("已于2018年4月28日报送" in page) == is_reported
        assert ("已过，请尽快报" in page) != is_reported
