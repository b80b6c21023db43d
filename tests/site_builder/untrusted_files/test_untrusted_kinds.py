"""What is taken by name and by content, and what is said of the rest."""

import os
from pathlib import Path

import pytest
from sent_files import converted, of_cells, parts_of, problem_of, received, refused, sent, with_parts, zipped

from site_builder.shared.problems import catalogue, remedy, sentence
from site_builder.untrusted_files.reading import words

WORKBOOK = of_cells([["村代码", "姓名"]])
CSV = "村代码,姓名\n220881100201,李春花\n".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".xlsm", "宏"),
        (".xltx", "模板"),
        (".et", "WPS 表格"),
        (".ets", "WPS 表格"),
        (".wps", "WPS 文字"),
        (".pdf", "PDF"),
        (".doc", "Word"),
        (".docx", "Word"),
        (".jpg", "图片"),
        (".numbers", "Numbers"),
        (".xlsb", "二进制"),
        (".fods", "XML"),
        (".rar", "压缩包"),
        (".txt", "纯文本"),
        (".exe", "认不出来"),
        ("", "没有结尾"),
    ],
)
def test_other_files_are_refused_by_name(suffix: str, said: str, tmp_path: Path) -> None:
    """Whatever is in it: the ending tells what it is and what to do instead."""
    problem = problem_of(sent(tmp_path, f"报表{suffix}", WORKBOOK))
    assert problem.code == "file-kind-unknown"
    assert said in sentence(problem)
    assert any(way in remedy(problem) for way in ("xlsx", "里面的文件", "填到填报表里"))


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("报表.csv", WORKBOOK, ".xlsx"),
        ("报表.xls", WORKBOOK, ".xlsx"),
        ("报表.ods", WORKBOOK, ".xlsx"),
        ("报表.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("报表.xls", CSV, "纯文本"),
        ("报表.xlsx", CSV, "纯文本"),
        ("报表.xlsx", b"%PDF-1.7\n", "PDF"),
        ("报表.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("报表.xlsx", zipped({"word/document.xml": "<w/>"}), "Word"),
        ("报表.xlsx", zipped({"xl/workbook.bin": b""}), ".xlsb"),
        ("报表.xlsx", zipped({"Index/Document.iwa": b""}), "Numbers"),
        ("报表.xlsx", zipped({"a.csv": CSV}), "压缩包"),
        ("报表.xlsx", b"\x00\x01\x02\xff" * 9, "认不出来"),
        ("报表.xls", b"\x09\x04\x06\x00\x00\x04\x10\x00", "二十多年前"),
        ("报表.xls", b"\x09\x08\x08\x00\x00\x05\x05\x00" + bytes(8), "二十多年前"),
        ("报表.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet-template"}), "模板"),
        ("报表.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "Word"),
        ("报表.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        ("报表.xlsx", b"\0\0\0\x18ftypheic" + bytes(40), "图片"),
        ("报表.xlsx", b"RIFF\x40\0\0\0WEBPVP8 " + bytes(40), "图片"),
        ("报表.xlsx", b"BM\x3c\x01\0\0" + bytes(60), "图片"),
        ("报表.xlsx", b"II*\0" + bytes(60), "图片"),
        ("报表.csv", b"<?xml version='1.0'?><Workbook/>", "XML"),
        ("报表.csv", b"Rar!\x1a\x07\x00", "压缩包"),
        ("报表.zip", WORKBOOK, ".xlsx"),
    ],
)
def test_a_name_that_lies_is_reported(name: str, content: bytes, found: str, tmp_path: Path) -> None:
    """The name's ending and the first bytes must agree; else the file is called what it is."""
    problem = problem_of(sent(tmp_path, name, content))
    assert (problem.code, problem.file) == ("file-kind-differs", name)
    assert found in sentence(problem)
    assert remedy(problem).endswith("。")


@pytest.mark.needs("libreoffice-calc")
def test_an_old_workbook_called_xlsx_is_reported(tmp_path: Path) -> None:
    """.xls renamed to .xlsx is refused as what it is."""
    problem = problem_of(sent(tmp_path, "报表.xlsx", converted(WORKBOOK, "xls", tmp_path)))
    assert problem.code == "file-kind-differs"
    assert "旧版" in sentence(problem)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报表.xlsx", with_parts({"xl/vbaProject.bin": b"x"})),
        ("报表.xlsx", with_parts({"xl/macrosheets/sheet1.xml": "<x/>"})),
        ("报表.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "Basic/a.xml": "<a/>"})),
    ],
)
def test_programs_are_refused(name: str, content: bytes, tmp_path: Path) -> None:
    """A workbook with macros is not opened, whatever its name."""
    assert refused(tmp_path, name, content) == "file-macros"


