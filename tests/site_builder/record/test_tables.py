"""Reading and writing the canonical record."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_campaign import PROJECT, places

from site_builder.model import schemas
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.record.tables import canonical_csv, read_all, read_file, shown_entry

LIAISONS = "content/data/liaisons/220881.csv"


def spoil(root: Path, content: bytes) -> None:
    (root / LIAISONS).write_bytes(content)


def codes(root: Path, known: Schemas) -> set[str]:
    return {problem.code for problem in read_all(root, known).problems if problem.file.startswith(LIAISONS[:-4])}


def test_the_example_reads_without_a_problem(root: Path, known: Schemas) -> None:
    """A sound campaign has nothing to report, and every file is read."""
    reading = read_all(root, known)
    assert reading.problems == []
    assert len(reading.files) == len(list((root / "content/data").rglob("*.csv")))


# Letters in use here from several planes, and all that CSV gives a meaning to.
in_use = (
    st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    | st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
    | st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF)
    | st.sampled_from("，。、；“”’·—…　ǚ①㎡😀")
)
cell = st.text(in_use, max_size=12)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=20))
def test_canonical_bytes_do_not_depend_on_the_order_of_rows(rows: list[list[str]]) -> None:
    """Any order of the same rows gives the same bytes, without a byte order mark or a carriage return."""
    header = ["a", "b", "c"]
    written = canonical_csv(header, rows, ("a", "b", "c"))
    assert written == canonical_csv(header, rows[::-1], ("a", "b", "c"))
    assert written.decode("utf-8").startswith("a,b,c\n")
    assert b"\r" not in written


@given(data=st.data())
def test_what_is_written_is_read_back(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A table of any visible text survives being written and read, and is canonical."""
    table = schemas.load(PROJECT).tables["pilots"]
    visible = cell.map(str.strip)
    row = st.tuples(st.integers(1, 10**6).map(str), visible, visible, visible).map(list)
    rows = data.draw(st.lists(row, max_size=8, unique_by=lambda row: row[0]))
    folder = tmp_path_factory.mktemp("read")
    path = folder / "pilots.csv"
    path.write_bytes(canonical_csv(table.header, rows, table.key))
    file, problems = read_file(folder, path, table)
    assert problems == []
    assert file is not None
    assert sorted(file.rows) == sorted(rows)


