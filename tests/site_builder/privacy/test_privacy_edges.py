"""The detector's decisions at their edges: what is still a person's number, and what beside it is none."""

import bz2
import gzip
import io
import zipfile

import pytest
import typst
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from site_builder import privacy
from site_builder.privacy.finder import NumberKind, in_number
from site_builder.privacy.places import Belonging, NumberPlace, find, mobiles
from site_builder.privacy.printable import printable
from site_builder.untrusted_files import hidden_numbers

IDENTITY, OTHER = "11010519491231002X", "110101199003074514"
CARD, MOBILE = "6222021234567890128", "13812345678"


def born(day: str, *, wrong: bool = False) -> str:
    """An identity number of that day; wrong: with a slip in its check digit."""
    head = f"110101{day}451"
    check = mod_11_2.calc_check_digit(head)
    return head + (("1" if check == "0" else "0") if wrong else check)


def card(head: str) -> str:
    return str(head + luhn.calc_check_digit(head))


def kinds(text: str) -> set[NumberKind]:
    return {one.kind for one in privacy.find(text)}


def cut(text: str, *lengths: int) -> str:
    assert sum(lengths) == len(text)
    pieces, rest = [], text
    for length in lengths:
        pieces.append(rest[:length])
        rest = rest[length:]
    return " ".join(pieces)


@pytest.mark.parametrize(
    "text",
    [
        born("18900307"),
        born("20491231"),
        born("20151231", wrong=True),
        cut(born("19900307", wrong=True), 6, 8, 4),
        cut(OTHER, 6, 6, 6),
        cut(OTHER, 6, 2, 2, 2, 2, 2, 2),
        cut(OTHER, *[1] * 18),
        cut(OTHER, 9, 9),
        cut(OTHER[:-1], 6, 8, 3) + " 4",
        "110101240307451",
        cut("110101900307451", 6, 9),
        cut("110101900307451", 6, 6, 3),
        OTHER.replace("0", "O", 0) + OTHER,
    ],
)
def test_these_are_identity_numbers(text: str) -> None:
    """The oldest and the youngest, with a slip, cut as people cut them, two in a row."""
    assert NumberKind.IDENTITY in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        born("18891231"),
        born("20500101"),
        born("20160101", wrong=True),
        cut(OTHER, 8, 6, 4),
        cut(OTHER, 6, 4, 8),
        cut(born("19900307", wrong=True), 8, 6, 4),
        cut(born("19900307", wrong=True), 6, 4, 8),
        cut(OTHER, 9, 5, 4),
        cut(OTHER, 4, 4, 4, 6),
        cut(OTHER, 2, 2, 2, 4, 2, 2, 2, 2),
        "5 " + cut(OTHER, *[1] * 18),
        "110101230307451",
        cut("110101900307451", 7, 8),
        "110101\n900307451",
        "A-110101900307451",
        "x110101900307451",
        "110101900307451x1",
        "1.110101900307451",
        "110101900307451.5",
    ],
)
def test_these_are_none(text: str) -> None:
    """Too old, too young, a slip in our own years, cut where no such number is, touched by a letter."""
    assert NumberKind.IDENTITY not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        cut(CARD, 6, 13),
        cut(card("622202123456789"), 6, 10),
        cut(card("622202123456789"), 4, 4, 4, 4),
        card("62" + "1" * 13),
        card("62" + "1" * 16),
        card("9558" + "1" * 14),
        card("4" + "1" * 14),
        "&C" + CARD,
        f"&amp;L{CARD}",
    ],
)
def test_these_are_cards(text: str) -> None:
    """Of 16 to 19 digits, in fours or cut after the issuer, in a page header."""
    assert kinds(text) == {NumberKind.CARD}


@pytest.mark.parametrize(
    "text",
    [
        cut(CARD, 4, 5, 7, 3),
        cut(CARD, 4, 4, 8, 3),
        cut(CARD, 4, 4, 4, 7),
        cut(card("62" + "1" * 14), 4, 4, 4, 5),
        cut(CARD, 7, 12),
        card("62" + "1" * 12),
        card("4" + "1" * 15),
        card("9001" + "1" * 10),
        "x" + CARD,
        CARD + "x",
        f"{CARD}.5",
    ],
)
def test_these_are_no_cards(text: str) -> None:
    """Too short, cut elsewhere, touched by a letter or a decimal point."""
    assert NumberKind.CARD not in kinds(text)


@pytest.mark.parametrize(
    "text", ["013812345678", "08613812345678", "(138)1234-5678", "1 3 8 1 2 3 4 5 6 7 8", "138 1234 56 78"]
)
def test_these_are_mobiles(text: str) -> None:
    """With a zero or a country before it, in brackets, digit by digit."""
    assert kinds(text) == {NumberKind.MOBILE}


@pytest.mark.parametrize(
    "text", ["138-1234.5678", "1 3 8 1 2 3 4 5 6 7 8 9", "12812345678", "138\n1234\n5678", "1234.13812345678"]
)
def test_these_are_no_mobiles(text: str) -> None:
    """Marks of two kinds, a longer row, no such network, a column of figures, a measure."""
    assert kinds(text) == set()


