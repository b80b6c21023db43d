"""The desk as a county's clerk meets it: a file opened from disk, without network, from a wrong table to a receipt."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from clerk_table import CODE, COUNTY, SOUND, workbook
from playwright.sync_api import Browser, Page

from site_builder.kit.desk import one_file

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
MOST_BYTES, MOST_PACKED_QUICKLY = 20_000_000, 22_000_000
# A worker that is ready at once and never answers, as one that a file keeps busy for ever.
HUNG = """
window.made = [];
window.Worker = class {
  constructor() { made.push(this); }
  postMessage(asked) { if (asked.kind === "start") setTimeout(() => this.onmessage({ data: { kind: "ready" } })); }
  terminate() { this.ended = true; }
};
"""


@pytest.fixture(scope="module")
def file(made: dict[str, bytes], record: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of the tiny campaign's county, in a folder of its own."""
    path = tmp_path_factory.mktemp("kit") / one_file.name(COUNTY)
    path.write_bytes(one_file.html(COUNTY, CODE, record, made))
    return path


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that anything on the page asked for."""
    return []


@pytest.fixture(scope="module")
def desk(chromium: Browser, file: Path, asked: list[str]) -> Iterator[Page]:
    """The page, opened from disk with the network cut, ready for a file."""
    context = chromium.new_context(offline=True, viewport={"width": 360, "height": 800}, accept_downloads=True)
    page = context.new_page()
    context.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    wait_for(page, "ready")
    yield page
    assert faults == []
    context.close()


def wait_for(page: Page, step: str) -> None:
    """Until the page says so, however busy the machine is."""
    text = one_file.words()["script"]["steps"][step]
    page.wait_for_function("text => document.getElementById('status').textContent === text", arg=text, timeout=300_000)


def drop(page: Page, sent: dict[str, object]) -> str:
    """Pick a file, wait for what is said of it, and give that."""
    page.set_input_files("#file", sent)  # type: ignore[arg-type]
    page.wait_for_selector("#result:not([hidden])", timeout=300_000)
    return page.inner_text("#verdict")


def axe(page: Page) -> list[str]:
    """What axe finds wrong, by rule. It is put in by the browser's own way, which the page's policy does not stop."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run().then(found => found.violations.map(one => one.id))")
    return list(found)


def test_the_file_is_small_enough_for_a_message(file: Path, engine_root: Path) -> None:
    """With everything in it; as it is packed for counties, or quicker and a tenth larger."""
    assert file.stat().st_size < (MOST_BYTES if engine_root == PROJECT else MOST_PACKED_QUICKLY)


def test_a_clerk_comes_from_a_wrong_table_to_a_receipt(desk: Page, file: Path, asked: list[str]) -> None:
    """Problems by cell with the marked workbook; after mending 可以报送 with a receipt. Nothing is sent anywhere."""
    said = one_file.words()["script"]
    assert drop(desk, workbook(SOUND[0], "李*花", *SOUND[2:])) == said["not_yet"]
    assert "B2" in desk.inner_text("#answer")
    assert desk.is_hidden("#receipt")
    with desk.expect_download() as saved:
        desk.click("#marked")
    assert "联络员名单" in openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).sheetnames
    assert drop(desk, workbook(*SOUND)) == said["can_be_sent"]
    assert desk.evaluate("document.activeElement.id") == "verdict"
    receipt = desk.inner_text("#receipt-text")
    assert "SHA-256" in receipt
    assert "法律援助联络员：" in receipt
    assert said["receipt"]["province"] in receipt
    assert one_file.words()["province"] in desk.inner_text("#result")
    assert asked[0] == file.as_uri()
    assert all(address.startswith("blob:") for address in asked[1:])


@pytest.mark.long_form
def test_a_new_clerk_mends_ten_wrong_ways_by_what_the_page_says(desk: Page) -> None:
    """Each wrong cell is named by its address; whoever mends those that are named, and no other, may send the table."""
    said = one_file.words()["script"]
    wrong_ways: tuple[dict[str, str], ...] = (
        {"B": "李*花", "C": "妇女主任", "D": "138转2", "E": "是的，同意", "F": "2018-02-30", "H": "昨天"},
        {"B": "王小二、赵四", "F": "六月", "H": "2019-06-05"},
        {"B": ""},
    )
    for cells in wrong_ways:
        row = [cells.get(column, right) for column, right in zip("ABCDEFGH", SOUND, strict=True)]
        assert drop(desk, workbook(*row)) == said["not_yet"]
        while row != SOUND:
            named = set(re.findall("(?<![A-Z])([A-H])2(?![0-9])", desk.inner_text("#answer")))
            assert any(
                column in named for column, text, right in zip("ABCDEFGH", row, SOUND, strict=True) if text != right
            )
            row = [
                right if column in named else text for column, text, right in zip("ABCDEFGH", row, SOUND, strict=True)
            ]
            verdict = drop(desk, workbook(*row))
        assert verdict == said["can_be_sent"]


def test_several_files_at_once_are_not_half_looked_at(desk: Page) -> None:
    """Nothing is looked at, and that is said; the answer of the file before stays."""
    before = desk.inner_text("#verdict")
    desk.evaluate(
        """() => {
        const several = new DataTransfer();
        for (const name of ["a.csv", "b.csv"]) several.items.add(new File(["x"], name));
        document.dispatchEvent(new DragEvent("drop", { dataTransfer: several, cancelable: true }));
        }"""
    )
    assert desk.inner_text("#status") == one_file.words()["script"]["steps"]["one_by_one"]
    assert desk.inner_text("#verdict") == before
    assert desk.is_hidden("#busy")


@pytest.mark.parametrize("light", ["light", "dark"])
def test_it_suits_small_screens_and_screen_readers(desk: Page, light: str) -> None:
    """At 360 px nothing sticks out, by day and by night; axe finds nothing."""
    desk.emulate_media(color_scheme=light)  # type: ignore[arg-type]
    for row in (SOUND, [SOUND[0], "李*花", *SOUND[2:]]):
        drop(desk, workbook(*row))
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(desk) == []


def test_a_file_that_never_ends_is_told_and_the_worker_replaced(chromium: Browser, file: Path) -> None:
    """Half a minute after it was picked; then another file can be looked at."""
    page = chromium.new_page()
    page.add_init_script(HUNG)
    page.clock.install()
    page.goto(file.as_uri())
    page.wait_for_function("() => window.made.length === 1")
    page.clock.run_for(1000)
    wait_for(page, "ready")
    page.set_input_files("#file", workbook(*SOUND))  # type: ignore[arg-type]
    assert page.is_visible("#busy")
    page.clock.run_for(29_000)
    assert page.is_hidden("#result")
    page.clock.run_for(2_000)
    assert "30秒" in page.inner_text("#verdict")
    assert "联络员.xlsx" in page.inner_text("#trouble")
    page.wait_for_function("() => window.made.length === 2")
    assert page.evaluate("() => made.map(worker => Boolean(worker.ended))") == [True, False]
    page.clock.run_for(1000)
    wait_for(page, "ready")
    assert page.is_enabled("#file")
    page.close()


def test_the_page_can_connect_nowhere(chromium: Browser, file: Path) -> None:
    """Whatever ran in it could not send what it sees."""
    page = chromium.new_page()
    page.goto(file.as_uri())
    stopped = page.evaluate(
        """() => new Promise(done => {
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => 0);
        })"""
    )
    assert stopped == "connect-src"
    page.close()
