"""Hostile files: each is refused before a parser meets it, and whatever a parser does, the reader lives on."""

import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from sent_files import LINKS, parts_of, problem_of, received, refused, sent, with_parts, xlsx_of, zipped

from site_builder.untrusted_files import child, reading
from site_builder.untrusted_files.messages import RefusalMessage

MEBIBYTE = 1 << 20
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods_of(rows: str, before: str = "") -> bytes:
    """A smallest .ods workbook."""
    spaces = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def last_word(suffix: str, content: bytes) -> str:
    """The code for which bytes are refused, in this process; at most 64 MiB are taken for it."""
    tracemalloc.start()
    try:
        *_, last = child.messages(suffix, content)
        assert tracemalloc.get_traced_memory()[1] < 64 * MEBIBYTE
    finally:
        tracemalloc.stop()
    return last.code if isinstance(last, RefusalMessage) else ""


def bomb(part: str) -> bytes:
    """An archive of 2 MiB with a part of 2 GiB: one deflated piece of zeros, 2048 times over."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    piece = deflate.compress(bytes(MEBIBYTE)) + deflate.flush(zlib.Z_FULL_FLUSH)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(part, piece * 2048 + b"\3\0")
    content = bytearray(out.getvalue())
    for header, method, size in ((content.index(b"PK\3\4"), 8, 22), (content.index(b"PK\1\2"), 10, 24)):
        content[header + method] = zipfile.ZIP_DEFLATED
        content[header + size : header + size + 4] = struct.pack("<I", 2048 * MEBIBYTE)
    return bytes(content)


@pytest.fixture(scope="module")
def two_gibibytes() -> bytes:
    return bomb("xl/workbook.xml")


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".zip", ".csv", ".xls"])
def test_a_zip_bomb_is_refused_by_its_directory(suffix: str, two_gibibytes: bytes) -> None:
    """2 MiB that would unpack to 2 GiB: the sizes in the directory are added up, nothing is unpacked."""
    assert len(two_gibibytes) < 3 * MEBIBYTE
    assert last_word(suffix, two_gibibytes) == "file-too-heavy"


def test_a_bomb_with_a_false_size_is_refused(two_gibibytes: bytes) -> None:
    """The same bomb with a directory that says 100 bytes: unpacking stops at the 101st."""
    lying = bytearray(two_gibibytes)
    entry = lying.rindex(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = struct.pack("<I", 100)
    assert last_word(".xlsx", bytes(lying)) == "file-forged"


def test_a_part_listed_twice_is_refused() -> None:
    """Two entries of the directory that share their bytes, and two parts of one name."""
    whole = bytearray(zipped({"xl/workbook.xml": "<a/>", "xl/workbooj.xml": "<a/>"}))
    second = whole.rindex(b"PK\x01\x02")
    overlapping = bytearray(whole)
    overlapping[second + 42 : second + 46] = bytes(4)
    assert last_word(".xlsx", bytes(overlapping)) == "file-forged"
    assert last_word(".xlsx", bytes(whole).replace(b"workbooj", b"WORKBOOK")) == "file-forged"


def test_an_archive_behind_something_else_is_refused() -> None:
    """Bytes before the first part may be another archive, for another reader."""
    assert last_word(".xlsx", xlsx_of() + xlsx_of()) == "file-forged"


def test_a_wrong_checksum_is_refused() -> None:
    """A part that is not what it was when it was packed."""
    content = bytearray(xlsx_of())
    content[content.index(b"PK\x01\x02") + 16] ^= 1
    assert last_word(".xlsx", bytes(content)) in ("file-forged", "file-unreadable")


def test_a_locked_archive_is_reported() -> None:
    """A flag says that a part is encrypted."""
    content = bytearray(xlsx_of())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert last_word(".xlsx", bytes(content)) == "file-encrypted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "customXml/a.xml", "a/b.rels"])
def test_declarations_are_refused(part: str, encoding: str) -> None:
    """A document type, with entities or without, in any part and encoding: entities multiply, or fetch files."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert last_word(".xlsx", with_parts({part: xml.encode(encoding)})) == "file-forged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_declarations_in_drawings_are_refused(encoding: str) -> None:
    """Excel's VML need not be XML; declarations are not in it all the same."""
    assert last_word(".xlsx", with_parts({"xl/a.vml": "<!doctype x><br>".encode(encoding)})) == "file-forged"


