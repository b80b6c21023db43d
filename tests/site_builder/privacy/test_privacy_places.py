"""Where in a file of any kind a personal number stands, and which of them belong there."""

import bz2
import csv
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder.model import schemas
from site_builder.privacy import readable
from site_builder.privacy.finder import NumberKind
from site_builder.privacy.places import Belonging, NumberPlace, find, mobiles, phone_columns
from site_builder.shared import typesetting

IDENTITY, CARD, MOBILE = "11010519491231002X", "6222021234567890128", "13812345678"
NOWHERE = Belonging()


def kinds(name: str, data: bytes, belonging: Belonging = NOWHERE) -> list[NumberKind | None]:
    return [place.kind for place in find(name, data, belonging)]


def packed(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def test_a_number_is_reported_by_its_line() -> None:
    """Lines count from 1, on both sides of a long text."""
    text = "第一行\n" + "文字" * 200 + f"\n身份证{IDENTITY}\n" + "。" * 300 + f"\n\n卡{CARD}\n"
    assert find("a.md", text.encode(), NOWHERE) == [
        NumberPlace(kind=NumberKind.IDENTITY, line=3),
        NumberPlace(kind=NumberKind.CARD, line=6),
    ]


def test_a_cell_is_reported_by_its_line_and_column() -> None:
    """With the head of its column; a number in a head has none."""
    data = f'name,note\n甲,"两\n行"\n乙,证{IDENTITY}\n'.encode()
    assert find("data/a.csv", data, NOWHERE) == [NumberPlace(kind=NumberKind.IDENTITY, line=4, column=2, field="note")]
    head = f"name,{IDENTITY}\n".encode()
    assert find("a.csv", head, NOWHERE) == [NumberPlace(kind=NumberKind.IDENTITY, line=1, column=2)]


def test_cells_beyond_the_heads_are_looked_at() -> None:
    """A row may be longer than the heads; three cells of an identity number are named by the first."""
    data = f"a,b\n1,2,{IDENTITY}\n110105,19491231,002X\n".encode()
    assert find("a.csv", data, NOWHERE) == [
        NumberPlace(kind=NumberKind.IDENTITY, line=2, column=3),
        NumberPlace(kind=NumberKind.IDENTITY, line=3, column=1, field="a"),
    ]


def test_a_mobile_belongs_in_a_column_of_phones() -> None:
    """Anything else than a mobile does not, and a mobile in a note does not."""
    belonging = Belonging(columns=frozenset({"work_phone", "工作电话"}))
    rows = f"name,work_phone,note\n甲,{MOBILE},\n乙,{IDENTITY},\n丙,,{MOBILE}\n".encode()
    assert [(place.kind, place.line) for place in find("a.csv", rows, belonging)] == [
        (NumberKind.IDENTITY, 3),
        (NumberKind.MOBILE, 4),
    ]
    assert kinds("a.csv", f"工作电话\n{MOBILE}\n".encode(), belonging) == []


def test_a_table_is_known_by_its_header_without_a_name() -> None:
    """As a git object has none; a text with a comma in its first line is no table."""
    belonging = Belonging(columns=frozenset({"work_phone"}))
    assert kinds("", f"village_code,work_phone\n220881100201,{MOBILE}\n".encode(), belonging) == []
    assert kinds("", f"\ufeffname,work_phone\r\n甲,{MOBILE}\r\n".encode(), belonging) == []
    assert kinds("", f"Dear all,\nwork_phone {MOBILE}\n".encode(), belonging) == [NumberKind.MOBILE]


def test_a_broken_table_is_read_as_a_text() -> None:
    """A field longer than the csv module takes does not hide what follows."""
    data = ("a,b\n" + "x" * 200_000 + f"\n{IDENTITY}\n").encode()
    before = csv.field_size_limit(131_072)  # Python's own; some libraries raise it for the whole process
    try:
        assert readable.as_table("a.csv", data.decode()) is None
        assert kinds("a.csv", data) == [NumberKind.IDENTITY]
    finally:
        csv.field_size_limit(before)


def test_named_mobiles_belong_anywhere() -> None:
    """Those that were published, in whatever form; never an identity number."""
    belonging = Belonging(mobiles=mobiles(["138-1234-5678", "0436-0000101", IDENTITY]))
    assert belonging.mobiles == {MOBILE}
    assert kinds("a.html", f"<p>+86 {MOBILE}</p><p>{IDENTITY}</p>".encode(), belonging) == [NumberKind.IDENTITY]
    assert kinds("a.html", b"tel:8613812345678", belonging) == []
    assert kinds("a.csv", f"a,b\n1,{MOBILE}\n".encode(), belonging) == []
    assert kinds("a.csv", b"a,b\n1,13912345678\n", belonging) == [NumberKind.MOBILE]


def test_the_columns_of_phones_are_those_of_the_schemas() -> None:
    """By name and by title; consent and the manner of publication are no phones."""
    columns = phone_columns(schemas.load(PROJECT))
    assert {"work_phone", "phone", "office_phone", "supervision_phone", "工作电话"} <= columns
    assert not {"phone_consent", "phone_publication"} & columns


def test_names_are_looked_at() -> None:
    """A file may be named after a person."""
    assert find(f"content/{IDENTITY}.md", b"", NOWHERE) == [NumberPlace(kind=NumberKind.IDENTITY)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_is_read(encoding: str) -> None:
    """Full-width digits are more than one byte in each."""
    text = "身份证" + IDENTITY.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert kinds("a.txt", text.encode(encoding)) == [NumberKind.IDENTITY]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read(pack: object) -> None:
    """Also one in another."""
    text = f"证{IDENTITY}".encode()
    assert kinds("a", pack(text)) == [NumberKind.IDENTITY]  # type: ignore[operator]
    assert kinds("a", pack(gzip.compress(text))) == [NumberKind.IDENTITY]  # type: ignore[operator]


def test_archives_are_read_with_names_and_remarks() -> None:
    """The part is reported; a table in an archive is a table."""
    data = packed({"in/a.csv": f"work_phone\n{MOBILE}\n{CARD}\n".encode()}, f"证{IDENTITY}".encode())
    belonging = Belonging(columns=frozenset({"work_phone"}))
    found = find("x.zip", data, belonging)
    assert NumberPlace(kind=NumberKind.CARD, part="/in/a.csv", line=3, column=1, field="work_phone") in found
    assert {place.kind for place in found} == {NumberKind.CARD, NumberKind.IDENTITY}
    assert NumberKind.MOBILE in kinds("x.zip", packed({f"{MOBILE}.txt": b""}))
    assert kinds("x.zip", packed({})) == []


def test_what_is_locked_damaged_or_too_deep_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be looked through is never passed as clean."""
    good = packed({"a.txt": b"x" * 5000})
    assert kinds("x.zip", good[: len(good) // 2]) == [None]
    assert kinds("x.gz", gzip.compress(b"x" * 5000)[:-9]) == [None]
    assert kinds("x.xz", lzma.compress(b"x" * 5000)[:-9]) == [None]
    assert kinds("x.pdf", b"%PDF-1.7 nothing") == [None]
    nested = b"x"
    for _ in range(6):
        nested = gzip.compress(nested)
    assert kinds("x", nested) == [None]
    monkeypatch.setattr(readable, "MOST_UNPACKED", 4999)
    assert kinds("x.zip", good) == [None]
    monkeypatch.setattr(readable, "MOST_UNPACKED", 5000)
    assert kinds("x.zip", good) == []


def test_many_archives_side_by_side_are_not_deep() -> None:
    """Only those within one another count."""
    inner = packed({"a": b"1"})
    assert kinds("x.zip", packed({f"{number}.zip": inner for number in range(9)})) == []


def test_printed_pages_are_read() -> None:
    """A PDF's text, whatever its streams look like."""
    letter = {"title": "通知", "county": "洮南市"}
    del letter
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    assert kinds("x.pdf", out.getvalue()) == []
    assert typesetting


def test_binary_files_are_read_between_their_bytes() -> None:
    """One byte a character or two."""
    noise = bytes(range(256))
    assert kinds("x.bin", noise + IDENTITY.encode() + noise) == [NumberKind.IDENTITY]
    assert kinds("x.xls", noise + IDENTITY.encode("utf-16-le") + noise) == [NumberKind.IDENTITY]
    assert kinds("x.bin", noise * 20) == []
    assert kinds("x.txt", b"\xff\xff " + IDENTITY.encode()) == [NumberKind.IDENTITY]  # text in no encoding


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{IDENTITY[:6]}<b>{IDENTITY[6:]}</b></p>",
        f"<a:r><a:t>{IDENTITY[:4]}</a:t></a:r><a:r><a:t>{IDENTITY[4:]}</a:t></a:r>",
        f"{IDENTITY[:6]}<!-- x -->{IDENTITY[6:]}",
        f"{IDENTITY[:6]}&nbsp;{IDENTITY[6:14]}&nbsp;{IDENTITY[14:]}",
        f'{{"a": "{IDENTITY[:6]}\\n{IDENTITY[6:]}"}}',
        f"\\x31{IDENTITY[1:]}",
        f"\\u{{0031}}{IDENTITY[1:]}",
    ],
)
def test_what_markup_cuts_is_read_in_one(text: str) -> None:
    """Inline tags, comments, entities, escapes."""
    assert kinds("a.txt", text.encode()) == [NumberKind.IDENTITY]


