"""Every village page of the built site says what the open data and the public record say."""

import html
import re
from collections import defaultdict
from pathlib import Path

import pytest
from site_pages import open_data

from site_builder import last_good, publication
from site_builder.model import campaign, schemas
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicCounty, PublicVillage

Rows = list[dict[str, object]]


def shown(page: str, pattern: str) -> list[str]:
    """The texts that a pattern finds in a page, without marks."""
    return [html.unescape(re.sub(r"<[^>]*>", "", found)) for found in re.findall(pattern, page, re.DOTALL)]


def facts(page: str) -> dict[str, str]:
    """What stands beside each name of a pair on a page; Korean left out."""
    page = re.sub(r' <span lang="ko">[^<]*</span>', "", page)
    return dict(zip(shown(page, r"<dt>(.*?)</dt>"), shown(page, r"<dd>(.*?)</dd>"), strict=True))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """What each page says of its village: without the menu and the foot that all have."""
    texts = ((path.stem, path.read_text(encoding="utf-8")) for path in sorted(site.glob("villages/*.html")))
    return {name: text.partition("<main")[2].partition("</main>")[0] for name, text in texts}


@pytest.fixture(scope="module")
def records(root: Path) -> dict[str, tuple[PublicCounty, PublicVillage]]:
    """The public record of every village, by code."""
    settings, known = campaign.load(root), schemas.load(root)
    found = last_good.publishable(root, settings, known)
    public = publication.publish(found.records, settings, known, found.held_back)
    return {village.code: (county, village) for county in public.counties for village in county.villages}


def differences(page: str, village: dict[str, object], liaisons: Rows, county: dict[str, object]) -> list[str]:
    """Where a page says something else than the rows of its village."""
    now = [row for row in liaisons if row["to_date"] is None]
    name = shown(page, r'<p class="name">(.*?)</p>')
    reported = {
        "h1": (shown(page, r"<h1>(.*?) <small>"), [village["name"]]),
        "name": (name, [row["name"] for row in now]),
        "vacant": ('class="vacant"' in page, not now),
        "former": (len(shown(page, r"<li>(.*?)</li>")), len(liaisons) - len(now)),
        "office": (facts(page).get("办公电话"), county["office_phone"]),
        "supervision": (facts(page).get("监督电话"), county["supervision_phone"]),
        "posted": ("已在村里公示" in facts(page).get("村内公示", ""), any(row["posted_on"] for row in now)),
        "verified": ("上级核实过" in page, any(row["posting_verified_on"] for row in now)),
        "platform": ("便民法律咨询平台</h2>" in page, bool(village["consultation_platform"])),
    }
    return [
        f"{key}: {page_says} / {data_say}" for key, (page_says, data_say) in reported.items() if page_says != data_say
    ]


def test_every_village_page_agrees_with_the_open_data(pages: dict[str, str], site: Path) -> None:
    """Name, liaison, posting, earlier liaisons, phones and platform, of every village; no page more, none fewer."""
    counties = {str(row["county_code"]): row for row in open_data(site, "counties")}
    villages = {str(row["village_code"]): row for row in open_data(site, "villages")}
    liaisons = defaultdict(list)
    for row in open_data(site, "liaisons"):
        liaisons[str(row["village_code"])].append(row)
    assert set(pages) == set(villages)
    wrong = {
        code: differences(page, villages[code], liaisons[code], counties[code[:6]]) for code, page in pages.items()
    }
    assert {code: found for code, found in wrong.items() if found} == {}


def test_every_village_page_agrees_with_the_public_record(
    pages: dict[str, str], records: dict[str, tuple[PublicCounty, PublicVillage]]
) -> None:
    """The editions with their codes and the county's windows are those of the record, in the same order."""
    assert set(pages) == set(records)
    wrong = {}
    for code, (county, village) in records.items():
        page = pages[code]
        codes = [posting.printed_code for posting in reversed(postings(county, village))]
        windows = shown(page, r'<a href="\.\./windows/[^"#]*">(.*?)</a>')
        if shown(page, r'<strong class="code">(.*?)</strong>') != codes or windows != [w.name for w in county.windows]:
            wrong[code] = (codes, windows)
    assert wrong == {}


def test_a_page_that_differs_is_reported(pages: dict[str, str], site: Path) -> None:
    """The control, as soon as somebody serves: another name, phone or posting on a page is found."""
    named = [row for row in open_data(site, "villages") if 'class="name"' in pages[str(row["village_code"])]]
    for village in named[:1]:
        code = str(village["village_code"])
        liaisons = [row for row in open_data(site, "liaisons") if row["village_code"] == code]
        county = next(row for row in open_data(site, "counties") if row["county_code"] == code[:6])
        page, now = pages[code], next(row for row in liaisons if row["to_date"] is None)
        assert differences(page, village, liaisons, county) == []
        for old, new in ((str(now["name"]), "某某"), (str(county["office_phone"]), "0"), ("村内公示", "公示")):
            assert differences(page.replace(old, new), village, liaisons, county) != [], old
