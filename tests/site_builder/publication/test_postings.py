"""The posting editions: one for each time that a village's sheet said something else, identified by their codes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from check_codes import is_code, tidied
from hypothesis import given
from hypothesis import strategies as st

from site_builder.publication.postings import ALPHABET, postings
from site_builder.publication.public import FormerLiaison, PublicCounty, PublicLiaison, PublicVillage

COUNTY = PublicCounty(
    code="220881",
    name="洮南市",
    office_phone="0436-0810001",
    supervision_phone="0436-0810002",
    # What does not stand on the sheet.
    prefecture_code="",
    submitting_body="",
    legal_aid_centre="",
    address="",
    budget_included_on=None,
    villages=(),
    windows=(),
    activities=(),
    stations=(),
    delivered=(),
    figures=None,
    progress={},
)


def serving(name: str, since: date | None, role: str = "村委会主任") -> PublicLiaison:
    return PublicLiaison(
        name=name,
        role=role,
        role_code="",
        phone="",
        from_date=since,
        appointing_body="洮南市法律援助中心",
        posted_on=None,
        posting_verified_on=None,
    )


def left(name: str, since: date, until: date) -> FormerLiaison:
    return FormerLiaison(
        name=name, role="村文书", from_date=since, to_date=until, posted_on=None, posting_verified_on=None
    )


def village(liaison: PublicLiaison | None, *former: FormerLiaison) -> PublicVillage:
    return PublicVillage(
        code="220881102201",
        name="团结村",
        township="瓦房镇",
        county_code="220881",
        campaign_year=2018,
        consultation_platform="",
        liaison=liaison,
        former=former,
        surveyed=False,
    )


def editions(liaison: PublicLiaison | None, *former: FormerLiaison) -> list[tuple[int, str, str]]:
    found = postings(COUNTY, village(liaison, *former))
    return [(posting.edition, posting.dated.isoformat(), posting.liaison) for posting in found]


FIRST = left("王一", date(2018, 3, 1), date(2018, 4, 30))


def test_each_liaison_makes_an_edition() -> None:
    """Whoever follows the day after makes the next edition, dated by the first day; the earliest comes first."""
    second = left("李二", date(2018, 5, 1), date(2018, 5, 31))
    expected = [(1, "2018-03-01", "王一"), (2, "2018-05-01", "李二"), (3, "2018-06-01", "张三")]
    assert editions(serving("张三", date(2018, 6, 1)), second, FIRST) == expected


def test_a_vacancy_makes_an_edition() -> None:
    """The day after the last one left a new sheet is due, until somebody follows, if anybody does."""
    assert editions(None, FIRST) == [(1, "2018-03-01", "王一"), (2, "2018-05-01", "")]
    later = editions(serving("张三", date(2018, 5, 2)), FIRST)
    assert later == [(1, "2018-03-01", "王一"), (2, "2018-05-01", ""), (3, "2018-05-02", "张三")]


def test_nobody_named_yet_means_no_edition() -> None:
    """A village that never had a liaison has nothing to post, nor one whose days are not public."""
    assert editions(None) == []
    assert editions(serving("张三", None)) == []


def test_an_edition_keeps_its_code_when_its_liaison_leaves() -> None:
    """A paper that hangs is still known when it is out of date: the code does not hang on who serves now."""
    before = postings(COUNTY, village(serving("王一", date(2018, 3, 1), "村文书")))
    after = postings(COUNTY, village(None, FIRST))
    assert after[0] == before[0]
    assert after[1].code != before[0].code


@pytest.mark.parametrize(
    "corrected",
    [replace(COUNTY, name="改"), replace(COUNTY, office_phone="改"), replace(COUNTY, supervision_phone="改")],
    ids=["name", "office_phone", "supervision_phone"],
)
def test_a_corrected_county_line_changes_the_code(corrected: PublicCounty) -> None:
    """A paper with a phone number that has been corrected does not pass for the present one."""
    here = village(serving("王一", date(2018, 3, 1)))
    assert postings(corrected, here)[0].code != postings(COUNTY, here)[0].code


def test_the_alphabet_has_no_look_alikes() -> None:
    """A prime number of characters, as the check scheme needs, none that is read as another."""
    assert len(set(ALPHABET)) == 23
    assert not set(ALPHABET) & set("01ILOQBSZGUVN")


def test_how_a_code_is_typed_does_not_matter() -> None:
    """Small letters, full-width ones of a Chinese keyboard, a hyphen or a blank are all the same."""
    code = postings(COUNTY, village(serving("王一", date(2018, 3, 1))))[0].code
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for typed in (code.lower(), f"{code[:3]}-{code[3:]}", f" {code[:3]} {code[3:]} ", wide):
        assert tidied(typed) == code
        assert is_code(typed)


names = st.text("王李张刘陈杨赵黄周吴一二三四五六七八九十", min_size=2, max_size=4)
days = st.dates(date(2017, 1, 1), date(2020, 1, 1))
sheets = st.builds(lambda name, since: village(serving(name, since)), names, days)


@given(sheets, st.data())
def test_one_slip_never_passes_for_a_code(sheet: PublicVillage, data: st.DataObject) -> None:
    """One wrong character, one missing or doubled, or two neighbours swapped: reported as mistyped."""
    code = postings(COUNTY, sheet)[0].code
    assert is_code(code)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda character: character != code[place]))
    assert not is_code(code[:place] + other + code[place + 1 :])
    assert not is_code(code[:place] + code[place + 1 :])
    assert not is_code(code[:place] + code[place] + code[place:])
    swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
    assert is_code(swapped) == (swapped == code)


def test_different_sheets_of_a_village_do_not_share_a_code() -> None:
    """Ten years of daily changes between two names give as many codes as sheets."""
    since = [date(2018, 1, 1) + timedelta(days=day) for day in range(1500)]
    codes = {postings(COUNTY, village(serving(name, day)))[0].code for name in ("王一", "王二") for day in since}
    assert len(codes) == 3000


@given(st.text(max_size=12))
def test_anything_may_be_typed(entered: str) -> None:
    """Whatever is typed is answered, and only seven characters of the alphabet can be a code."""
    if is_code(entered):
        assert set(tidied(entered)) <= set(ALPHABET)
        assert len(tidied(entered)) == 7
