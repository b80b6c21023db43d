"""The way from the home page to a name is measured on the site as it is, with its policies."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import lookup_visits


@pytest.mark.needs("chromium")
def test_a_visit_comes_to_the_village_s_page(
    chromium: Browser, built_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a box, then the name in the list, then the page: each later than the one before, on the slow line."""
    monkeypatch.setattr(lookup_visits, "ROUNDS", 1)
    visit = lookup_visits.home_to_name(chromium, built_site, "太平")
    assert 0 < visit.box <= visit.listed < visit.page
