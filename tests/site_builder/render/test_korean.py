"""Whole pages in Korean: of the counties that post in it, by the same templates, each with its Chinese twin."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

from site_builder.prints.on_site import NOTHING
from site_builder.publication.public import PublicRecords
from site_builder.render.lean_pages.villages import village_pages
from site_builder.render.pages.korean import korean_pages
from site_builder.render.pages.page_renderer import page_renderer
from site_builder.shared.words import Words

Public = Callable[[], PublicRecords]
CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff]{2,}，")


def test_each_village_of_these_counties_has_a_page_in_korean(public: Public, labels: Words, korean: Words) -> None:
    """And no other; both lead to each other, and robots are told of both."""
    pages = dict(village_pages(public(), labels, korean))
    twins = {path.removeprefix("ko/") for path in pages if path.startswith("ko/")}
    assert twins == {path for path in pages if path.startswith("villages/220882")}
    for path in twins:
        chinese, other = pages[path], pages[f"ko/{path}"]
        assert '<html lang="zh-CN">' in chinese
        assert '<html lang="ko">' in other
        assert f'lang="ko" hreflang="ko" href="../ko/{path}"' in chinese
        assert f'lang="zh-CN" hreflang="zh-CN" href="../../{path}"' in other
        for text in (chinese, other):
            links = re.findall(r'<link rel="alternate" hreflang="(.*?)" href="https://example.org/(.*?)">', text)
            assert links == [("zh-CN", path), ("ko", f"ko/{path}"), ("x-default", path)]
        assert f'<link rel="canonical" href="https://example.org/ko/{path}">' in other


def test_a_korean_page_has_no_chinese_sentences(public: Public, labels: Words, korean: Words) -> None:
    """Names, addresses and what the office says of hours stay as written; labels, roles and sentences are Korean."""
    records = public()
    pages = dict(village_pages(records, labels, korean))
    text = next(text for path, text in pages.items() if path.startswith("ko/") and 'class="name"' in text)
    shown = unescape(re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", text.partition("<body>")[2], flags=re.DOTALL))
    assert korean["village"]["reach_title"] in shown
    assert korean["common"]["demo_banner"] in shown
    assert korean["common"]["not_reviewed"] in shown
    assert labels["village"]["role"] not in shown
    hours = records.campaign.programme
    for said in (hours.hotline_hours, hours.office_hours):
        assert f'<span lang="zh-CN">{said}</span>' in text
        shown = shown.replace(said, "")
    assert not CHINESE_SENTENCE.search(shown)


def test_home_search_and_windows_are_there(public: Public, korean: Words) -> None:
    """In Korean with a menu of their own; none of it where no county posts in Korean."""
    records = public()
    made = korean_pages(page_renderer(records, korean, korean, {}, NOTHING), set())
    county = next(county for county in records.counties if county.code in records.campaign.korean_counties)
    windows = {f"ko/windows/{window.window_id}.md" for window in county.windows}
    assert set(made) == {"ko/index.md", "ko/find/index.md", *windows}
    for path, text in made.items():
        head = unescape(text.partition("\n---\n")[0])
        assert 'lang: "ko"' in head
        assert "menu:" in head
        assert f'"{path.removeprefix("ko/").removesuffix(".md")}.html"' in head
    none = records.campaign.model_copy(update={"korean_counties": ()})
    bare = replace(records, campaign=none)
    assert korean_pages(page_renderer(bare, korean, korean, {}, NOTHING), set()) == {}
