"""Both desks in the browsers that offices have; in one below the floor a page that says which to take."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk_table import CODE, COUNTY, SOUND, workbook
from desk_at_work import at_work
from desk_browsers import BROWSERS, Driven, driven
from old_engines import OPTIONS, program
from patience import until
from playwright.sync_api import Browser

from site_builder.kit.desk import one_file

pytestmark = [pytest.mark.needs("chromium", "firefox-esr"), pytest.mark.long_form]
STATUS = "document.getElementById('status').textContent"


@pytest.fixture(scope="module")
def file(made: dict[str, bytes], record: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of the tiny campaign's county."""
    path = tmp_path_factory.mktemp("kit") / one_file.name(COUNTY)
    path.write_bytes(one_file.html(COUNTY, CODE, record, made))
    return path


@pytest.fixture(params=BROWSERS)
def page(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[Driven]:
    """A page in each of them."""
    (tmp_path / "profile").mkdir()
    with driven(request.param, chromium, tmp_path / "profile") as page:
        yield page


@pytest.fixture
def address(tiny: Path, tmp_path: Path) -> Iterator[str]:
    """The office's desk at work."""
    (tmp_path / "session").mkdir()
    with at_work(tiny, tmp_path / "session") as server:
        yield server.address


def saved(folder: Path, *row: str) -> Path:
    """A table of liaisons on the disk."""
    sent = workbook(*row)
    path = folder / str(sent["name"])
    content = sent["buffer"]
    assert isinstance(content, bytes)
    path.write_bytes(content)
    return path


def test_a_county_comes_from_a_wrong_table_to_a_receipt(page: Driven, file: Path, tmp_path: Path) -> None:
    """In each browser, from the same file."""
    words = one_file.words()["script"]
    page.go(file.as_uri())
    until(lambda: page.said(STATUS) == words["steps"]["ready"])
    for row, verdict in (((SOUND[0], "李*花", *SOUND[2:]), "not_yet"), (SOUND, "can_be_sent")):
        page.pick("#file", saved(tmp_path, *row))
        until(lambda: not page.said("document.getElementById('result').hidden"))
        assert page.said("document.getElementById('verdict').textContent") == words[verdict]


def test_an_office_sees_what_is_wrong(page: Driven, address: str, tmp_path: Path) -> None:
    """In each browser: the file is handed over, and the table has it."""
    page.go(address)
    until(lambda: bool(page.said(STATUS)))
    page.pick("#files", saved(tmp_path, SOUND[0], "李*花", *SOUND[2:]))
    until(lambda: str(page.said(STATUS)).startswith("看完了"))
    assert "联络员.xlsx" in page.said("document.getElementById('part').textContent")


@pytest.mark.parametrize("version", ["71", "80"])
def test_a_browser_below_the_floor_is_told_which_one_to_take(version: str, file: Path, tmp_path: Path) -> None:
    """The file opens there all the same, and says how else to send the table."""
    command = [str(program(version)), *OPTIONS, f"--user-data-dir={tmp_path}", "--dump-dom", file.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    before, _, desk = shown.partition('<div id="desk"')
    assert one_file.words()["old"]["text"] in before
    assert '<div id="old">' in before
    assert desk.startswith(' hidden=""')
