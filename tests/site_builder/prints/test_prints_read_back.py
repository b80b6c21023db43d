"""What was printed is read back: the text, the code to scan and the page's size are those of the public record."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pdf_text import pages
from printed import boxes, codes, lines_with, paper, sizes
from rounds import sample

from site_builder.model.designs import Audience, Design
from site_builder.prints.items import PrintItem, Recipient, item, recipients
from site_builder.prints.making import PrintForm, Workshop, made
from site_builder.prints.orders import Order, forms, ordered, sheet
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicVillage
from site_builder.render.lean_pages.villages import village_pages

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")

DESIGNS = [
    "broadcast-script",
    "hotline-banner",
    "hotline-card",
    "hotline-leaflet",
    "hotline-poster",
    "leaflet-disabled",
    "leaflet-elderly",
    "leaflet-left-behind-children",
    "leaflet-left-behind-women",
    "leaflet-migrant-workers",
    "packing-list",
    "posting-sheet",
    "receipt-form",
    "village-board",
    "wechat-article",
    "window-board",
    "window-plaque",
]
Afresh = Callable[[], Workshop]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def first(design: Design, workshop: Workshop, county: str = "") -> PrintItem:
    """What the first print of a design says, in a county if one is given."""
    for recipient in recipients(workshop.public, design.settings.audience):
        if not county or recipient.county is None or recipient.county.code == county:
            found = item(recipient, design, workshop.public, workshop.words)
            if found:
                return found
    raise AssertionError(design.design_id)


def villages(workshop: Workshop) -> dict[str, PublicVillage]:
    return {village.code: village for county in workshop.public.counties for village in county.villages}


def test_every_sheet_says_what_the_public_record_says(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """The sheets of the year, some in the short form: place, liaison, phones, edition, code; scanned at 100 dpi."""
    wanted = ordered(Order(kind="posting", is_one_file=True), [all_designs["posting-sheet"]], workshop)
    printed = next(wanted)
    year = {code for code, village in villages(workshop).items() if village.campaign_year == 2018}
    items = [each for each in printed.sheet.items if each["village_code"] in year]
    assert len(items) == sum(bool(postings(county, village)) for county in workshop.public.counties
                             for village in county.villages if village.code in year)  # fmt: skip
    items = sample(items, 60)
    content = made(replace(printed.sheet, items=items), workshop)
    web = dict(village_pages(workshop.public, workshop.words, workshop.korean))
    counties = {county.code: county for county in workshop.public.counties}
    for each, text, scanned in zip(items, pages(content), codes(content), strict=True):
        village, county = villages(workshop)[each["village_code"]], counties[each["village_code"][:6]]
        latest = postings(county, village)[-1]
        parts = [county.name, village.township, village.name, county.office_phone, county.supervision_phone]
        parts += [county.legal_aid_centre, f"第{latest.edition}版", f"{latest.code[:3]}-{latest.code[3:]}", "12348"]
        if village.liaison:
            parts += [village.liaison.name, village.liaison.role]
            assert village.liaison.name in web[f"villages/{village.code}.html"]
        assert [part for part in parts if squeezed(part) not in text] == []
        assert scanned == [f"https://example.org/villages/{village.code}.html"]
        assert f"example.org/villages/{village.code}.html" in text


@pytest.mark.parametrize("name", [name for name in DESIGNS if name != "wechat-article"])
def test_every_kind_can_be_read_aloud(name: str, workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Each form of each design is PDF/UA-1 to Typst: tagged, in Chinese, with a title, and has no clock in it."""
    design = all_designs[name]
    for form in forms(design):
        content = made(sheet(design, design.sizes[0], form, [first(design, workshop)], workshop), workshop)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content
        assert b"/StructTreeRoot" in content
        assert b"/Lang(zh-CN)" in content
        assert b"/DisplayDocTitle true" in content
        days = re.findall(rb"/CreationDate ?\(D:(\d{8})", content)  # which PDF/A must have: the design's own
        assert set(days) <= {design.edition.issued_on.strftime("%Y%m%d").encode()}


