"""Returns that come together: which files a folder or an archive holds, and that none of them gets out of its room."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import Mock

import pytest
from sent_files import of_cells, sent, zipped

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError
from site_builder.untrusted_files import bundles, reading
from site_builder.untrusted_files.bundles import Bundle
from site_builder.untrusted_files.formats import archive
from site_builder.untrusted_files.formats.refusal import Refused

WORKBOOK = of_cells([["村代码", "姓名"]])
CSV = "村代码,姓名\n".encode()


def names(bundle: Bundle | None) -> list[str]:
    assert bundle
    return [path.name for path in bundle.files]


def opened(tmp_path: Path, content: bytes, name: str = "各县.zip") -> Bundle | None:
    """What an archive holds, unpacked into a room of its own."""
    (tmp_path / "room").mkdir()
    return bundles.opened(sent(tmp_path, name, content), tmp_path / "room")


def called(raw: bytes, content: bytes = b"hello") -> bytes:
    """An archive of one part whose name is told to be UTF-8 before its content, and in the directory is not."""
    sizes = (zlib.crc32(content), len(content), len(content), len(raw), 0)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0x800, 0, 0, 0x21, *sizes) + raw + content
    rest = (0, 0, 0, 0, 0)
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 0x21, *sizes, *rest) + raw
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


def test_a_name_that_is_not_in_its_encoding_is_forged() -> None:
    """Whatever reads the archive."""
    data = called(b"\xff.xlsx")
    [part] = archive.directory(data).values()
    with pytest.raises(Refused) as caught:
        archive.content(data, part)
    assert caught.value.code == Code.FILE_FORGED


def test_a_name_from_an_extra_field_is_as_it_is() -> None:
    """Newer Python takes the name from the field 0x7075, whose letters no code page of the sender's has."""
    part = zipfile.ZipInfo("洮南市.xlsx")
    part.flag_bits = 0
    assert archive.name_of(part) == "洮南市.xlsx"


def test_whatever_befalls_one_archive_the_others_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is then one file, which is read by itself and told of."""
    (tmp_path / "room").mkdir()
    assert bundles.opened(sent(tmp_path, "a.zip", called(b"\xff.xlsx")), tmp_path / "room") is None
    for error in (UnicodeError, RecursionError, ZeroDivisionError, MemoryError):
        monkeypatch.setattr(archive, "directory", Mock(side_effect=error))
        assert bundles.opened(sent(tmp_path, "b.zip", zipped({"a.xlsx": WORKBOOK})), tmp_path / "room") is None


def renamed(content: bytes, name: bytes) -> bytes:
    """An archive of one part, named in the sender's own encoding and not marked as UTF-8."""
    stand_in = b"x" * len(name)
    assert content.count(stand_in) == 2
    return content.replace(stand_in, name)