def compound(*names: str) -> bytes:
    """An OLE file of two sectors with these streams, all empty."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + (len(name) * 2 + 2).to_bytes(2, "little") + b"\0" * 62
        for name in ("Root Entry", *names)
    )
    entries += b"\0" * (-len(entries) % 512)
    free, end, table = (0xFFFFFFFF).to_bytes(4, "little"), (0xFFFFFFFE).to_bytes(4, "little"), b"\0\0\0\0"
    header = OLE + b"\0" * 22 + (9).to_bytes(2, "little") + b"\0" * 16 + (1).to_bytes(4, "little")
    header = header.ljust(60, b"\0") + end + b"\0" * 4 + end + b"\0" * 4 + table + free * 108
    chain = (0xFFFFFFFD).to_bytes(4, "little") + end
    return header + chain + free * 126 + entries


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        (["EncryptedPackage"], "file-encrypted"),
        (["Workbook", "_VBA_PROJECT_CUR"], "file-macros"),
        (["WordDocument"], "file-kind-differs"),
        (["Workbook"], "file-unreadable"),
    ],
)
def test_compound_files_are_distinguished(streams: list[str], code: str, tmp_path: Path) -> None:
    """Excel's encrypted workbooks, workbooks with macros and Word documents share one vessel with .xls."""
    assert refused(tmp_path, "报表.xls", compound(*streams)) == code


def test_a_workbook_of_excel_95_is_told(tmp_path: Path) -> None:
    """It has the vessel of later ones and calls its stream otherwise: it is old, and not damaged."""
    problem = problem_of(sent(tmp_path, "报表.xls", compound("Book")))
    assert problem.code == "file-kind-differs"
    assert "二十多年前" in sentence(problem)


def test_a_chain_in_a_circle_is_refused(tmp_path: Path) -> None:
    """The listing of a compound file leads back to where it began."""
    content = bytearray(compound("Workbook"))
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert refused(tmp_path, "报表.xls", bytes(content)) == "file-unreadable"


@pytest.mark.needs("libreoffice-calc")
def test_a_locked_old_workbook_is_reported(tmp_path: Path) -> None:
    """A record among the first says that all others are encrypted."""
    content = converted(WORKBOOK, "xls", tmp_path)
    first_record = b"\xe1\x00\x02\x00\xb0\x04"
    assert content.count(first_record) == 1
    assert refused(tmp_path, "报表.xls", content.replace(first_record, b"\x2f" + first_record[1:])) == "file-encrypted"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv", ".zip"])
@pytest.mark.parametrize("content", [b"", b"\0" * 100])
def test_an_empty_file_is_reported(suffix: str, content: bytes, tmp_path: Path) -> None:
    """No bytes, or nothing but zeros as after a broken transfer."""
    assert refused(tmp_path, f"报表{suffix}", content) == "sent-empty"


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are problems, not crashes; nobody waits for the pipe."""
    (tmp_path / "夹.xlsx").mkdir()
    os.mkfifo(tmp_path / "管.csv")
    for name, code in (("没有.xlsx", "sent-missing"), ("夹.xlsx", "sent-folder"), ("管.csv", "sent-missing")):
        assert problem_of(tmp_path / name).code == code


def test_an_empty_folder_is_called_one(tmp_path: Path) -> None:
    """Its name has no ending: that is not what is wrong with it."""
    (tmp_path / "洮南").mkdir()
    problem = problem_of(tmp_path / "洮南")
    assert problem.code == "sent-folder"
    assert "文件夹里没有" in sentence(problem)


def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No right to read it: a problem."""

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    path = sent(tmp_path, "报表.csv", CSV)
    monkeypatch.setattr(os, "open", denied)
    assert problem_of(path).code == "file-unreadable"


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    """65 MiB, which take no room on the disk."""
    with (tmp_path / "报表.xlsx").open("wb") as file:
        file.truncate(65 << 20)
    assert problem_of(tmp_path / "报表.xlsx").code == "file-too-heavy"


