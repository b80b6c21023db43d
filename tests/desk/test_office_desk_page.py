"""The desk of the office as an officer meets it: files dropped, a conflict chosen, written and committed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from desk_at_work import at_work
from git_campaign import commit, git
from office_returns import VILLAGE, filled, kits, move_on
from playwright.sync_api import Browser, Page

from site_builder.cli import main
from site_builder.commands.office_desk.server import DeskServer
from site_builder.commands.office_desk.wording import words

pytestmark = pytest.mark.needs("chromium")
CODE = "220881"
LONGEST = 300_000


@pytest.fixture(scope="module")
def root(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which a liaison's day has moved on since the kit was sent."""
    return Path(shutil.copytree(tiny, tmp_path_factory.mktemp("office") / "root", symlinks=True))


@pytest.fixture(scope="module")
def returns(root: Path) -> dict[str, bytes]:
    """Two files by name: one with an error, one that says otherwise than the record."""
    kit = kits(root, [CODE])[CODE]
    commit(root, "起")
    move_on(root, CODE, "2018-03-12", "2018-03-18")
    commit(root, "另一份")
    return {
        "有错误.xlsx": filled(kit, VILLAGE, {"posted_on": "昨天"}),
        "洮南市.xlsx": filled(kit, VILLAGE, {"posted_on": "2018-03-20", "work_phone": "0436-0000999"}),
    }


@pytest.fixture(scope="module")
def server(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch
) -> Iterator[DeskServer]:
    """The desk at work."""
    monkeypatch_module.setenv("GIT_CONFIG_GLOBAL", os.devnull)  # nobody has told git who commits
    monkeypatch_module.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with at_work(root, tmp_path_factory.mktemp("session")) as server:
        yield server


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that anything on the page asked for."""
    return []


@pytest.fixture(scope="module")
def desk(chromium: Browser, server: DeskServer, asked: list[str]) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    context.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(server.address)
    yield page
    assert faults == []
    context.close()


def drop(page: Page, files: dict[str, bytes]) -> None:
    sent = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files.items()
    ]
    page.set_input_files("#files", sent)  # type: ignore[arg-type]


def looked(page: Page) -> str:
    """What is said when all has been looked at, the changes for the public too."""
    page.wait_for_function(
        "start => document.getElementById('status').textContent.startsWith(start)",
        arg=words()["steps"]["looked"].partition("{")[0],
    )
    return page.inner_text("#status")


def test_an_officer_comes_from_two_files_to_a_commit(
    desk: Page, server: DeskServer, root: Path, returns: dict[str, bytes], asked: list[str], tmp_path: Path
) -> None:
    """The bytes are the command line's, the commit has them alone, and no address but the desk's own was asked for."""
    other = Path(shutil.copytree(root, tmp_path / "other", symlinks=True))
    drop(desk, returns)
    assert "1份两边都改过，1份有错误" in looked(desk)
    assert desk.locator("[data-do=write]").count() == 0
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    desk.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(desk) == []
    desk.get_by_label(words()["one"]["theirs"]).check()
    desk.locator("[data-do=choose] button.first").click()
    desk.wait_for_function("() => document.querySelector('[data-do=write]')")
    assert "1份可以写入" in looked(desk)
    assert "2018-03-20" in desk.inner_text("#part")
    desk.locator("[data-do=write] button").click()
    desk.wait_for_selector("#done")
    assert violations(desk) == []
    folder = tmp_path / "收件"
    folder.mkdir()
    for name, content in returns.items():
        (folder / name).write_bytes(content)
    row = desk.input_value("#message")
    assert row.startswith("收报表：洮南市")
    command = ["collect", str(folder), "--write", "--answers", str(tmp_path / "answers"), "--accept", accepted(server)]
    main(["--root", str(other), *command])
    assert contents(root) == contents(other)
    desk.fill("#name", "王某")
    desk.fill("#email", "w@example.org")
    desk.locator("[data-do=commit] button").click()
    desk.wait_for_function(
        "done => document.getElementById('status').textContent === done", arg=words()["steps"]["committed"]
    )
    assert git(root, "status", "--porcelain", "--", "content") == ""
    changed = git(root, "show", "--name-only", "--format=%an", "HEAD").split()
    assert changed[0] == "王某"
    assert all(path.startswith("content/data/") for path in changed[1:])
    assert all(address.startswith((server.address, "blob:", "data:")) for address in asked)


def accepted(server: DeskServer) -> str:
    ((sheet, line),) = next(iter(server.session.now.choices.values())).accepted
    return f"{sheet}!{line}"


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()
    }
