"""The village pages' own sentences: posting, editions of the sheet, what to say on the phone, Korean beside Chinese."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup
from tiny_campaign import DEMONSTRATION

from site_builder.model import designs
from site_builder.prints.on_site import NOTHING, Download
from site_builder.publication.postings import postings
from site_builder.publication.public import FormerLiaison, PublicCounty, PublicRecords, PublicVillage
from site_builder.render.lean_pages.villages import village_pages
from site_builder.render.pages.overviews import pages
from site_builder.render.pages.page_renderer import page_renderer
from site_builder.shared import words
from site_builder.shared.words import Words, WordSection
from site_builder.site import contents

Public = Callable[[], PublicRecords]
POSTED, VERIFIED = date(2018, 3, 10), date(2018, 4, 10)


@pytest.fixture
def page(public: Public, labels: Words, korean: Words) -> Callable[..., str]:
    """The page of a village that differs from a served one of the tiny campaign in some values."""

    def render_page(county: dict[str, Any] | None = None, **changes: Any) -> str:  # noqa: ANN401
        records = public()
        changed = replace(records.counties[1], **(county or {}))
        village = replace(changed.villages[0], **changes)
        shown = replace(records, counties=(replace(changed, villages=(village,)),))
        return dict(village_pages(shown, labels, korean))[f"villages/{village.code}.html"]

    return render_page


def left(name: str, since: date, until: date) -> FormerLiaison:
    """A village clerk who was the liaison between two dates, never posted."""
    return FormerLiaison(
        name=name, role="村文书", from_date=since, to_date=until, posted_on=None, posting_verified_on=None
    )


def text_of(page: str) -> str:
    """What stands in the body of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<body>")[2]))


@pytest.mark.parametrize(
    ("posted", "verified", "said"),
    [
        (POSTED, VERIFIED, "2018年3月10日已在村里公示，2018年4月10日上级核实过"),
        (POSTED, None, "2018年3月10日已在村里公示，还没有核实"),
        (None, VERIFIED, "2018年4月10日上级核实过，已在村里公示"),
        (None, None, "还没有登记公示日期"),
    ],
)
def test_the_posting_is_reported_in_words(
    page: Callable[..., str], public: Public, posted: date | None, verified: date | None, said: str
) -> None:
    """Posted, verified, both or neither: each has its sentence."""
    liaison = public().counties[1].villages[0].liaison
    assert liaison
    shown = page(liaison=replace(liaison, posted_on=posted, posting_verified_on=verified))
    assert f"<dd>{said}</dd>" in shown


def test_whoever_has_no_phone_on_the_page_is_found_all_the_same(page: Callable[..., str], public: Public) -> None:
    """At the committee, and by the county's office, with the words to say; whose number is there is called."""
    liaison = public().counties[1].villages[0].liaison
    assert liaison
    hidden, shown = (text_of(page(liaison=replace(liaison, phone=phone))) for phone in ("", "0436-0820001"))
    for text in (hidden, shown):
        assert "到村委会找" in text
    assert "想找联络员朴银姬问一件事，请转告" in hidden
    assert "请转告" not in shown
    assert "0436-0820001" in shown


def test_the_way_to_a_window_is_offered_where_its_place_is_known(page: Callable[..., str], public: Public) -> None:
    """A link to the part of the window's page that leads there; without coordinates there is none."""
    county = next(county for county in public().counties if county.windows)
    window = replace(county.windows[0], longitude=122.7, latitude=45.3)
    assert f"{window.window_id}.html#way" in page(county={"windows": (window,)})
    assert "#way" not in page(county={"windows": (replace(window, longitude=None, latitude=None),)})


def test_the_editions_stand_in_their_order_with_their_codes(page: Callable[..., str], public: Public) -> None:
    """The present edition first, then the earlier ones back to the first, a vacancy among them."""
    records = public()
    county = records.counties[1]
    former = (
        left("甲", date(2018, 1, 1), date(2018, 2, 1)),
        left("乙", date(2018, 3, 1), date(2018, 4, 1)),
    )
    village = replace(county.villages[0], former=former)
    shown = re.findall(r'<strong class="code">([^<]*)</strong><br><span>([^<]*)</span>', page(former=former))
    editions = postings(county, village)
    assert [code for code, _ in shown] == [edition.printed_code for edition in reversed(editions)]
    assert [said for _, said in shown] == [
        "2018年5月2日起，联络员是朴银姬（人民调解员）。",
        "2018年4月2日起，联络员暂缺。",
        "2018年3月1日起，联络员是乙（村文书）。",
        "2018年2月2日起，联络员暂缺。",
        "2018年1月1日起，联络员是甲（村文书）。",
    ]


