"""Fifteen counties' returns, as they come in one day, from the page to a commit: the bytes are the command line's."""

import csv
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from demonstration_campaign import CAMPAIGN, copy_content
from desk_at_work import at_work
from git_campaign import commit, git
from office_returns import filled, kits
from playwright.sync_api import Browser, Page

from site_builder.cli import main
from site_builder.commands.office_desk.server import DeskServer
from site_builder.commands.office_desk.wording import words

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.long_form]
SURVEY = {
    "SubmissionDate": "2018-06-29T02:00:00.000Z",
    "village_code": "{village}",
    "surveyed_on": "2018-06-28",
    "poor_households": "21",
    "poor_persons": "71",
    "migrant_workers": "12",
    "elderly": "15",
    "disabled": "9",
    "left_behind_women": "6",
    "left_behind_children": "9",
    "hotline_asked": "30",
    "hotline_aware": "19",
    "needs_counted": "0",
    "KEY": "uuid:1",
    "Status": "",
    "ReviewState": "",
}
FAULTY, CONFLICTING, ZIPPED, PHONE = slice(5), slice(5, 7), 7, 8


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration in a repository; git knows nobody who commits."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = tmp_path / "root"
    root.mkdir()
    copy_content(root)
    for path in CAMPAIGN.iterdir():
        if path.is_symlink():
            (root / path.name).symlink_to(path.resolve())
    return root


class Posted(NamedTuple):
    """A village head who serves as a liaison: whom a return speaks of."""

    county: str
    name: str
    village: str


@pytest.fixture
def liaisons(root: Path) -> list[Posted]:
    """One of each of fifteen counties."""
    found, names = [], {row["code"]: row["name"] for row in rows(root / "content/data/divisions.csv")}
    for path in sorted((root / "content/data/liaisons").glob("*.csv")):
        heads = [row for row in rows(path) if row["role"] == "village_head" and not row["to_date"] and row["posted_on"]]
        if heads:
            found.append(Posted(path.stem, names[path.stem], heads[0]["village_code"]))
    assert len(found) >= 15
    return found[:15]


@pytest.fixture
def returns(root: Path, liaisons: list[Posted]) -> dict[str, bytes]:
    """Fifteen files by name: five with errors, two in conflict, an archive, an export of phone forms."""
    sent = kits(root, [one.county for one in liaisons])
    commit(root, "起")
    for one in liaisons[CONFLICTING]:
        move_on(root, one)
    commit(root, "另一份")
    wrong, right = {"posted_on": "昨天"}, {"role": "村党支部书记"}
    files = {
        f"{one.name}.xlsx": filled(sent[one.county], one.village, wrong if one in liaisons[FAULTY] else right)
        for one in liaisons
    }
    name = f"{liaisons[ZIPPED].name}.xlsx"
    files[f"{liaisons[ZIPPED].name}.zip"] = packed({name: files.pop(name)})
    del files[f"{liaisons[PHONE].name}.xlsx"]
    survey = {head: text.format(village=liaisons[PHONE].village) for head, text in SURVEY.items()}
    files[f"{liaisons[PHONE].name}手机表.zip"] = packed({"village_surveys.csv": table(survey)})
    assert len(files) == 15
    return files


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def move_on(root: Path, one: Posted) -> None:
    """Another return has changed since what the liaison is."""
    path = root / "content" / "data" / "liaisons" / f"{one.county}.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    changed = [line.replace(",village_head,", ",mediator,") if line.startswith(one.village) else line for line in lines]
    path.write_text("\n".join(changed), encoding="utf-8")


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def table(row: dict[str, str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([list(row), list(row.values())])
    return out.getvalue().encode()


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[DeskServer]:
    """The desk at work."""
    (tmp_path / "session").mkdir()
    with at_work(root, tmp_path / "session") as server:
        yield server


def wait_for(page: Page, text: str) -> None:
    page.wait_for_function("text => document.getElementById('status').textContent.includes(text)", arg=text)


def test_fifteen_counties_come_to_a_commit(
    chromium: Browser,
    server: DeskServer,
    root: Path,
    liaisons: list[Posted],
    returns: dict[str, bytes],
    tmp_path: Path,
) -> None:
    """Ten are written after two words of the officer; five are answered; content/ is as `collect --write` makes it."""
    other = Path(shutil.copytree(root, tmp_path / "other", symlinks=True))
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server.address)
    files = [{"name": name, "mimeType": "application/octet-stream", "buffer": returns[name]} for name in returns]
    page.set_input_files("#files", files)  # type: ignore[arg-type]
    wait_for(page, "8份可以写入，2份两边都改过，5份有错误")
    for count, answer in ((9, "theirs"), (10, "ours")):
        choices = page.locator("[data-do=choose]:has(button.first)")  # not of a row that is decided already
        asked = choices.filter(has=page.get_by_label(words()["one"][answer])).first
        asked.get_by_label(words()["one"][answer]).check()
        asked.locator("button.first").click()
        wait_for(page, f"{count}份可以写入")
    page.locator("[data-do=write] button").click()
    page.wait_for_selector("#done")
    folder = tmp_path / "收件"
    folder.mkdir()
    for name, content in returns.items():
        (folder / name).write_bytes(content)
    by_hand(other, folder, decided(server))
    assert contents(root) == contents(other)
    page.fill("#name", "王某")
    page.fill("#email", "w@example.org")
    page.locator("[data-do=commit] button").click()
    wait_for(page, words()["steps"]["committed"])
    assert git(root, "status", "--porcelain", "--", "content") == ""
    changed = git(root, "show", "--name-only", "--format=", "HEAD").split()
    assert {Path(path).stem for path in changed} == {one.county for one in liaisons[FAULTY.stop :]}


def decided(server: DeskServer) -> dict[str, list[str]]:
    """What the officer has said of files, by name, as the command line has it."""
    look = server.session.now.look
    assert look is not None
    names = {each.file: each.name for each in look.returns}
    return {
        names[file]: [option, f"{sheet}!{line}"]
        for file, choice in server.session.now.choices.items()
        for option, rows in (("--accept", choice.accepted), ("--keep", choice.kept))
        for sheet, line in rows
    }


def by_hand(root: Path, folder: Path, said: dict[str, list[str]]) -> None:
    """The same at the command line: the files with a word of the officer one by one, the others as a folder."""
    assert sorted(option for option, _ in said.values()) == ["--accept", "--keep"]
    answers = ["--answers", str(folder.parent / "answers")]
    for name, options in said.items():
        path = (folder / name).rename(folder.parent / name)
        main(["--root", str(root), "collect", str(path), "--write", *options, *answers])
    main(["--root", str(root), "collect", str(folder), "--write", *answers])


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the record, by path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*.csv")}
