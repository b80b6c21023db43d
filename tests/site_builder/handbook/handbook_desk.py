"""A desk at which each command of the handbook can be run: the tiny campaign in git, what counties sent, a server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from tiny_campaign import DEMONSTRATION, PROJECT, make_root

from site_builder.cli import FINE, main
from site_builder.commands import build

KEY = "CAMPAIGN_SIGNING_KEY"
MATERIALS = ("posting-sheet", "village-board", "packing-list", "receipt-form")
LIAISONS = ("乡镇", "村", "姓名", "身份", "任职日期")
PERSON = ("瓦房镇", "荣华村", "王建国", "村委会主任", "2018-06-12")
LISTS: dict[str, list[Sequence[object]]] = {
    "县区名单.xlsx": [
        ("县（市、区）", "法律援助机构名称", "地址", "办公电话", "监督电话"),
        ("洮南市", "洮南市法律援助中心", "团结路1号", "0436-6230001", "0436-6230002"),
    ],
    "村名单.xlsx": [("县", "乡镇", "贫困村"), ("洮南市", "瓦房镇", "荣华村"), ("洮南市", "瓦房镇", "瓦房村")],
    "洮南市.xlsx": [("洮南市法律援助联络员名单",), LIAISONS, PERSON],
    "own-head/洮南市.xlsx": [("洮南市法律援助联络员名单",), ("乡镇", "村", "驻村干部名字", *LIAISONS[3:]), PERSON],
    "导出的表.xlsx": [("法律援助联络员名单",), LIAISONS, PERSON],
    "收件/洮南市.xlsx": [("洮南市法律援助联络员名单",), LIAISONS, PERSON],
}


OTHERS = ("收到的文件夹", "单位报表.xlsx", "县界.geojson", "公钥.pub", "公钥.pub.seen")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """folder: holds the desk, the repository that it pushes to, a public one, the server's site and its key."""

    folder: Path

    @property
    def root(self) -> Path:
        """A clone in which somebody works."""
        return self.folder / "desk"

    @property
    def served(self) -> Path:
        """What the web server serves."""
        return self.folder / "www"

    def copy(self, folder: Path, *, with_server: bool) -> "Desk":
        """The same in another place; what was built and served is there for who needs it."""
        left_out = shutil.ignore_patterns(*(() if with_server else ("www", "build", ".builds")))
        shutil.copytree(self.folder, folder / "office", symlinks=True, ignore=left_out, copy_function=_copied)
        desk = Desk(folder=folder / "office")
        git(desk.root, "remote", "set-url", "origin", str(desk.folder / "campaign.git"))
        return desk

    def here(self, line: str) -> str:
        """A command as it is to be run at this desk: with its server, its public repository, its site."""
        for said, meant in (
            ("git:git@codeberg.org:our-office/pages.git", f"git:{self.folder}/pages.git"),
            ("git:公开仓库的网址", f"git:{self.folder}/pages.git"),
            ("/srv/www 12", "/srv/www 1"),
            ("/srv/www", str(self.served)),
            ("verify https://example.org/", f"verify {self.served}"),
        ):
            line = line.replace(said, meant)
        return line


def _copied(source: str, target: str) -> None:
    """A file of a desk for another: the software's and git's objects, a thousand that nobody changes, are linked."""
    is_same = {"site_builder", "objects"} & set(Path(source).parts[:-1])
    (os.link if is_same else shutil.copy2)(source, target)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def make_desk(folder: Path) -> Desk:
    """Set it up, with two releases on the server, signed, and what was sent beside the content."""
    desk = Desk(folder=folder)
    desk.root.mkdir()
    make_root(desk.root)
    for link in (path for path in desk.root.iterdir() if path.is_symlink()):  # what is published has no links
        link.unlink()
        _copy(PROJECT / link.name, link)
    for name, rows in LISTS.items():
        workbook(desk.root / name, rows)
    shutil.copy(desk.root / "maps" / "boundaries" / "counties.geojson", desk.root / "县界.geojson")
    _unit_kits(desk)
    _repositories(desk)
    _publish(desk)
    return desk


def _copy(source: Path, target: Path) -> None:
    """A file, or a folder without what Python has compiled: it may be of another state of the program."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _unit_kits(desk: Desk) -> None:
    """What the units sent: their workbooks as they went out, and one whose name says nothing."""
    assert main(["--root", str(desk.root), "kit", "--unit", "all", "--out", str(desk.root / "kits")]) == FINE
    for kit in sorted((desk.root / "kits").rglob("*.xlsx")):
        workbook_place = desk.root / "收到的文件夹" / f"{kit.parent.name}.xlsx"
        workbook_place.parent.mkdir(exist_ok=True)
        shutil.copy(kit, workbook_place)
    shutil.copy(desk.root / "收到的文件夹" / "unit-2208.xlsx", desk.root / "单位报表.xlsx")


def give_materials(root: Path) -> None:
    """What is printed for villages and counties, as the software comes with it."""
    for name in MATERIALS:
        shutil.copytree(DEMONSTRATION / "content" / "materials" / name, root / "content" / "materials" / name)


def _repositories(desk: Desk) -> None:
    for name in ("campaign.git", "pages.git"):
        git(desk.folder, "init", "--quiet", "--bare", "--initial-branch=main", name)
    git(desk.root, "init", "--quiet", "--initial-branch=main")
    for name, value in {"user.name": "office", "user.email": "office@example.org"}.items():
        git(desk.root, "config", name, value)
    shutil.copy(PROJECT / ".gitignore", desk.root)
    ours = "\n".join(f"/{Path(name).parts[0]}" for name in (*LISTS, *OTHERS))
    (desk.root / ".git" / "info" / "exclude").write_text(f"{ours}\n", encoding="utf-8")
    git(desk.root, "add", "--all")
    git(desk.root, "commit", "--quiet", "--message=begin")
    git(desk.root, "remote", "add", "origin", str(desk.folder / "campaign.git"))
    git(desk.root, "push", "--quiet", "--set-upstream", "origin", "main")


def _publish(desk: Desk) -> None:
    """Two releases, of a commit each, signed by the office's key; the second is on the forge.

    Both are of one build: that whoever signs builds anew would take as long again, and has tests of its own.
    """
    key = desk.folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    shutil.copy(f"{key}.pub", desk.root / "公钥.pub")
    usual = build.make
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY, key.read_text(encoding="utf-8"))
        patch.setattr(build, "make", lambda root, **_: usual(root))
        assert main(["--root", str(desk.root), "publish", str(desk.served)]) == FINE
        git(desk.root, "commit", "--quiet", "--allow-empty", "--message=second")
        assert main(["--root", str(desk.root), "publish", str(desk.served)]) == FINE
    git(desk.root, "push", "--quiet", "origin", "main")


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A list as an office keeps it."""
    path.parent.mkdir(exist_ok=True)
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


def software(folder: Path) -> Path:
    """A folder for PATH with a `campaign` that this very Python runs, and the rest of what a desk has."""
    folder.mkdir()
    (folder / "campaign").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m site_builder "$@"\n', encoding="utf-8")
    (folder / "campaign").chmod(0o755)
    return folder