def test_a_number_that_is_cut_off_far_away_is_not_read_as_another() -> None:
    """What is read around a stretch ends somewhere; the end of a long number there is no mobile."""
    for filler in range(55, 75):
        before = "0" * 19 + MOBILE + "字" * filler + "13912345678"
        assert {one.number for one in privacy.find(before)} == {"13912345678"}
        after = "13912345678" + "字" * filler + MOBILE + "0" * 19
        assert {one.number for one in privacy.find(after)} == {"13912345678"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (6222021234567890.0, NumberKind.CARD),
        (62220212345678900.0, NumberKind.CARD),
        (622202123456789000.0, NumberKind.CARD),
        (622202123456789.0, None),
        (6322021234567890000.0, None),
        (6222021234567890000000.0, None),
        (240101199003070000.0, None),
        (110101199013070000.0, None),
        (10000000000.0, None),
        (9999999999.0, None),
        (1.5, None),
    ],
)
def test_numbers_in_number_cells_are_reported_at_their_edges(value: float, kind: NumberKind | None) -> None:
    """Fifteen digits are kept, the rest are zeros; a place and a day, or an issuer, are enough."""
    assert in_number(value) is kind


def packed(parts: dict[str, bytes], comment: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment.encode()
    return out.getvalue()


def test_cells_of_twelve_digits_are_codes_unless_they_begin_with_zero() -> None:
    """A zero before a mobile is how long distance was dialled; with a country it has thirteen digits."""
    data = b"a,b\n013812345678,8613812345678\n220881100201,\n"
    assert [(place.line, place.column) for place in find("a.csv", data, Belonging())] == [(2, 1), (2, 2)]
    belonging = Belonging(mobiles=mobiles(["8613812345678"]))
    assert find("a.csv", data, belonging) == find("a.txt", data, belonging) == []


def test_parts_are_reported_by_their_path() -> None:
    """In an archive, in a packed file within it, in the archive's comment, though it be empty."""
    text = f"甲\n证{IDENTITY}".encode()
    data = packed({"a.txt": text, "b.gz": gzip.compress(text)})
    assert [(place.part, place.line) for place in find("x.zip", data, Belonging())][-2:] == [
        ("/a.txt", 2),
        ("/b.gz/", 2),
    ]
    wide = "证" + IDENTITY.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    (_, place) = find("x.zip", packed({}, wide), Belonging())
    assert place == NumberPlace(kind=NumberKind.IDENTITY, part="/", line=1)


def test_four_layers_are_unpacked_and_no_more() -> None:
    """Counted along each way in, not over all of them."""
    layers = [f"证{IDENTITY}".encode()]
    for _ in range(5):
        layers.append(bz2.compress(layers[-1]))
    assert [place.kind for place in find("x", layers[4], Belonging())] == [NumberKind.IDENTITY]
    assert [place.kind for place in find("x", layers[5], Belonging())] == [None]
    inner = packed({"a.bz2": bz2.compress(b"x"), "b.bz2": layers[3]})
    assert None in [place.kind for place in find("x.zip", packed({"inner.zip": inner}), Belonging())]
    two = packed({"a.bz2": layers[2], "b.bz2": layers[3]})
    assert None not in [place.kind for place in find("x.zip", two, Belonging())]


def test_printed_pages_are_read_with_what_they_say_of_themselves() -> None:
    """A number on the second page, one in the title."""
    source = f'#set document(title: "{CARD}")\n甲\n#pagebreak()\n乙 {IDENTITY}\n'
    content = typst.compile(source.encode())
    found = [place.kind for place in find("x.pdf", content, Belonging())]
    assert found == [NumberKind.CARD, NumberKind.IDENTITY]


def test_printable_stretches_are_paragraphs() -> None:
    """One byte a character, then two; shorter ones are left out."""
    data = b"\x01abcdefghijk\x02short\x03" + "lmnopqrstuv".encode("utf-16-le") + b"\x04abcdefghij\xff"
    assert printable(data) == "abcdefghijk\n\nlmnopqrstuv"
    assert printable(b"\xff") == ""


def test_a_sheet_s_cells_are_left_to_the_reader() -> None:
    """Not what stands around them, nor their formulas; long parts are read for plain rows of digits."""
    sheet = (
        f'<worksheet><a b="{CARD}"/><sheetData><c><f>"{IDENTITY}"</f><v>{OTHER}</v></c></sheetData>{MOBILE}</worksheet>'
    )
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", sheet.encode()) == {CARD, IDENTITY, MOBILE}
    assert hidden_numbers.in_part("xl/other.xml", sheet.encode()) == {CARD, IDENTITY, OTHER, MOBILE}
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", f"<x>{CARD}</x>".encode()) == {CARD}
    prefixed = f"<x:sheetData><x:c><x:f>{IDENTITY}</x:f><x:v>{OTHER}</x:v></x:c></x:sheetData>"
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", f"<x:s>{prefixed}</x:s>".encode()) == {IDENTITY}
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", f"<x><f/>{CARD}</x>".encode()) == {CARD}
    long = f"<x>{CARD} {cut(OTHER, 6, 8, 4)}</x>".encode() + b" " * (4 << 20)
    assert hidden_numbers.in_part("xl/other.xml", long) == {CARD}
    assert hidden_numbers.in_part("xl/media/a.PNG", b"\x89" + IDENTITY.encode()) == {IDENTITY}


def test_names_and_remarks_of_an_archive_s_parts_are_read() -> None:
    """Each by itself."""
    part = zipfile.ZipInfo(f"{MOBILE}.csv")
    part.comment = IDENTITY.encode()
    assert hidden_numbers.in_directory([part]) == {MOBILE, IDENTITY}
    assert hidden_numbers.in_bytes(b"\x00" + CARD.encode("utf-16-le")) == {CARD}