def test_without_an_edition_there_is_nothing_to_compare(page: Callable[..., str], labels: Words) -> None:
    """A village that never had a liaison has no sheet, and its page does not speak of one."""
    assert labels["compare"]["title"] not in page(liaison=None, former=())


def test_the_sheet_is_offered_where_there_is_one(public: Public, labels: Words, korean: Words) -> None:
    """The link stands on the pages of those villages only whose sheet was printed; others go to their county's file."""
    posting = next(
        design for design in designs.load(DEMONSTRATION) if design.settings.kind is designs.MaterialKind.POSTING
    )

    def offered(path: str) -> tuple[Download, ...]:
        return (Download(design=posting, path=path, size="A4", form="plain"),)

    found = {"220881100200": offered("prints/own.pdf"), "220881": offered("prints/county.pdf")}
    pages = dict(village_pages(public(), labels, korean, replace(NOTHING, downloads=found)))
    own = {path for path, text in pages.items() if '<a href="../prints/own.pdf">' in text}
    county = {path for path, text in pages.items() if '<a href="../prints/county.pdf">' in text}
    assert own == {"villages/220881100200.html"}
    assert own == {path for path, text in pages.items() if labels["village"]["sheet"] + "<" in text}
    in_county = {path for path in pages if path.startswith("villages/220881")} - own
    assert county == {path for path in in_county if labels["compare"]["title"] in pages[path]} != set()


def test_a_mistake_is_reported_by_phone_in_given_words(page: Callable[..., str], public: Public) -> None:
    """Whom to call, and a sentence with the place and the name; without an office phone it is the hotline."""
    shown = text_of(page())
    assert "请打县里的办公电话 0436-0000001 照着这样说：" in shown
    assert "“我是洮南市瓦房镇瓦房村的。网上写的我们村法律援助联络员是朴银姬，写错了，" in shown
    assert "请打热线 12348 照着这样说：" in text_of(page({"office_phone": ""}))
    assert "网上写的我们村法律援助联络员暂缺，写错了，" in text_of(page(liaison=None))
    assert "打监督电话" not in text_of(page({"supervision_phone": ""}))


def test_the_county_s_figures_are_those_of_the_gate(page: Callable[..., str], public: Public, labels: Words) -> None:
    """Hidden counts are reported as hidden, and a county without figures has no such section."""
    title = labels["village"]["figures_title"].partition("}")[2]
    figures = public().counties[1].figures
    assert (title in page()) == (figures is not None)
    assert title not in page({"figures": None})


def test_the_head_tells_what_a_shared_link_is_about(page: Callable[..., str]) -> None:
    """Title, description and an absolute picture address of the site itself."""
    head = page().partition("</head>")[0]
    about = "演示数据，全是虚构的，不要据此办事。 洮南市瓦房镇瓦房村的法律援助联络员是朴银姬。"
    assert f'<meta name="description" content="{about}' in head
    assert f'<meta property="og:description" content="{about}' in head
    assert "<title>【演示】瓦房村的法律援助联络员（洮南市瓦房镇）</title>" in head
    assert '<meta property="og:title" content="【演示】瓦房村的法律援助联络员（洮南市瓦房镇）">' in head
    assert '<meta name="robots" content="noindex">' in head
    assert '<meta property="og:image" content="https://example.org/share/220881.png">' in head
    assert "暂缺" in page(liaison=None).partition("</head>")[0]


BY_CODE = {"prints", "places", "roles", "groups"}
"""Sections of what prints say, and of which the data and the hand-written pages choose."""
KOREAN_ALONE = {("common", name) for name in ("site_title", "not_reviewed", "not_found_lead")} | {("find", "villages")}
"""What no Chinese page says."""
NOT_TINY = {
    ("changes", "moved"),
    *(("footer", name) for name in ("phone", "icp_record", "police_record", "government_site_code")),
    ("home", "task_visits_hint"),
    *(("item", name) for name in ("index_number", "published_on", "source", "summary")),
    ("posting", "seen"),
    *(("village", name) for name in ("county_sheets", "not_yet", "report_hotline", "sheet")),
    ("windows", "plaque_hung_on"),
}
"""What the tiny campaign has no occasion to say."""


class Used(WordSection):
    """Korean words that remember which of them were printed."""

    def __init__(self, section: WordSection, name: str, used: set[tuple[str, str]]) -> None:
        super().__init__("content/words/ko.yml", name, section)
        self._used, self._section = used, name

    def __getitem__(self, key: str) -> str:
        self._used.add((self._section, key))
        return super().__getitem__(key)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  (templates ask for a word as for an attribute)
        own = super().__getattribute__("__dict__")
        if name in own and "_used" in own and not name.startswith("_"):
            own["_used"].add((own["_section"], name))
        return super().__getattribute__(name)


