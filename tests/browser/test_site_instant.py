"""The maps also work where Material exchanges pages in place, which the site does not ask for today."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser
from site_pages import served

pytestmark = pytest.mark.needs("chromium")

PAGES = ("index.md", "liaisons/index.md", "needs/index.md")


@pytest.fixture(scope="module")
def instant(built_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of three of the site's pages, built with instant navigation."""
    folder = tmp_path_factory.mktemp("instant")
    pages, site = folder / "pages", folder / "site"
    shutil.copytree(built_root / "build" / "pages" / "assets", pages / "assets")
    for name in PAGES:
        (pages / name).parent.mkdir(exist_ok=True)
        shutil.copy(built_root / "build" / "pages" / name, pages / name)
    site.mkdir()
    with served(site) as address:
        # Material exchanges only pages that the sitemap names, so the address must be known before the build.
        config = load_config(
            str(built_root / "mkdocs.yml"),
            docs_dir=str(pages),
            site_dir=str(site),
            site_url=f"{address}/",
            nav=[{"home": "index.md"}, {"liaisons": "liaisons/index.md"}, {"needs": "needs/index.md"}],
        )
        config.theme["features"].append("navigation.instant")
        build(config)
        yield address


def test_maps_open_on_each_page_of_an_instant_navigation(instant: str, chromium: Browser) -> None:
    """From page to page and back without a load: each map opens, each table sorts, and no error is reported."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{instant}/liaisons/index.html")
    page.evaluate("window.stayed = true")
    for tab, name in [("needs", "needs"), ("liaisons", "liaisons"), ("needs", "needs")]:
        page.locator(".md-tabs a").get_by_text(tab).click()
        page.wait_for_selector(f"#map-{name}")
        page.locator(".county-map-stage").scroll_into_view_if_needed()
        page.wait_for_selector(f"#map-{name}[data-state=open]")
        assert page.locator(f"#map_{name} .county").count() == 60
        page.locator("thead th.number button").first.click()
        assert page.locator("thead th[aria-sort=descending]").count() == 1
    assert page.evaluate("window.stayed") is True
    assert errors == []
    page.close()