@pytest.mark.parametrize("name", DESIGNS)
def test_every_size_is_the_true_one(name: str, workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """A plain print has its finished size, a cut one 10 mm more on each side for bleed and marks, a proof is A3."""
    design = all_designs[name]
    for size in design.sizes:
        for form in forms(design):
            content = made(sheet(design, size, form, [first(design, workshop)], workshop), workshop)
            if form is PrintForm.PICTURE:
                assert content[16:24] == size.width.to_bytes(4, "big") + size.height.to_bytes(4, "big")
            elif form is PrintForm.PROOF:
                assert set(sizes(content)) == {(420.0, 297.0) if size.width > size.height else (297.0, 420.0)}
            else:
                around = 20 if form is PrintForm.CUT else 0
                assert set(sizes(content)) == {(size.width, size.height)}
                assert set(paper(content)) == {(size.width + around, size.height + around)}


def test_the_code_is_scanned_on_every_kind(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Wherever a code is printed, it leads to the page of the print's county, window or village."""
    found = {}
    for name, design in all_designs.items():
        if not design.settings.is_picture:
            each = first(design, workshop)
            content = made(sheet(design, design.sizes[-1], forms(design)[-1], [each], workshop), workshop)
            found[name] = {code for page in codes(content, 150) for code in page}
            assert found[name] <= {each["url"]}
    assert {name for name, scanned in found.items() if not scanned} == {
        "broadcast-script",
        "hotline-banner",
        "packing-list",
        "receipt-form",
        "window-plaque",
    }


def extreme(design: Design, workshop: Workshop) -> PrintItem:
    """A print whose names and addresses are as long as the schemas allow, in a county with Korean signs."""
    audience = design.settings.audience
    recipient = next(
        each
        for each in recipients(workshop.public, audience)
        if audience is Audience.PROVINCE
        or (each.county and each.county.code == "222402" and (not each.village or each.village.liaison))
    )
    found = item(_lengthened(recipient), design, workshop.public, workshop.words)
    assert found
    return found


def _lengthened(recipient: Recipient) -> Recipient:
    county, window, village, phone = recipient.county, recipient.window, recipient.village, "0433-00200001-123456"
    if county:
        long: dict[str, Any] = {"name": "县" * 20, "legal_aid_centre": "中" * 60, "address": "路" * 60}
        county = replace(county, **long, office_phone=phone, supervision_phone=phone)
    if window:
        long = {"address": "街" * 60, "hours": "时" * 60, "responsible_person": "负" * 30, "service_team": "团" * 60}
        window = replace(window, **long, phone=phone)
    if village and village.liaison:
        liaison = replace(village.liaison, name="䶮" * 30, role="职" * 20)
        village = replace(village, name="村" * 30, township="乡" * 30, liaison=liaison)
    return replace(recipient, county=county, window=window, village=village)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_longest_names_stay_on_the_paper(name: str, workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Text too long is set smaller or on more lines: all of it is there, and none of it beyond the edge."""
    design = all_designs[name]
    usual, long = first(design, workshop), extreme(design, workshop)
    for form in [each for each in forms(design) if each is not PrintForm.CUT]:
        content = made(sheet(design, design.sizes[0], form, [long], workshop), workshop)
        if form is PrintForm.PICTURE:
            continue
        text = "".join(pages(content))
        expected = pages(made(sheet(design, design.sizes[0], form, [usual], workshop), workshop))
        assert len(pages(content)) == len(expected)
        said = {
            "posting-sheet": {"䶮": 30, "中": 60},
            "window-board": {"街": 60, "团": 60},
            "window-plaque": {"中": 60},
        }
        assert all(text.count(letter) >= count for letter, count in said.get(name, {}).items())
        assert min(side for box in boxes(content) for side in box) > 0


def test_a_long_name_is_set_smaller_before_it_is_broken(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """A name of twelve characters, as Mongols and Koreans may have, stays on one line of a sheet."""
    design = all_designs["posting-sheet"]
    each = first(design, workshop) | {"liaison": "龘" * 12}
    content = made(sheet(design, design.sizes[0], PrintForm.PLAIN, [each], workshop), workshop)
    assert lines_with(content, "龘") == 1


def test_a_text_too_long_even_so_is_refused(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """What cannot be set in three fifths of its size is not cut off: the problem names the page it is about."""
    from site_builder.shared.problems import CampaignError

    design = all_designs["posting-sheet"]
    each = first(design, workshop)
    each = each | {"words": each["words"] | {"duties": "话" * 6000}}
    with pytest.raises(CampaignError) as caught:
        made(sheet(design, design.sizes[0], PrintForm.PLAIN, [each], workshop), workshop)
    assert [problem.code for problem in caught.value.problems] == ["material-template"]
    assert each["url"] in caught.value.problems[0].details["reason"]


@pytest.mark.parametrize(("county", "is_due"), [("222402", True), ("220623", True), ("220881", False)])
@pytest.mark.parametrize("name", ["posting-sheet", "window-plaque", "window-board", "village-board"])
def test_korean_stands_beside_chinese_where_due(
    name: str, county: str, is_due: bool, workshop: Workshop, all_designs: dict[str, Design]
) -> None:
    """Counties of Yanbian and Changbai have Hangul on their signs after the Chinese, others have none."""
    design = all_designs[name]
    content = made(
        sheet(design, design.sizes[0], PrintForm.PLAIN, [first(design, workshop, county)], workshop), workshop
    )
    assert any("가" <= letter <= "힣" for letter in "".join(pages(content))) == is_due


def test_the_demonstration_says_so_on_every_page(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """A demonstration's prints bear the watermark on each page, official ones on none."""
    from site_builder.model.campaign import DataStatus

    settings = workshop.public.campaign.model_copy(update={"data_status": DataStatus.OFFICIAL})
    official = replace(workshop, public=replace(workshop.public, campaign=settings))
    for name in ("posting-sheet", "hotline-leaflet", "window-board"):
        design = all_designs[name]
        for form in forms(design):
            wanted = sheet(design, design.sizes[0], form, [first(design, workshop)], workshop)
            assert all({"演", "示", "样", "张"} <= set(page) for page in pages(made(wanted, workshop)))
            assert all("演" not in page for page in pages(made(wanted, official)))


def test_data_are_printed_and_never_run(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Whatever Typst would take for its own stands on the paper as it was given."""
    design = all_designs["posting-sheet"]
    hostile = '#panic() $x$ <a> *b* _c_ \\u{41} {{d}} `e` "f'
    each = first(design, workshop) | {"liaison": hostile, "centre": hostile}
    content = made(sheet(design, design.sizes[0], PrintForm.PLAIN, [each], workshop), workshop)
    assert pages(content)[0].count(squeezed(hostile)) == 2