@pytest.mark.parametrize(
    "text",
    [
        f"<tr><td>{IDENTITY[:6]}</td></tr>\n<tr><td>{IDENTITY[6:]}</td></tr>",
        f"<p>{IDENTITY[:6]}</p>\n<p>{IDENTITY[6:]}</p>",
        f'<i data-a="{IDENTITY[:6]}">{IDENTITY[6:]}</i>',
    ],
)
def test_what_stands_apart_is_not_joined(text: str) -> None:
    """Rows, paragraphs, and what a tag says of itself; cells of one row are read as those of a table."""
    assert kinds("a.html", text.encode()) == []


def test_a_line_is_reported_behind_tags_of_several_lines() -> None:
    """A tag may reach over line ends."""
    text = f"<div\n class='a'\n>\n{IDENTITY[:6]}<b>{IDENTITY[6:]}</b></div>"
    assert find("a.html", text.encode(), NOWHERE) == [NumberPlace(kind=NumberKind.IDENTITY, line=4)]


def test_our_own_modules_hold_none() -> None:
    """The detector's code is not its own finding."""
    for path in sorted((PROJECT / "site_builder" / "privacy").glob("*.py")):
        assert find(path.name, path.read_bytes(), NOWHERE) == []
    assert Path(readable.__file__).exists()
