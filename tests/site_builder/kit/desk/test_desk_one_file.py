"""The desk as one file: it may load nothing, connect nowhere, and says that it is internal."""

import html
import re
from pathlib import Path

import pytest

from site_builder.kit.desk import engine, one_file

MADE = dict.fromkeys(engine.PARTS, b"part of the engine")


@pytest.fixture(scope="module")
def page() -> str:
    return one_file.html("洮南市", "220881", b"record", MADE).decode("utf-8")


def test_the_policy_lets_nothing_out(page: str) -> None:
    """In a meta of the page itself: no connection, no form, no frame, no source but what it names by its digest."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    policy = dict(part.strip().split(" ", 1) for part in html.unescape(found[1]).split(";"))
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert "unsafe-inline" not in found[1]
    assert not re.search(r"https?:", found[1])
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_no_address_of_the_net_is_loaded(page: str) -> None:
    """No element that loads anything but the empty icon."""
    assert re.findall(r"<[^>]*\s(?:src|href)=[\"']?([^\"'\s>]+)", page) == ["data:,"]


def test_it_says_that_it_is_internal_and_whose_it_is(page: str) -> None:
    """Before all else, and in the file's name the county."""
    assert page.index(one_file.words()["internal"]) < page.index("<h1>")
    assert "报表自查：洮南市" in page
    assert one_file.name("洮南市") == "自查-洮南市.html"


def test_an_old_browser_is_told_what_to_do(page: str) -> None:
    """Without any script: which browser to take, and how else to send. The desk itself is shown by the script."""
    assert '<div id="old">' in page
    assert '<div id="desk" hidden>' in page


@pytest.mark.parametrize("name", ["desk.js", "worker.js"])
def test_a_script_does_not_end_its_own_element(name: str) -> None:
    """They stand between tags as they are."""
    assert "</script" not in (one_file.TEMPLATES / name).read_text(encoding="utf-8").lower()


def test_every_part_of_the_engine_is_in_it(page: str) -> None:
    """And the county's record, each under the name by which the scripts ask for it."""
    for name in (*engine.PARTS, "county.zip"):
        assert f'<script type="text/plain" id="{name}"' in page
    scripts = "".join(path.read_text(encoding="utf-8") for path in Path(one_file.TEMPLATES).glob("*.js"))
    for name in ("python.js", engine.PACKAGES, engine.SOFTWARE, "county.zip"):
        assert name in scripts
