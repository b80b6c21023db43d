"""Numbers of persons, distinguished from the other numbers of a return."""

import hashlib
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.privacy.finder import NumberKind, in_number, numbers

IDENTITY = "11010519491231002X"  # the standard's own example
OTHER_IDENTITY = "110101199003074514"
CARD = "6222021234567890128"
MOBILE = "13812345678"


def kinds(text: str) -> set[NumberKind]:
    return {one.kind for one in numbers.find(text)}


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        IDENTITY.lower(),
        OTHER_IDENTITY,
        "１１０１０１１９９００３０７４５１４",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002Х",
        "110101 19900307 4514",
        "110101-19900307-4514",
        "110101.1990.03.07.4514",
        "110101 1990 0307 451 4",
        "11010519491231002 X",
        "1101 0119 9003 0745 14",
        "110101\u200b199003074514",
        f"身份证{OTHER_IDENTITY}，电话",
        f"ID{OTHER_IDENTITY}abc",
        f"①{OTHER_IDENTITY}",
        f"{OTHER_IDENTITY}{MOBILE}",
        f"{MOBILE} {OTHER_IDENTITY}",
        f"甲\n{IDENTITY}\n乙",
        "١١٠١٠١١٩٩٠٠٣٠٧٤٥١٤",
        "110101900307451",
        "老证110101 900307 451号",
    ],
)
def test_identity_numbers_are_found(text: str) -> None:
    """Of 18 and 15 characters, widened, split, in the middle of a text."""
    assert NumberKind.IDENTITY in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "6222 0212 3456 7890 128",
        "6222-0212-3456-7890-128",
        "卡号6222021234567890128（农行）",
        "4111111111111111",
        "5500 0000 0000 0004",
        "3530111333300000",
        "６２２２０２１２３４５６７８９０１２８",
    ],
)
def test_bank_cards_are_found(text: str) -> None:
    """By issuer and check digit."""
    assert kinds(text) == {NumberKind.CARD}


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        "138 1234 5678",
        "138-1234-5678",
        "138-12345678",
        "+86 13812345678",
        "+8613812345678",
        "008613812345678",
        "１３８１２３４５６７８",
        "电话13812345678转",
        "1.13812345678",
        "①13812345678",
        "tel:13812345678",
        "13812345678 13912345678",
        "13812345678、0436-0810101",
        "2018-03-20 13812345678",
    ],
)
def test_mobiles_are_found(text: str) -> None:
    """In every form people write them."""
    assert kinds(text) == {NumberKind.MOBILE}


@pytest.mark.parametrize(
    "text",
    [
        "220881007201",
        "220881007201 荣华村",
        "2018-03-20",
        "2018-03-20 08:30:00",
        "2018.3.20-2018.6.30",
        "0436-0810101",
        "0436-0810101-8001",
        "04360810101",
        "12348",
        "A-220881-0001",
        "W-220881-2018-01",
        "uuid:85cb9aff-005e-4edd-9739-dc9c1a829c44",
        hashlib.sha256(b"").hexdigest(),
        hashlib.sha1(b"").hexdigest(),  # noqa: S324
        "44.123456789012345 124.123456789012345 0.0 0.0",
        "124.8231234567890",
        "0.622202123456789012",
        "110101199013074514",  # no thirteenth month
        "990101199003074514",  # no such province
        "6222021234567890123",  # wrong check digit
        "110101****4514",
        "220881 100201 20180320",
        "22088120180320001",  # a number made of county, day and place
        "220881201203001",  # county, year, month and place: no birthday in the last century
        "12100000400000271X",  # wrong check character, of an organisation
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "2017年700户，2018年789户",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    """Division codes, days, moments, landlines, numbers of ours, digests, places, counts."""
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (110101199003074514.0, NumberKind.IDENTITY),
        (110101199003070000.0, NumberKind.IDENTITY),
        (110101199003074514, NumberKind.IDENTITY),
        (110101900307451.0, NumberKind.IDENTITY),
        (6222021234567890000.0, NumberKind.CARD),
        (13812345678.0, NumberKind.MOBILE),
        (13812345678, NumberKind.MOBILE),
        (220881007201.0, None),
        (20180320.0, None),
        (1e17, None),
        (1e300, None),
        (float("inf"), None),
        (float("nan"), None),
        (13812345678.5, None),
        (-13812345678.0, None),
    ],
)
def test_numbers_typed_as_numbers_are_reported(value: float, kind: NumberKind | None) -> None:
    """A spreadsheet keeps 15 digits: province and birthday are left of an identity number."""
    assert in_number(value) is kind