def test_half_a_workbook_is_reported(tmp_path: Path) -> None:
    """A file of which a part is missing."""
    assert refused(tmp_path, "报表.xlsx", WORKBOOK[: len(WORKBOOK) // 2]) == "file-unreadable"


class TestExports:
    """ODK Central sends a zip archive of CSV files."""

    def test_each_file_is_a_sheet(self, tmp_path: Path) -> None:
        """The sheets are named after the files, whichever encoding the names are in."""
        content = zipped({"调查.csv": "KEY,a\nuuid:1,甲\n", "调查-needs.csv": "KEY,PARENT_KEY\n"})
        file = received(tmp_path, "导出.zip", content)
        assert (file.kind, file.encoding) == ("csv", "utf-8-sig")
        assert [sheet.name for sheet in file.sheets] == ["调查", "调查-needs"]
        assert file.sheets[0].rows == [["KEY", "a"], ["uuid:1", "甲"]]

    @pytest.mark.parametrize(
        "other", ["照片.jpg", "media/1.csv", "../a.csv", "/a.csv", "c:\\a.csv", "里.zip", "a.csv.exe"]
    )
    def test_anything_else_is_refused(self, other: str, tmp_path: Path) -> None:
        """Nothing but CSV files side by side: no folders, no way out, no archive within."""
        assert refused(tmp_path, "导出.zip", zipped({"a.csv": CSV, other: CSV})) == "file-zip-other"

    def test_attachments_are_left_unread(self, tmp_path: Path) -> None:
        """ODK Central puts photographs and recordings into a folder of their own; data never stand there."""
        content = zipped({"a.csv": CSV, "media/1.jpg": b"\xff\xd8", "media/1/2.m4a": b"\0"})
        assert [sheet.name for sheet in received(tmp_path, "导出.zip", content).sheets] == ["a"]

    def test_an_empty_archive_is_refused(self, tmp_path: Path) -> None:
        """There is nothing to read in it."""
        assert refused(tmp_path, "导出.zip", zipped({})) == "file-zip-other"

    def test_a_fault_is_named_by_its_file(self, tmp_path: Path) -> None:
        """A quote that is never closed, in the second file, on the third line."""
        problem = problem_of(sent(tmp_path, "导出.zip", zipped({"a.csv": CSV, "b.csv": 'x,y\n1,2\n"3,4\n'})))
        assert (problem.code, problem.sheet, problem.line) == ("file-not-csv", "b", 3)


def test_links_to_elsewhere_are_refused(tmp_path: Path) -> None:
    """Other workbooks, data connections, embedded objects and linked pictures; a hyperlink may stay."""
    for part in (
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/embeddings/a.bin",
        "xl/queryTables/q.xml",
    ):
        assert refused(tmp_path, "报表.xlsx", with_parts({part: "<x/>"})) == "file-linked"
    for kind, is_fine in (("hyperlink", True), ("image", False)):
        rels = f'<R><Relationship Id="a" Type="http://x/{kind}" Target="http://x.invalid/" TargetMode="External"/></R>'
        path = sent(tmp_path, "报表.xlsx", with_parts({"xl/worksheets/_rels/sheet1.xml.rels": rels}))
        if is_fine:
            assert received(tmp_path, "报表.xlsx", path.read_bytes()).sheets[0].rows == [[1]]
        else:
            assert problem_of(path).code == "file-linked"


def test_what_is_said_holds_no_number_of_the_name(tmp_path: Path) -> None:
    """The ending of a name may be a person's number; the sentence cuts it."""
    problem = problem_of(tmp_path / "张三.11010519491231002X")
    assert "11010519491231002" not in sentence(problem)


def test_every_word_has_a_place() -> None:
    """Each ending leads to a kind that has its words, and each says what to do in a full sentence."""
    kinds = words()["kinds"]
    assert set(words()["suffixes"].values()) <= set(kinds)
    assert all(kind["do"].endswith("。") for kind in kinds.values())
    assert "file-kind-unknown" in catalogue()


def test_an_xlsx_without_a_sheet_of_its_own_is_unreadable(tmp_path: Path) -> None:
    """The workbook names a sheet whose part is missing."""
    links = str(parts_of()["xl/_rels/workbook.xml.rels"]).replace("sheet1", "sheet2")
    assert refused(tmp_path, "报表.xlsx", with_parts({"xl/_rels/workbook.xml.rels": links})) == "file-unreadable"
