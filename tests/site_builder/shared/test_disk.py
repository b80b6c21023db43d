"""What is put on the disk is there whole and stays there; what the disk refuses is reported."""

import ast
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_calls import watched
from interrupted_moves import interrupted_everywhere
from tiny_campaign import PROJECT

from site_builder.shared import disk
from site_builder.shared.problems import as_lines

SOFTWARE = PROJECT / "site_builder"


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text)
    return path


def test_a_file_takes_the_place_of_another_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its content is on the disk before it is moved there, its name right after; it has the rights asked for."""
    calls = watched(monkeypatch, tmp_path)
    beside = f".file.{os.getpid()}.new"
    (tmp_path / "file").write_bytes(b"old")
    disk.put(tmp_path / "file", b"new", mode=0o750)
    assert calls == [f"sync {beside}", f"move {beside} file", "sync ."]
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("write", [disk.put, disk.remember])
def test_a_file_is_put_in_place_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    """Whenever Ctrl+C comes; nothing is left beside it."""
    place = tmp_path / "file"
    place.write_bytes(b"old")
    moments = interrupted_everywhere(monkeypatch, lambda: write(place, b"new"))
    assert {moment: place.read_bytes() for moment in moments} == {"before move 1": b"old", "after move 1": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("write", [disk.put, disk.remember])
def test_nothing_is_written_through_a_link(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    """Neither where the file is to stand, nor where it is made: another may have put a link there."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / "file").symlink_to(precious)
    (tmp_path / f".file.{os.getpid()}.new").symlink_to(precious)
    write(tmp_path / "file", b"new")
    assert precious.read_bytes() == b"precious"
    assert (tmp_path / "file").read_bytes() == b"new"
    assert not (tmp_path / "file").is_symlink()


def test_files_are_put_into_a_folder_that_others_fill(tmp_path: Path) -> None:
    """What stands there stays, whatever it says; a link of a file's name is replaced and not followed."""
    folder = tmp_path / "answers" / "220881"
    folder.mkdir(parents=True)
    (tmp_path / "precious").write_bytes(b"precious")
    (folder / ".writing.json").write_text('["-../../precious"]')
    (folder / "page").symlink_to(tmp_path / "precious")
    disk.put_all(folder, {"page": b"1", "sheet": b"2"})
    disk.put_all(tmp_path / "new" / "folder", {"page": b"1"})
    assert {path.name for path in folder.iterdir()} == {".writing.json", "page", "sheet"}
    assert ((folder / "page").read_bytes(), (tmp_path / "precious").read_bytes()) == (b"1", b"precious")


def test_what_may_be_lost_stops_nobody(tmp_path: Path) -> None:
    """A cache that cannot be written is done without; its folders come by themselves."""
    (tmp_path / "taken").write_bytes(b"a file")
    disk.remember(tmp_path / "taken" / "file", b"x")
    disk.remember(tmp_path / "cache" / "prints" / "file", b"x")
    assert (tmp_path / "cache" / "prints" / "file").read_bytes() == b"x"