def test_a_folder_is_its_files_in_order(tmp_path: Path) -> None:
    """Those in its folders too; not what a computer puts there, nor what we ourselves have answered."""
    for name in ("b.xlsx", "a.csv", "洮南/c.xls", "~$b.xlsx", ".DS_Store", "Thumbs.db", "答复/b.xlsx/220881/d.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    bundle = bundles.opened(tmp_path, tmp_path)
    assert names(bundle) == ["a.csv", "b.xlsx", "c.xls"]
    assert bundle
    assert sorted(bundle.left) == [".DS_Store", "Thumbs.db", "~$b.xlsx"]


@pytest.mark.parametrize("count", [0, 1001])
def test_a_folder_with_nothing_or_too_much_is_none(tmp_path: Path, count: int) -> None:
    """Its name alone is then read, and refused."""
    for number in range(count):
        (tmp_path / f"{number}.csv").touch()
    assert bundles.opened(tmp_path, tmp_path) is None


def test_an_archive_is_unpacked_file_by_file(tmp_path: Path) -> None:
    """With the sender's names, of which two may be the same."""
    parts = {
        "洮南/报表.xlsx": WORKBOOK,
        "大安/报表.xlsx": WORKBOOK,
        "__MACOSX/洮南/._报表.xlsx": b"x",
        "说明.pdf": b"y",
    }
    bundle = opened(tmp_path, zipped(parts))
    assert names(bundle) == ["报表.xlsx", "报表.xlsx", "说明.pdf"]
    assert bundle
    assert bundle.left == ("._报表.xlsx",)
    assert [path.read_bytes() for path in bundle.files] == [WORKBOOK, WORKBOOK, b"y"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_in_the_sender_s_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    """Windows packs names in GBK, a Mac in UTF-8, and neither says so."""
    name = "联络员.xlsx".encode(encoding)
    assert names(opened(tmp_path, renamed(zipped({"x" * len(name): WORKBOOK}), name))) == ["联络员.xlsx"]


@pytest.mark.parametrize(
    "name", ["../../报表.xlsx", "/etc/报表.xlsx", "c:\\windows\\报表.xlsx", "..\\报表.xlsx", "a/../../报表.xlsx"]
)
def test_no_name_leads_out_of_the_room(tmp_path: Path, name: str) -> None:
    """Only the last part of a name counts, and each file has a folder of its own."""
    bundle = opened(tmp_path, zipped({name: WORKBOOK}))
    assert names(bundle) == ["报表.xlsx"]
    assert bundle
    assert bundle.files[0].parent.parent == tmp_path / "room"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room", "各县.zip"]


@pytest.mark.parametrize("name", ["..xlsx", "a" * 300 + ".xlsx", "a:b*?.xlsx", " .xlsx"])
def test_a_name_that_no_disk_takes_is_made_fit(tmp_path: Path, name: str) -> None:
    """Too long, or with what separates names: the file is read all the same."""
    bundle = opened(tmp_path, zipped({name: WORKBOOK, "报表.xlsx": WORKBOOK}))
    assert bundle
    assert "报表.xlsx" in names(bundle)
    assert all(path.is_file() and path.suffix == ".xlsx" for path in bundle.files)


@pytest.mark.parametrize(
    "parts",
    [
        {"a.csv": CSV, "a-needs.csv": CSV},
        {"a.csv": CSV, "media/1.jpg": b"\xff\xd8"},
        {"照片.jpg": b"\xff\xd8"},
        {"里.zip": zipped({"a.xlsx": WORKBOOK})},
        {},
    ],
)
def test_an_archive_without_workbooks_is_one_file(tmp_path: Path, parts: Mapping[str, bytes]) -> None:
    """An export of phone forms is read whole; of what holds no return it is said."""
    assert opened(tmp_path, zipped(parts)) is None
    assert list((tmp_path / "room").iterdir()) == []


def locked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.start_dir + 8
    return content[:6] + b"\x01\x00" + content[8:place] + b"\x01\x00" + content[place + 2 :]


def torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def lying(content: bytes) -> bytes:
    """The second part promises another checksum than it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.infolist()[1]
    return content.replace(struct.pack("<L", part.CRC), b"\0\0\0\0")


@pytest.mark.parametrize("damage", [locked, torn, lying])
def test_an_archive_that_is_not_sound_gives_nothing(tmp_path: Path, damage: object) -> None:
    """Nothing of it is unpacked: it is then read as one file, which says what is wrong."""
    assert callable(damage)
    assert opened(tmp_path, damage(zipped({"甲.xlsx": WORKBOOK, "乙.xlsx": of_cells([["乙"]])}))) is None
    assert list((tmp_path / "room").iterdir()) == []


def test_what_is_no_archive_is_one_file(tmp_path: Path) -> None:
    """A workbook is a zip archive as well, whatever its name says; so is what is not there."""
    assert opened(tmp_path, WORKBOOK) is None
    assert bundles.opened(tmp_path / "没有.zip", tmp_path) is None
    assert bundles.opened(sent(tmp_path, "报表.xlsx", WORKBOOK), tmp_path) is None


def test_a_file_is_given_once_it_has_come_to_rest(tmp_path: Path) -> None:
    """Not while it grows; once, however often one looks; again when it has changed, and not when it has gone."""

    def looks() -> Iterator[None]:
        path.parent.mkdir()
        for content in ("a", "ab", "", "", "abc", "", ""):
            if content:
                path.write_text(content)
            yield
        path.unlink()
        yield

    path = tmp_path / "洮南" / "报表.csv"
    landed = [(file, file.read_text()) for file in bundles.landed(tmp_path, looks())]
    assert landed == [(path, "ab"), (path, "abc")]


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_no_plain_file_is_left_in_a_shared_folder(tmp_path: Path, kind: str) -> None:
    """A link would show another's file, a pipe would never end; it is told by name."""
    folder, other = tmp_path / "shared", tmp_path / "other.xlsx"
    folder.mkdir()
    other.write_bytes(b"another county's")
    (folder / "b.xlsx").write_bytes(b"x")
    (folder / "a.zip").symlink_to(other) if kind == "link" else os.mkfifo(folder / "a.zip")
    bundle = bundles.opened(folder, tmp_path)
    assert bundle
    assert [path.name for path in bundle.files] == ["b.xlsx"]
    assert bundle.left == ("a.zip",)
    assert bundles.opened(folder / "a.zip", tmp_path) is None  # should it be put there a moment later
    with pytest.raises(CampaignError):
        reading.read(folder / "a.zip")