@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_problem(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a file holds, reading it ends in rows or in a problem, never in an exception."""
    table = schemas.load(PROJECT).tables["pilots"]
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / "pilots.csv"
    path.write_bytes(content)
    file, problems = read_file(folder, path, table)
    assert (file is None) == any(problem.is_error for problem in problems)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda text: b"", "file-empty"),
        (lambda text: b" \n\n", "file-empty"),
        (lambda text: text.encode("gb18030"), "file-encoding-gbk"),
        (lambda text: text.encode("utf-16"), "file-encoding"),
        (lambda text: b"PK\x03\x04" + b"\x00" * 40, "file-workbook"),
        (lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-workbook"),
        (lambda text: text.replace("village_code,", "").encode(), "header-missing"),
        (lambda text: text.replace("village_code", "vilage_code").encode(), "header-unknown"),
        (lambda text: text.replace(",", "\t").encode(), "file-separator"),
        (lambda text: text.replace(",", "，").encode(), "file-separator"),
        (lambda text: (text + "," * 11 + "\n").encode(), "file-not-canonical"),
        (lambda text: text.replace("village_code,", "village_code,extra,").encode(), "header-unknown"),
        (lambda text: text.replace("from_date,to_date", "to_date,from_date").encode(), "header-order"),
        (lambda text: text.replace("role,work_phone", "role,role,work_phone").encode(), "header-repeated"),
        (lambda text: text.replace("欧阳䶮,", "欧阳䶮").encode(), "row-length"),
        (lambda text: text.replace("欧阳䶮", "欧阳\u200b䶮").encode(), "cell-invisible"),
        (lambda text: text.replace("欧阳䶮", "欧阳\u202e䶮").encode(), "cell-invisible"),
        (lambda text: text.replace("欧阳䶮", '"欧阳\n䶮"').encode(), "cell-invisible"),
        (lambda text: text.replace("欧阳䶮", "欧阳䶮 ").encode(), "cell-spaces"),
        (lambda text: text.replace("欧阳䶮", "\u3000欧阳䶮").encode(), "cell-spaces"),
        (lambda text: text.replace("欧阳䶮", '"欧阳䶮').encode(), "file-not-csv"),
        (lambda text: text.replace("\n", "\r\n").encode(), "file-not-canonical"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "file-not-canonical"),
        (lambda text: (text + "\n").encode(), "file-not-canonical"),
        (lambda text: "\n".join([*text.splitlines()[:1], *text.splitlines()[:0:-1]]).encode(), "file-not-canonical"),
    ],
)
def test_damage_is_named(root: Path, known: Schemas, damage: object, code: str) -> None:
    """Each way to spoil a file has its own code, and nothing else is said of it."""
    spoil(root, damage((root / LIAISONS).read_text(encoding="utf-8")))  # type: ignore[operator]
    assert codes(root, known) == {code}


def test_a_cell_is_named_by_its_address(root: Path, known: Schemas) -> None:
    """A fault of a cell carries the address a spreadsheet shows."""
    text = (root / LIAISONS).read_text(encoding="utf-8")
    spoil(root, text.replace("朴银姬", "朴银姬 ").encode())
    assert places(read_all(root, known).problems, "cell-spaces") == [(LIAISONS, "D3")]


def test_private_text_is_not_repeated(root: Path, known: Schemas) -> None:
    """A fault in an internal column does not show what stood there."""
    text = (root / LIAISONS).read_text(encoding="utf-8")
    spoil(root, text.replace("核验甲", "核验甲 ", 1).encode())
    (problem,) = read_all(root, known).problems
    assert problem.entered == "（内容不显示）"


def test_a_period_is_nobody_s_secret(known: Schemas) -> None:
    """Of what is not for the public, only what somebody worded is about a person: a code, a number, a day is shown."""
    shown = {name: shown_entry(known.tables["indicators"].field(name), "2018") for name in ("period", "self_value")}
    assert shown == {"period": "2018", "self_value": "2018"}
    assert shown_entry(known.tables["village_surveys"].field("note"), "王家") == "（内容不显示）"
    assert shown_entry(known.tables["liaisons"].field("work_phone"), "0436-0000001") == "（内容不显示）"


def test_a_name_stands_in_the_letters_of_its_people(root: Path, known: Schemas) -> None:
    """Uyghur, Kazakh and Mongolian names are no fault; a word in two scripts is one, as is such a word elsewhere."""
    text = (root / LIAISONS).read_text(encoding="utf-8")
    for name in ("ئەخمەت", "Нұрлан Әбілқасым", "ᠪᠠᠲᠤ"):
        spoil(root, text.replace("朴银姬", name).encode())
        assert codes(root, known) == set()
    spoil(root, text.replace("朴银姬", "李а花").encode())
    assert codes(root, known) == {"cell-lookalike"}
    spoil(root, text.replace("样例法律援助中心", "Нұрлан", 1).encode())
    assert codes(root, known) == {"cell-lookalike"}


def test_a_rare_character_is_no_fault(root: Path, known: Schemas) -> None:
    """Names may hold characters newer than the Unicode tables of this Python."""
    text = (root / LIAISONS).read_text(encoding="utf-8")
    spoil(root, text.replace("欧阳䶮", "欧阳𬭎\U000323b0").encode())
    assert codes(root, known) == set()


@pytest.mark.parametrize(
    "name",
    [
        "liaison/220881.csv",
        "liaisons/220881.xlsx",
        "liaisons/220881(1).csv",
        "liaisons/~$220881.csv",
        "notes.txt",
        "liaisons/a/220881.csv",
    ],
)
def test_a_file_that_no_table_claims_is_named(root: Path, known: Schemas, name: str) -> None:
    """A misspelt folder or a workbook left beside the tables does not vanish unseen."""
    path = root / "content/data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert places(read_all(root, known).problems, "file-unexpected") == [(f"content/data/{name}", "")]


def test_a_folder_or_a_dead_link_named_like_a_table_is_named(root: Path, known: Schemas) -> None:
    """What cannot be read as a file is a problem, not a traceback."""
    (root / "content/data/liaisons/220104.csv").mkdir()
    (root / "content/data/needs/220104.csv").symlink_to("nowhere")
    assert places(read_all(root, known).problems, "file-unexpected") == [
        ("content/data/liaisons/220104.csv", ""),
        ("content/data/needs/220104.csv", ""),
    ]


@pytest.mark.parametrize("name", ["counties.csv", "divisions.csv"])
def test_a_missing_table_is_named(root: Path, known: Schemas, name: str) -> None:
    """A table without its file is an error."""
    (root / "content/data" / name).unlink()
    assert places(read_all(root, known).problems, "file-missing") == [(f"content/data/{name}", "")]


def test_tables_has_one_way_to_write() -> None:
    """Quotes only where they are needed, and a final line end."""
    assert tables.canonical_csv(["a", "b"], [["2", "x,y"], ["1", ""]], ("a",)) == b'a,b\n1,\n2,"x,y"\n'


@pytest.mark.parametrize("character", "\x00\x1f\x85\xad\u061c\u115f\u200b\u200d\u202e\u2066\u3164\ufeff\U000e0041")
def test_an_invisible_character_is_named_by_its_number(root: Path, known: Schemas, character: str) -> None:
    """Whatever cannot be seen is refused, and said by its code point."""
    text = (root / LIAISONS).read_text(encoding="utf-8")
    spoil(root, text.replace("欧阳䶮", f"欧阳{character}䶮").encode("utf-8"))
    (problem,) = read_all(root, known).problems
    assert (problem.code, problem.details["point"]) == ("cell-invisible", f"U+{ord(character):04X}")


@pytest.mark.parametrize("name", [LIAISONS, "content/data/needs/220104.csv", "content/data/cases.csv"])
@pytest.mark.parametrize("draft", [b"", b"village_code\n", b"PK\x03\x04"])
@pytest.mark.parametrize("standing", [b"", b"\xff", None])
def test_drafts_are_read_as_if_they_stood_there(
    root: Path, known: Schemas, name: str, draft: bytes, standing: bytes | None
) -> None:
    """A draft over a file, beside the files or instead of a faulty one reads as it will once it is written."""
    if standing is not None:
        spoil(root, standing)
    table = known.tables[name.split("/")[2].removesuffix(".csv")]
    content = draft or canonical_csv(table.header, [], table.key)
    drafted = tables.overlaid(known, read_all(root, known), tables.read_drafts(root, known, {name: content}))
    (root / name).write_bytes(content)
    written = read_all(root, known)
    assert drafted.files == written.files
    assert sorted(drafted.problems, key=str) == sorted(written.problems, key=str)
