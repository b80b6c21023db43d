"""What the site tool's pages say of themselves: their policy, and the site's title."""

import re
from html import unescape
from pathlib import Path

import pytest
from tiny_campaign import make_root

from site_builder.build import build
from site_builder.model.campaign import FILE
from site_builder.shared.content_policy import of_themed_page
from site_builder.shared.problems import CampaignError
from site_builder.site import prose_html
from site_builder.site.site_tool import _add_policy

INJECTED = "document.title='injected'"
TITLE = 'A<b> & "B" </title>'
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign under a title full of markup, with a script in one of its pages that prose_html let through."""
    root = make_root(tmp_path_factory.mktemp("site"))
    page = root / "content/pages/about/index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n<script>{INJECTED}</script>\n", encoding="utf-8")
    settings = root / FILE
    text = settings.read_text(encoding="utf-8").replace("title: 样例法律援助惠民生活动", f"title: '{TITLE}'", 1)
    settings.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as first_guard_off:
        first_guard_off.setattr(prose_html, "problems", lambda *_: ())
        build(root, "0" * 64, report=lambda step: None)
    return root / "build" / "site"


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8").replace("&#39;", "'")


@pytest.mark.parametrize("path", ["index.html", "counties/220881.html", "about/index.html", "404.html"])
def test_a_page_may_run_files_of_the_site_alone(site: Path, path: str) -> None:
    """At each depth: no script of ours stands in a page, and what a page brought along is named by no policy."""
    page = read(site, path)
    assert INLINE.findall(page) == ([INJECTED] if path == "about/index.html" else [])
    policy = page.partition('content="')[2].partition('"')[0]
    assert policy == of_themed_page()


def test_nothing_of_the_theme_s_own_is_published(site: Path) -> None:
    """Neither Material's style sheets nor its scripts: pages ask for none of them."""
    assert {path.name for path in (site / "assets").iterdir()} & {"stylesheets", "javascripts", "images"} == set()


def test_the_policy_comes_before_all_that_it_binds(site: Path) -> None:
    """Only the encoding stands before it in the head."""
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert page.count('http-equiv="Content-Security-Policy"') == 1, path
        before = page.partition('<meta http-equiv="Content-Security-Policy"')[0].partition("<head>")[2]
        assert before.strip() == '<meta charset="utf-8">', path


def test_a_theme_without_a_place_for_the_policy_stops_the_build(tmp_path: Path) -> None:
    """A page that does not begin as the theme's do gets no policy in silence: it is an error that names it."""
    page = tmp_path / "page.html"
    page.write_text("<head><title>x</title></head>", encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        _add_policy(page, [])
    assert [problem.code for problem in caught.value.problems] == ["build-page"]
    assert "page.html" in caught.value.problems[0].details["reason"]


def test_the_title_of_the_site_is_text(site: Path) -> None:
    """It stands at the head and in the page's title: each time it is escaped, once."""
    page = read(site, "counties/220881.html")
    assert "A<b>" not in page
    assert "&amp;lt;" not in page
    assert unescape(page).count('A<b> & "B" </title>') >= 2


def test_a_key_for_base_maps_lets_their_images_in_and_nothing_else(tmp_path: Path, sound_built: Path) -> None:
    """With the key in the settings images may also come from that service; without it its name is on no page."""
    root = make_root(tmp_path)
    plain = read(sound_built / "build" / "site", "liaisons/index.html")
    settings = root / FILE
    key = 'tianditu_key: "0123456789abcdef0123456789abcdef"'
    settings.write_text(settings.read_text(encoding="utf-8").replace('tianditu_key: ""', key), encoding="utf-8")
    build(root, "1" * 64, report=lambda step: None)
    keyed = read(root / "build" / "site", "liaisons/index.html")
    assert "tianditu" not in plain
    assert "img-src 'self' data: https://*.tianditu.gov.cn; " in keyed
    assert keyed.replace(" https://*.tianditu.gov.cn", "", 1).replace(" data-base>", ">") == plain
