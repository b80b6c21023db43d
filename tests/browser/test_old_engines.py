"""The journeys that matter on real Chromium 71 and 80, the engines of many a cheap phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from old_engines import ENGINES, taken
from rounds import IS_LONG
from site_kinds import KINDS

pytestmark = pytest.mark.needs("npm")
OLDEST = min(ENGINES)
BOTH = tuple(ENGINES)
EACH = BOTH if IS_LONG else (OLDEST,)
CODE = re.compile(r'<strong class="code">([^<]*)</strong>')
DARKEST_DAY = 200  # of 255: the ground of a page by day is lighter


@pytest.fixture
def go(site: Path, tmp_path: Path) -> Any:  # noqa: ANN401  (a function of any journey)
    """Takes a journey; no script of the page may fail on the way."""

    def go(version: str, page: str, journey: str, **given: str) -> dict[str, Any]:
        ended = taken(version, site, page, journey, tmp_path / "profile", **given)
        assert ended.pop("faults") == []
        assert "never" not in ended, ended
        return ended

    return go


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("page", ["index.html", "find/index.html"] if IS_LONG else ["index.html"])
def test_a_village_is_found(go: Any, version: str, page: str) -> None:  # noqa: ANN401
    """The box is there, and the first result leads to the village's page."""
    ended = go(version, page, "find", words="四大门")
    assert ended["first"].startswith("四大门村 柳河县")
    assert ended["leads"].endswith("villages/220524100209.html")


@pytest.mark.parametrize("version", EACH)
def test_a_paper_is_compared(go: Any, site: Path, version: str) -> None:  # noqa: ANN401
    """The sheet's code is answered; another code takes the answer away."""
    code = CODE.findall((site / "villages/220524100209.html").read_text(encoding="utf-8"))[0]
    ended = go(version, "villages/220524100209.html", "compare", code=code)
    assert "一样" in ended["answer"]
    assert ended["afterwards"] == ""


@pytest.mark.parametrize("version", EACH)
def test_a_map_shows_what_is_chosen(go: Any, version: str) -> None:  # noqa: ANN401
    """Its key follows the choice."""
    ended = go(version, "needs/index.html", "map")
    assert ended["before"] != ended["after"]


@pytest.mark.parametrize("version", EACH)
def test_a_table_is_sorted(go: Any, version: str) -> None:  # noqa: ANN401
    """By a tap on a head: the same rows in another order."""
    ended = go(version, "needs/index.html", "table")
    assert sorted(ended["before"]) == sorted(ended["after"])
    assert ended["before"] != ended["after"]


@pytest.mark.parametrize("version", EACH)
@pytest.mark.parametrize("page", ["index.html", "villages/220524100209.html"])
def test_type_grows_and_stays_large(go: Any, version: str, page: str) -> None:  # noqa: ANN401
    """By the button of large type."""
    assert go(version, page, "large")["kept"] == "on"


@pytest.mark.parametrize("version", EACH)
@pytest.mark.parametrize("kind", KINDS if IS_LONG else ["county", "village of 2018"])
def test_a_page_is_read_by_day(go: Any, place: dict[str, str], version: str, kind: str) -> None:  # noqa: ANN401
    """Its heading stands on a light ground, which an engine that knows neither day nor night must not turn dark."""
    ended = go(version, place[kind], "look")
    assert ended["title"]
    assert min(ended["ground"]) > DARKEST_DAY
