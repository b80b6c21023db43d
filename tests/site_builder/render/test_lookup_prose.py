"""What the site's pages say is found: read from finished pages, weighed, and looked up by the find box's own search."""

from collections.abc import Callable

import pytest

from benchmarks.lookup_search import Answer, searched, written
from site_builder.build import write_all
from site_builder.publication.public import PublicRecords
from site_builder.render.lookup import prose, prose_files

APPLYING = """<article><h1 id="top">怎样办</h1><p>先打电话问。</p>
<h2 id="papers">要带什么</h2><ul><li>身份证</li><li>欠条、<b>工资条</b></li></ul>
<table class="figures"><tr><td>木头</td></tr></table><table><tr><td>办公室主任</td></tr></table>
<form><p>不写的字</p></form><h2 id="harm">受到伤害</h2><p>正在挨打的，先报警。<br>夜里也行。</p></article>"""
OTHER = "<article><h1>值班</h1><p>看守所里有律师。身份证不用带。</p></article><footer>主办单位</footer>"
PAGES = {"about/other.html": OTHER, "help/applying.html": APPLYING}


def test_an_article_is_read_by_its_headings() -> None:
    """Text and written tables below each heading; no data, no controls, nothing around the article."""
    found = prose.sections(PAGES.items())
    assert found == [
        ("about/other.html", "值班", "", "", "看守所里有律师。身份证不用带。"),
        ("help/applying.html", "怎样办", "", "", "先打电话问。"),
        ("help/applying.html", "怎样办", "papers", "要带什么", "身份证 欠条、 工资条 办公室主任"),
        ("help/applying.html", "怎样办", "harm", "受到伤害", "正在挨打的，先报警。 夜里也行。"),
    ]


@pytest.mark.parametrize(
    "path", ["index.html", "404.html", "counties/220881.html", "ko/find/index.html", "changes/2018-06.html"]
)
def test_what_is_found_otherwise_is_left_out(path: str) -> None:
    """Places have a search of their own, and lists by month are reached from their first page."""
    assert prose.sections([(path, APPLYING)]) == []


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("身份证", ["身份", "份证"]),
        ("打12348，问", ["打一", "一二", "二三", "三四", "四八"]),
        ("ＷＰＳ表", ["wps"]),
        ("问 Excel 表格", ["excel", "表格"]),
        ("的", []),
    ],
)
def test_a_text_is_cut_into_pairs(text: str, pairs: list[str]) -> None:
    """Neighbouring characters, digits as characters, words of Latin letters whole, nothing across signs."""
    assert prose.pairs(text) == pairs


def test_what_is_rare_and_what_heads_a_part_weighs_more() -> None:
    """A pair of one section weighs more than one of several, and a heading more than the text below it."""
    files = dict(prose.index(prose.sections(PAGES.items())))
    weights = {pair: where for name, shard in files.items() if name != "prose" for pair, where in shard.items()}  # type: ignore[attr-defined]

    def weight(pair: str) -> int:
        return max(int(entry[-1], 36) for entry in weights[pair].split())

    assert weight("挨打") > weight("身份")
    assert weight("要带") > weight("挨打")
    assert weights["挨打"][0] == "3"


def test_files_stay_small_however_much_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """More text makes more files, not larger ones; a pair is in the file of its first character."""
    monkeypatch.setattr(prose, "_MOST_PAIRS", 4)
    files = dict(prose.index(prose.sections(PAGES.items())))
    count = files["prose"]["files"]  # type: ignore[index]
    assert len(files) == count + 1 > 8
    for number in range(count):
        assert {ord(pair[0]) % count for pair in files[f"prose-{number}"]} <= {number}  # type: ignore[attr-defined]


Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(sound_public: PublicRecords, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks a site of the tiny campaign's lookup and two pages, one of which people have words for."""
    site = written(sound_public, tmp_path_factory.mktemp("prose"), {"help/applying.html": "怎样办：讨薪"})
    write_all(site, ((path, text.encode()) for path, text in prose_files(PAGES.items())))
    return lambda text: searched(site, [text])[0]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("看守所", ["about/other.html"]),
        ("挨打了怎么办", ["help/applying.html#harm"]),
        ("讨薪要带什么", ["help/applying.html"]),
        ("身份证", ["about/other.html", "help/applying.html#papers"]),
        ("木头", []),
        ("主办单位", []),
    ],
)
def test_a_question_leads_to_the_part_that_says_it(ask: Ask, text: str, pages: list[str]) -> None:
    """The best part of each page; a page that people have a word for as a whole and once; what is not said, nowhere."""
    assert sorted(code for kind, code, _ in ask(text)["found"] if kind == "page") == pages


def test_a_place_needs_no_page(ask: Ask) -> None:
    """Whoever names a place is shown the place, and no file of pairs is asked for."""
    answer = ask("瓦房村")
    assert {kind for kind, _, _ in answer["found"]} <= {"village", "liaison", "township", "unlisted"}
    assert not [name for name in answer["files"] if name.startswith("prose")]


def test_a_place_and_a_need_in_one_sentence_give_both(ask: Ask) -> None:
    """The place that is named comes first, the page behind it."""
    kinds = [kind for kind, _, _ in ask("我是洮南瓦房村的，想讨薪")["found"]]
    assert kinds[:2] == ["village", "page"]