def test_a_folder_is_made_anew_whole_or_not_at_all(tmp_path: Path) -> None:
    """What is left of an earlier attempt is not in it; where making it fails the old one stands, and nothing more."""
    place = folder(tmp_path / "place", "old")
    folder(tmp_path / ".place.unfinished", "remains")
    with pytest.raises(RuntimeError), disk.new_folder(place) as made:
        folder(made, "half")
        raise RuntimeError
    assert (place / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]
    with disk.new_folder(place) as made:
        folder(made, "new")
    assert (place / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    """The new one stands there, and neither the old one nor the name it was made under is left."""
    place = folder(tmp_path / "place", "old")
    disk.swap(folder(tmp_path / "made", "new"), place)
    assert (place / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets two folders take each other's place")
def test_a_folder_is_there_all_the_time(tmp_path: Path) -> None:
    """Whoever looks while one folder takes another's place never finds none: there is but one step, and no rename."""
    place, renamed = folder(tmp_path / "place", "old"), []
    folder(tmp_path / ".place.before", "of one that was killed")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename" and str(tmp_path) in str(arguments):
            renamed.append(arguments)

    sys.addaudithook(hook)
    disk.swap(folder(tmp_path / "made", "new"), place)
    assert renamed == []
    assert (place / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_link_to_a_folder_is_replaced_and_not_exchanged(tmp_path: Path) -> None:
    """What it leads to stays as it is."""
    (tmp_path / "place").symlink_to(folder(tmp_path / "elsewhere", "kept"))
    disk.swap(folder(tmp_path / "made", "new"), tmp_path / "place")
    assert (tmp_path / "place" / "file").read_text() == "new"
    assert (tmp_path / "elsewhere" / "file").read_text() == "kept"
    assert not (tmp_path / "made").is_symlink()


def test_a_swap_that_is_interrupted_leaves_one_of_the_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever Ctrl+C comes, where it takes two moves."""
    monkeypatch.setattr(disk, "_exchanged", lambda *_: False)
    place, made = folder(tmp_path / "place", "old"), tmp_path / "made"
    moments = interrupted_everywhere(
        monkeypatch, lambda: disk.swap(made if made.exists() else folder(made, "new"), place)
    )
    found = {moment: (place / "file").read_text() for moment in moments}
    assert found == {"before move 1": "old", "after move 1": "old", "before move 2": "old", "after move 2": "new"}


def test_a_swap_that_was_killed_between_its_moves_is_mended(tmp_path: Path) -> None:
    """What was put aside and never replaced goes back, even if nothing new can be put there."""
    folder(tmp_path / ".place.before", "old")
    with pytest.raises(FileNotFoundError):
        disk.swap(tmp_path / "never made", tmp_path / "place")
    assert (tmp_path / "place" / "file").read_text() == "old"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EACCES, "没有读写的权限"),
        (errno.EROFS, "这个磁盘是只读的"),
        (errno.ENOTDIR, "位置里有一段是文件，不是文件夹"),
        (errno.ETIMEDOUT, "系统说：Connection timed out"),
    ],
)
def test_a_refusal_is_reported_with_its_place_and_reason(tmp_path: Path, number: int, shown: str) -> None:
    """The place is reported from the project's root, the reason in Chinese, or as the system says it."""
    error = OSError(number, os.strerror(number), str(tmp_path / "content" / "data"))
    lines = as_lines(disk.refusal(error, tmp_path))
    assert lines[0] == "[错误 disk-refused] content/data"
    assert shown in lines[1]


def test_a_refusal_without_a_place_and_one_elsewhere_are_reported_too(tmp_path: Path) -> None:
    """Some errors name no file, others one outside the project."""
    assert disk.refusal(OSError(errno.EIO, "x"), tmp_path).file == "."
    assert disk.refusal(OSError(errno.EIO, "x", "/srv/www"), tmp_path).file == "/srv/www"


def moves(path: Path) -> int:
    """How often a module moves something to its place: `rename`, or the `replace` of a path, which takes one thing."""
    called = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = [node.func.attr for node in called if isinstance(node.func, ast.Attribute) and len(node.args) == 1]
    return sum(name in {"rename", "replace"} for name in names)


def test_few_modules_move_anything() -> None:
    """A file takes the place of another through `disk`; several at once, and releases, in an order of their own."""
    found = {path.relative_to(SOFTWARE).as_posix(): moves(path) for path in sorted(SOFTWARE.rglob("*.py"))}
    assert {name: count for name, count in found.items() if count} == {
        "build.py": 1,  # what was made meanwhile, into a release that is not whole yet
        "publish/directory.py": 1,  # a release that is whole gets its name
        "record/writing.py": 3,  # each file of a writing, its journal, and those of one that was cut short
        "shared/disk.py": 6,
        "site/named_assets.py": 1,  # within a release that is not whole yet
        "site/release_folders.py": 1,  # the link
        "site/releases.py": 1,  # a release that is whole gets its name
    }


@pytest.mark.parametrize("name", ["CON", "nul", "aux.表", "COM1", "lpt9.x", "COM¹", "con .x", "CONIN$", "prn."])
def test_no_name_is_a_device_of_windows(name: str) -> None:
    """What is written there is on no disk, whatever ending the name has."""
    assert disk.fit_stem(name) == f"_{name.rstrip('.')}"


def test_names_that_only_begin_so_stay() -> None:
    """As that of a county in Latin letters."""
    assert [disk.fit_stem(name) for name in ("console", "com10", "nullam", "a.con")] == [
        *("console", "com10", "nullam", "a.con")
    ]


@pytest.mark.parametrize("letter", ["a", "表", "\U00020000", "😀"])
def test_a_long_name_leaves_room_for_what_stands_around_it(letter: str, tmp_path: Path) -> None:
    """Counted in bytes: sixty rare ideographs fill the 255 that a file system takes, and no answer could be written."""
    stem = disk.fit_stem(letter * 100)
    assert stem
    disk.put_all(tmp_path, {f"{stem}-问题清单.html": b"", f"{stem}-12-已标注.xlsx": b""})
    assert len(list(tmp_path.iterdir())) == 2


def test_a_long_ending_is_cut_and_a_folder_left_out(tmp_path: Path) -> None:
    """Of a name as a sender gives it."""
    name = disk.fit_name("../甲\\" + "表" * 100 + "." + "附" * 100, "1")
    (tmp_path / name).touch()
    assert name.startswith("表表")
    assert [disk.fit_name(each, "1") for each in ("..", "a/表.xlsx", "无", "?.csv", "con.csv")] == [
        *("1", "表.xlsx", "无", "1.csv", "_con.csv")
    ]