def test_a_drawing_that_is_no_xml_is_fine(tmp_path: Path) -> None:
    """Excel writes <br> without an end into VML."""
    assert received(tmp_path, "报表.xlsx", with_parts({"xl/a.vml": "<xml><br></xml>"})).sheets[0].rows == [[1]]


@pytest.mark.parametrize("xml", ["<a>", "<a></b>", "", "kein", "<a b=c/>", "<a>&b;</a>", "<a>\x01</a>"])
def test_bad_xml_is_refused(xml: str) -> None:
    """Parts that are not well-formed."""
    assert last_word(".xlsx", with_parts({"xl/styles.xml": xml})) == "file-unreadable"


def test_another_encoding_is_refused() -> None:
    """A sheet in UTF-16 would be read as empty."""
    xml = str(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')["xl/worksheets/sheet1.xml"])
    assert last_word(".xlsx", with_parts({"xl/worksheets/sheet1.xml": xml.encode("utf-16")})) == "file-unreadable"


def test_deep_xml_is_refused() -> None:
    """A hundred thousand elements, each within the other, in a sheet and in any other part."""
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert last_word(".xlsx", with_parts({"xl/styles.xml": deep})) == "file-forged"
    assert last_word(".xlsx", xlsx_of(deep)) == "file-forged"


def test_broad_xml_is_not_deep(tmp_path: Path) -> None:
    """A hundred thousand elements side by side, closed in either way, are no depth; nor are comments."""
    broad = "<a/><b></b><!-- c -->" * 100_000
    assert received(tmp_path, "报表.xlsx", xlsx_of(after=f"<x>{broad}</x>")).sheets[0].rows == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [("XFD1048576", "XFD1048576"), ("A200001", "A200001"), ("IW1", "IW1"), ("A1000000", "A1000000")],
)
def test_a_cell_far_off_is_named(cell: str, said: str, tmp_path: Path) -> None:
    """One filled cell behind row 200,000 or column 256 would make the whole area be held in memory."""
    row = "".join(filter(str.isdigit, cell))
    content = xlsx_of(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>')
    problem = problem_of(sent(tmp_path, "报表.xlsx", content))
    assert (problem.code, problem.sheet, problem.cell) == ("sheet-far-cell", "表", said)
    assert last_word(".xlsx", content) == "sheet-far-cell"


@pytest.mark.parametrize("cell", ["A200000", "IV1"])
def test_the_last_cell_within_bounds_is_read(cell: str, tmp_path: Path) -> None:
    """Row 200,000 and column 256 are still read."""
    content = xlsx_of(f'<row><c r="{cell}"><v>1</v></c></row>')
    assert received(tmp_path, "报表.xlsx", content).sheets[0].rows[-1][-1] == 1


def test_a_far_cell_reported_in_another_way_is_named() -> None:
    """Cells that are counted instead of named: the row says where they are."""
    content = xlsx_of('<row r="300000"><c><v>1</v></c></row>')
    assert last_word(".xlsx", content) == "sheet-far-cell"


def test_a_row_of_100_000_columns_is_refused(tmp_path: Path) -> None:
    """In a workbook, with addresses or without, and in a text file."""
    counted = xlsx_of("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>")
    assert refused(tmp_path, "报表.xlsx", counted) == "sheet-far-cell"
    assert refused(tmp_path, "报表.csv", b"1," * 100_000) == "sheet-far-cell"
    assert refused(tmp_path, "报表.zip", zipped({"a.csv": b"1," * 100_000})) == "sheet-far-cell"


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    """Two cells that span twenty million others, all within bounds."""
    content = xlsx_of('<row><c r="A1"><v>1</v></c><c r="CV190000"><v>1</v></c></row>')
    assert refused(tmp_path, "报表.xlsx", content) == "file-too-heavy"


class TestOds:
    """What an .ods workbook can hide."""

    CELL = '<table:table-cell office:value-type="float" office:value="1"/>'

    def test_a_sound_one_is_read(self, tmp_path: Path) -> None:
        """Empty rows and cells are repeated a million times in every file of LibreOffice."""
        rows = (
            f'<table:table-row>{self.CELL}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
        )
        assert received(tmp_path, "报表.ods", ods_of(rows)).sheets[0].rows == [[1]]

    @pytest.mark.parametrize(
        ("rows", "cell"),
        [
            (
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
                'office:value="1"/></table:table-row>',
                "A1000000",
            ),
            (
                '<table:table-row><table:table-cell office:value-type="float" office:value="1" '
                'table:number-columns-repeated="16000"/></table:table-row>',
                "WQJ1",
            ),
        ],
    )
    def test_what_is_repeated_too_often_is_named(self, rows: str, cell: str, tmp_path: Path) -> None:
        """A filled cell or row that stands for a million others."""
        problem = problem_of(sent(tmp_path, "报表.ods", ods_of(rows)))
        assert (problem.code, problem.sheet, problem.cell) == ("sheet-far-cell", "表", cell)

    def test_links_and_locks_are_refused(self, tmp_path: Path) -> None:
        """Cells that come from another file, and a manifest with a key."""
        link = '<table:table-source xlink:href="x"/>'.replace("xlink:", "office:")
        assert refused(tmp_path, "a.ods", ods_of("", before=link)) == "file-linked"
        locked = zipped({"mimetype": ODS, "content.xml": "<x/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"})
        assert refused(tmp_path, "b.ods", locked) == "file-encrypted"


class TestChild:
    """The process that reads may come to any grief."""

    def test_memory_is_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A workbook whose cells repeat one long text: more than the child may take, so it ends, and we do not."""
        parts = parts_of("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_001)))
        parts["xl/sharedStrings.xml"] = f"<sst><si><t>{'长' * 20_000}</t></si></sst>"
        parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
            "</Relationships>",
            f'<Relationship Id="s" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        monkeypatch.setattr(reading, "SECONDS", 600)
        assert refused(tmp_path, "报表.xlsx", zipped(parts)) == "file-too-heavy"

    @pytest.mark.parametrize("deed", ["import os; os.abort()", "raise SystemExit(3)", "while True: pass", "print('x')"])
    def test_whatever_happens_there_is_a_problem(
        self, deed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It aborts, ends early, never ends or talks nonsense, once it has begun."""
        monkeypatch.setattr(reading, "_CHILD", f"print(flush=True)\n{deed}")
        monkeypatch.setattr(reading, "SECONDS", 1)
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "file-too-heavy"

    def test_one_that_cannot_begin_says_nothing_of_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A part of the software that is missing, or no room for a process: the file was never looked at."""
        monkeypatch.setattr(reading, "_CHILD", "import no_such_module")
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "return-failed"
        monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-program"))
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "return-failed"

    def test_its_processor_time_is_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What goes on working is ended by the system, long before the clock ends it."""
        monkeypatch.setattr(reading, "SECONDS", 600)
        limits = "import sys; sys.path.insert(0, sys.argv[1]); from site_builder.untrusted_files import child; "
        deed = "child.limits.PROCESSOR_SECONDS = 1; child.limits.limit_itself(); print(flush=True)\nwhile True: pass"
        monkeypatch.setattr(reading, "_CHILD", limits + deed)
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "file-too-heavy"

    @pytest.mark.parametrize(
        "sent",
        [
            b"\x80\x05c__builtin__\neval\n.",
            b'{"kind":"facts","encoding":7}',
            b'{"kind":"facts","path":"/etc/passwd"}',
            b'{"kind":"fact"}',
            b'{"kind":"rows","rows":[["a"]]}',
            b'{"kind":"sheet"}\n{"kind":"rows","rows":[[{"day":1}]]}',
            b'{"kind":"sheet"}\n{"kind":"rows","rows":[[null]],"days":[[0,1,"2018-03-05"]]}',
            b'{"kind":"sheet"}\n{"kind":"rows","rows":[[null]],"days":[[-1,0,"2018-03-05"]]}',
            b'{"kind":"sheet"}\n{"kind":"rows","rows":[[null]],"days":[[0,0,"2018-13-45"]]}',
            b'{"kind":"sheet","formulas":[[1,"2"]]}',
            b'{"kind":"refusal","code":"no-such-code","details":{}}',
            b'{"kind":"refusal","code":"sheet-far-cell","details":{}}',
            b'{"kind":"refusal","code":"file-kind-differs","details":{"kind":"no such kind"}}',
            b"[" * 100_000,
        ],
    )
    def test_what_is_no_message_is_a_refusal(
        self, sent: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Code, wrong types, fields too many, rows without a sheet, days out of place, sentences not filled."""
        self.let_it_tell(sent, monkeypatch)
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "file-too-heavy"

    def test_what_is_a_message_is_taken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: a sheet with a day, a time and a number in their places."""
        rows = b'{"kind":"rows","rows":[[null,1,null]],"days":[[0,0,"2018-03-05"]],"times":[[0,2,"08:30:00"]]}'
        self.let_it_tell(b'{"kind":"sheet"}\n' + rows, monkeypatch)
        assert received(tmp_path, "报表.xlsx", xlsx_of()).sheets[0].rows == [[date(2018, 3, 5), 1, time(8, 30)]]

    @staticmethod
    def let_it_tell(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        """A process that says that and the facts, and reads nothing."""
        whole = sent + b'\n{"kind":"facts"}\n'
        monkeypatch.setattr(reading, "_CHILD", f"import sys; sys.stdout.buffer.write({whole!r})")

    def test_it_says_no_more_than_it_may(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What would be longer ends as too heavy, and nothing of the piece that is too long is said."""
        whole = b"".join(child.pieces(".xlsx", xlsx_of()))
        monkeypatch.setattr(child, "MOST_REPORTED", len(whole) - 1)
        said = b"".join(child.pieces(".xlsx", xlsx_of()))
        assert b"file-too-heavy" in said.splitlines()[-1]
        assert whole.startswith(b"".join(said.splitlines(keepends=True)[:-1]))

    def test_it_is_not_listened_to_for_ever(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of one that never stops talking only so much is heard, and it is ended before its time is up."""
        monkeypatch.setattr(reading, "MOST_REPORTED", 1 << 20)
        monkeypatch.setattr(reading, "SECONDS", 600)
        monkeypatch.setattr(reading, "_CHILD", "import sys\nwhile True: sys.stdout.write('x' * 65536)")
        assert refused(tmp_path, "报表.xlsx", xlsx_of()) == "file-too-heavy"

    def test_it_runs_from_anywhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Modules in the current folder are not those that it loads."""
        monkeypatch.chdir(tmp_path)
        for module in ("csv", "zipfile", "python_calamine", "yaml"):
            sent(tmp_path, f"{module}.py", b"raise SystemExit")
        assert received(tmp_path, "报表.xlsx", with_parts({})).sheets[0].rows == [[1]]

    def test_it_loads_little(self) -> None:
        """The checker and the typesetter are not loaded to read a file."""
        code = "import sys; import site_builder.untrusted_files.child; print(*sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
        assert not {"frictionless", "openpyxl", "typst", "jinja2", "pydantic", "site_builder.model.forms"} & set(loaded)