def shapes(records: PublicRecords) -> Iterator[PublicRecords]:
    """The records with villages and windows of all kinds in a county that posts in both languages."""
    campaign = records.campaign.model_copy(update={"korean_counties": tuple(c.code for c in records.counties)})
    services: dict[str, Any] = dict.fromkeys(
        [
            "means_test_waived",
            *(f"priority_{name}" for name in ("reception", "acceptance", "assignment", "handling", "follow_up")),
        ],
        True,
    ) | {"moved_on": date(2018, 5, 8), "earlier_address": "人民路12号"}
    for way_in in ("step_free", "helped", "steps", ""):
        windows = [
            replace(county, windows=tuple(replace(window, **services, way_in=way_in) for window in county.windows))
            for county in records.counties
        ]
        yield replace(records, campaign=campaign, counties=tuple(windows))
    yield replace(records, campaign=campaign, counties=tuple(_vacant(county) for county in records.counties))


def _vacant(county: PublicCounty) -> PublicCounty:
    def vacant(village: PublicVillage) -> PublicVillage:
        return replace(village, liaison=None)

    return replace(county, villages=tuple(map(vacant, county.villages)), held_back=date(2018, 6, 30))


def test_the_korean_words_are_exactly_those_in_use(root: Path, public: Public, labels: Words, korean: Words) -> None:
    """Every Korean word is printed on some page or sheet, and no page asks for one that is not there."""
    used: set[tuple[str, str]] = set()
    watched = Words("content/words/ko.yml", {name: Used(section, name, used) for name, section in korean.items()})
    for records in shapes(public()):
        contents.site_tool_files(root, records, labels, watched)
        dict(contents.own_files(records, labels, watched))
    on_pages = {(name, key) for name, section in korean.items() if name not in BY_CODE for key in section}
    assert sorted(on_pages - NOT_TINY - used) == []
    assert {place for place in used if place[0] not in BY_CODE} <= on_pages


def test_korean_words_have_chinese_ones(labels: Words, korean: Words) -> None:
    """What stands in Korean on a page stands before it in Chinese, under the same key."""
    known = {(name, key) for name, section in labels.items() for key in section} | KOREAN_ALONE
    own = {*BY_CODE, "menu"}
    assert {(name, key) for name, section in korean.items() if name not in own for key in section} <= known


def test_korean_stands_after_chinese_and_names_as_they_are(public: Public, labels: Words, korean: Words) -> None:
    """In the counties of the setting and in no other; marked as Korean for voices and fonts."""
    records = public()
    every = dict(village_pages(records, labels, korean))
    pages = {path: text for path, text in every.items() if path.startswith("villages/")}
    bilingual = {path for path, text in pages.items() if 'lang="ko"' in text}
    assert bilingual == {path for path in pages if path.startswith("villages/220882")}
    shown = pages["villages/220882202203.html"]
    assert '<h2>法律援助联络员 <span lang="ko">법률원조 련락원</span></h2>' in shown
    assert '<p class="name">那顺</p>' in shown


@pytest.mark.parametrize(("code", "is_korean"), [("220881", False), ("220882", True)])
def test_a_county_that_is_held_back_says_so_in_its_languages(
    public: Public, labels: Words, korean: Words, code: str, is_korean: bool
) -> None:
    """On its villages' and its window's pages, which speak both languages; each with the day as it writes it."""
    records = public()
    held = tuple(replace(each, held_back=date(2018, 6, 30)) for each in records.counties)
    records, county = replace(records, counties=held), next(each for each in held if each.code == code)
    made = pages(page_renderer(records, labels, korean, _Maps(), NOTHING), [], []) | dict(
        village_pages(records, labels, korean)
    )
    window = made[f"windows/{county.windows[0].window_id}.md"]
    for text in (made[f"villages/{county.villages[0].code}.html"], window):
        said = text.partition('class="held-back"')[2].partition("</p>")[0]
        assert "截至2018年6月30日" in unescape(said)
        assert ('<span lang="ko">' in said) == ("2018년 6월 30일" in unescape(said)) == is_korean
    assert 'lang="ko"' not in made[f"counties/{county.code}.md"]


class _Maps(dict[str, Markup]):
    """No maps: they are of no interest here."""

    def __missing__(self, name: str) -> Markup:
        return Markup()


def test_the_file_asks_for_a_speaker_s_review() -> None:
    """As long as nobody has read them, the file and the page about the site say so."""
    text = (DEMONSTRATION / words.FOLDER / "ko.yml").read_text(encoding="utf-8")
    assert "还没有请通晓朝鲜文的人审读" in text
    assert "通晓朝鲜文" in (DEMONSTRATION / "content/pages/about/index.md").read_text(encoding="utf-8")
    assert yaml.safe_load(text)