def test_a_code_of_an_organisation_is_no_card() -> None:
    """A unified social credit code of digits alone may pass Luhn's check."""
    assert kinds("912208810000000313") == kinds("522208810000000112") == set()


_DAYS = st.dates(min_value=date(1921, 1, 1), max_value=date(2018, 12, 31))
_MARKS = st.sampled_from(["", " ", "-", ".", "  "])


@given(day=_DAYS, order=st.integers(0, 999), mark=_MARKS, around=st.text(max_size=5))
def test_every_identity_number_is_found(day: date, order: int, mark: str, around: str) -> None:
    """Any number of Taonan, split after the place and the birthday, between any words."""
    place, born = "220881", f"{day:%Y%m%d}"
    digits = f"{place}{born}{order:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    last = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    words = "".join(character for character in around if not character.isalnum() and character not in ".-")
    text = f"号{words} 号{mark.join([place, born, digits[14:] + last])}号{words}"
    assert NumberKind.IDENTITY in kinds(text)


@given(st.text(max_size=60))
def test_any_text_is_looked_through(text: str) -> None:
    """No text makes it stumble, and what is found is made of digits and X."""
    assert all(set(one.number) <= set("0123456789Xx") for one in numbers.find(text))


@given(st.text("0123456789 -.X", min_size=100, max_size=400))
def test_long_rows_of_digits_are_looked_through(text: str) -> None:
    """Thousands of pieces cost no more than their number."""
    assert all(11 <= len(one.number) <= 19 for one in numbers.find(text))


def test_an_identity_number_with_a_slip_is_still_somebody_s() -> None:
    """Place and birthday are enough: a wrong check character does not make the number anybody's but its owner's."""
    assert kinds("110101199003074515") == {NumberKind.IDENTITY}


_ALL = re.compile("")  # lets every run be looked at closely
_SEEDS = (IDENTITY, OTHER_IDENTITY, CARD, MOBILE, f"0086{MOBILE}", f"0{MOBILE}", "4000001234567899", "110105491231002")
_GAPS = st.sampled_from(["", " ", "-", "  ", "\n", "、", " 、 ", ". ", "/", "#####", "**", ",", "—", "\n\n"])
_AROUND = st.text("0123456789 -.Xx、a\n", max_size=6)


@st.composite
def _in_pieces(draw: st.DrawFn) -> str:
    """A number, cut anywhere or at each digit, with gaps of one kind or several, between other characters."""
    number, gap = draw(st.sampled_from(_SEEDS)), draw(_GAPS)
    cuts = range(1, len(number)) if draw(st.booleans()) else sorted(draw(st.sets(st.integers(1, 18), max_size=5)))
    ends = [0, *(cut for cut in cuts if cut < len(number)), len(number)]
    is_even = draw(st.booleans())
    pieces = [number[start:end] + (gap if is_even else draw(_GAPS)) for start, end in pairwise(ends)]
    return draw(_AROUND) + "".join(pieces) + draw(_AROUND)


@given(st.one_of(_in_pieces(), st.text("0123456789 -.X、", min_size=11, max_size=120)))
def test_the_quick_look_passes_over_nothing_that_a_close_look_finds(text: str) -> None:
    quick = list(numbers._in_plain(text))
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(numbers, "_POSSIBLE", _ALL)
        machine.setattr(numbers, "_MOST_PIECES", len(text))
        assert quick == list(numbers._in_plain(text))
