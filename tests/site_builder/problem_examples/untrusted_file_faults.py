"""One fault for each problem of a file that is not read at all, or holds what nobody asked for."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
from faulty_project import Fault, Project
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from return_faults import LIAISON, NAME, Sent, liaison, taken

from site_builder.collect.incoming_file import CollectOptions
from site_builder.shared.problems import Problem

IDENTITY = "11010519491231002X"  # the standard's own example


def sends_bytes(name: str, content: bytes) -> Fault:
    """A county sends a file with this content."""

    def spoil(project: Project) -> list[Problem]:
        (project.root / name).write_bytes(content)
        return taken(project, CollectOptions(), name=name)

    return spoil


def sends_folder(project: Project) -> list[Problem]:
    """A county's whole folder is named, not the files in it."""
    (project.root / "220881").mkdir()
    return taken(project, CollectOptions(), name="220881")


def changed(change: Callable[[Workbook], object]) -> Fault:
    """A county sends a sound workbook in which one thing was changed."""

    def spoil(project: Project) -> list[Problem]:
        Sent().write(project)
        workbook = openpyxl.load_workbook(project.root / NAME)
        change(workbook)
        workbook.save(project.root / NAME)
        return taken(project, CollectOptions())

    return spoil


def repacked(added: Mapping[str, bytes], old: bytes = b"", new: bytes = b"") -> Fault:
    """A county sends a sound workbook with more parts, and with one text replaced in all of them."""

    def spoil(project: Project) -> list[Problem]:
        Sent().write(project)
        with zipfile.ZipFile(project.root / NAME) as archive:
            parts = {name: archive.read(name).replace(old, new) for name in archive.namelist()}
        (project.root / NAME).write_bytes(zipped({**parts, **added}))
        return taken(project, CollectOptions())

    return spoil


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def torn(project: Project) -> list[Problem]:
    """A workbook of which only the first half arrived."""
    Sent().write(project)
    whole = (project.root / NAME).read_bytes()
    (project.root / NAME).write_bytes(whole[: len(whole) // 2])
    return taken(project, CollectOptions())


def too_heavy(project: Project) -> list[Problem]:
    """A file of 65 MiB, which take no room on the disk."""
    with (project.root / NAME).open("wb") as file:
        file.truncate(65 << 20)
    return taken(project, CollectOptions())


def locked(project: Project) -> list[Problem]:
    """A workbook in an archive with a password: the flag stands in both of its headers."""
    Sent().write(project)
    content = bytearray((project.root / NAME).read_bytes())
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(magic, at + 1)
    (project.root / NAME).write_bytes(content)
    return taken(project, CollectOptions())


def sends_link(project: Project) -> list[Problem]:
    """Somebody put a link into the folder, to a file that is none of theirs."""
    (project.root / NAME).symlink_to(project.root / "content" / "campaign.yml")
    return taken(project, CollectOptions())


def hide_notes(workbook: Workbook) -> None:
    sheet = workbook.create_sheet("草稿")
    sheet.append(["还没有核对"])
    sheet.sheet_state = "hidden"


def comment(workbook: Workbook) -> None:
    workbook.worksheets[0]["B2"].comment = Comment(f"身份证{IDENTITY}", "a")


def far_cell(workbook: Workbook) -> None:
    workbook.worksheets[0]["XFD1048576"] = "x"


FILES: dict[str, Fault] = {
    "sent-missing": lambda project: taken(project, CollectOptions()),
    "sent-folder": sends_folder,
    "sent-link": sends_link,
    "sent-empty": sends_bytes(NAME, b""),
    "file-kind-unknown": sends_bytes("220881.et", b"\xd0\xcf\x11\xe0"),
    "file-kind-differs": sends_bytes(NAME, b"%PDF-1.7\n"),
    "file-encrypted": locked,
    "file-encoding-unknown": sends_bytes(
        "220881.csv", "村代码,姓名\n220881100201,李春花\n".encode("utf-16-le") + b"\xff"
    ),
    "file-unreadable": torn,
    "file-forged": repacked({}, b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
    "file-too-heavy": too_heavy,
    "file-macros": repacked({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "file-linked": repacked({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    "file-zip-other": sends_bytes("220881.zip", zipped({"照片.jpg": b"\xff\xd8\xff"})),
    "sheet-far-cell": changed(far_cell),
    "sheet-hidden": changed(hide_notes),
}
PERSONAL: dict[str, Fault] = {
    "personal-identity": changed(comment),
    "personal-card": liaison(**{"姓名": "李春花6222021234567890128"}),
    "personal-mobile": liaison(**{"姓名": f"{LIAISON['姓名']}13800000000"}),
    "personal-other": liaison(**{"姓名": "李春花 QQ：10001234"}),
}
FAULTS: dict[str, Fault] = FILES | PERSONAL
