"""Texts to copy: what a button puts on the clipboard is the text, whatever the browser allows."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tiny_campaign import DEMONSTRATION

from site_builder.model import designs
from site_builder.prints.making import Workshop
from site_builder.prints.memory import Memory
from site_builder.prints.on_site import OfferedPrints, offer
from site_builder.prints.orders import content
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import TEMPLATES
from site_builder.render.lean_pages.texts import text_pages
from site_builder.shared.words import Words

NAME = "prints/broadcast-script-220881"


@pytest.fixture(scope="module")
def workshop(
    sound_public: PublicRecords, labels: Words, korean: Words, tmp_path_factory: pytest.TempPathFactory
) -> Workshop:
    """What the tiny campaign's prints are made with."""
    memory = Memory(tmp_path_factory.mktemp("prints"))
    return Workshop(public=sound_public, words=labels, korean=korean, memory=memory)


@pytest.fixture(scope="module")
def offered(workshop: Workshop) -> OfferedPrints:
    """The broadcast script, for each county."""
    every = designs.load(DEMONSTRATION)
    return offer([design for design in every if design.design_id == "broadcast-script"], workshop)


@pytest.fixture(scope="module")
def pages(workshop: Workshop, offered: OfferedPrints) -> dict[str, str]:
    """The pages of texts by path."""
    return dict(text_pages(workshop.public, workshop.words, workshop.korean, offered))


def test_the_file_says_its_encoding_and_opens_in_any_editor(workshop: Workshop, offered: OfferedPrints) -> None:
    """A byte order mark at its head, and the line ends of Windows."""
    written = content(offered.files[f"{NAME}.txt"], workshop)
    assert written.startswith("\ufeff乡亲们".encode())
    assert written.count(b"\n") == written.count(b"\r\n") > 10


def test_links_lead_to_the_page_and_the_page_to_the_file(offered: OfferedPrints, pages: dict[str, str]) -> None:
    """Each county's text has its page."""
    links = {download.opened for found in offered.downloads.values() for download in found if download.form == "text"}
    assert links == pages.keys()
    assert 'href="broadcast-script-220881.txt"' in pages[f"{NAME}.html"]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("is_secure", [True, False], ids=["clipboard", "by selecting"])
def test_the_button_copies_the_text(
    pages: dict[str, str], offered: OfferedPrints, chromium: Browser, tmp_path: Path, *, is_secure: bool
) -> None:
    """By the clipboard, and by selecting on a page without encryption, which has none; the page says so."""
    (tmp_path / "prints").mkdir()
    (tmp_path / "assets").symlink_to(TEMPLATES / "assets")
    (tmp_path / f"{NAME}.html").write_text(pages[f"{NAME}.html"], encoding="utf-8")
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    if not is_secure:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto((tmp_path / f"{NAME}.html").as_uri())
    page.get_by_role("button", name="复制全文").click()
    page.wait_for_selector("[data-copied=yes]:visible")
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("textarea").input_value()
    assert pasted.strip() == (offered.files[f"{NAME}.txt"].text or "").strip()
    context.close()
