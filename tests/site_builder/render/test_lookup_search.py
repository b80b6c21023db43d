"""The search of the find box, as the site ships it, over every real name of the province."""

import json
import random
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypinyin import lazy_pinyin
from rounds import IS_LONG, rounds

from benchmarks import lookup_queries
from benchmarks.lookup_search import SHOWN, Answer, found_first, searched, written
from benchmarks.lookup_villages import of_gazetteer, of_size
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicRecords
from site_builder.render.lookup import shards
from site_builder.render.lookup.spelling import village_base

pytestmark = pytest.mark.needs("nodejs")
PROJECT = Path(__file__).resolve().parents[3]
SEED = 20180630
FUSHENG = "220881007201"
SPELLINGS = [
    "洮南福胜",
    "洮南市福胜村",
    "福胜村 洮南市",
    "白城市洮南市洮府街道福胜村村民委员会",
    "福胜村，洮府街道，洮南市",
    "福胜村，洮南市，洮府街道",
    "洮南福胜村委会",
    "洮南市　福　胜　村",
    "洮南復勝",
    "洮南服圣",
    "桃南福胜",
    "taonan fusheng",
    "taonanfusheng",
    "taonanshi fushengcun",
    "ＴＡＯＮＡＮＦＵＳＨＥＮＧ",
    "taonanfush",
    "洮南fusheng",
    "洮南福sheng",
    "洮南福s",
    "taonanfuseng",
    "洮府福胜",
    "洮南福 胜 。",
]
LETTERS = ["tnfs", "tnfsc", "tnfsh", "tnsfs", "tntffs", "tnsfscwh"]
NAMESAKES = {"朝阳": 20, "zhaoyang": 20, "二道沟村": 8, "erdaogou": 8}
LARGER = {
    "洮南市": ("county", "220881"),
    "洮南": ("county", "220881"),
    "taonan": ("county", "220881"),
    "前郭县": ("county", "220721"),
    "qianguo": ("county", "220721"),
    "长白县": ("county", "220623"),
    "伊通": ("county", "220323"),
    "白城市": ("prefecture", "2208"),
    "延边": ("prefecture", "2224"),
    "洮府街道": ("township", "220881007"),
    "tfjd": ("township", "220881007"),
}
NO_NAMES = ["没有这个村", "uuuu", "\U0002a6d6\U0002a6d6", "!!!", "，", "xian" * 60 + "v"]
ASKED = [
    "吉林省洮南市福胜村",
    "请问洮南福胜村的联络员是谁？",
    "我是洮南福胜的",
    "洮南市福胜村三组",
    "洮南市福胜村第2组",
    "洮南福胜村东屯",
    "你好，我想问一下洮南市洮府街道福胜村联络员电话是多少",
    "帮我查一下洮南福胜村",
    "洮南的福胜村谁是联络员",
    "220881007201",
]
PAGES = {
    "help/workers.html": "农民工讨薪：讨薪 工资 欠薪 拖欠工资",
    "about.html": "热线：12348 热线",
    "liaison.html": "联络员做什么：联络员 电话",
    "windows.html": "窗口：窗口 直通车 地址",
}
NEEDS = {
    "讨薪": "help/workers.html",
    "老板拖欠工资不给": "help/workers.html",
    "拖欠工": "help/workers.html",
    "12348": "about.html",
    "１２３４８": "about.html",
    "窗口地址在哪": "windows.html",
}
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def gazetteer() -> PublicRecords:
    return of_gazetteer()


@pytest.fixture(scope="module")
def site(gazetteer: PublicRecords, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the lookup alone."""
    return written(gazetteer, tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(scope="module")
def answer(site: Path) -> Ask:
    """What is found of a text: in the short form one process is asked for all, in the long form one for each."""
    if IS_LONG:
        return lambda text: searched(site, [text])[0]
    texts = [*SPELLINGS, *LETTERS, *NAMESAKES, *LARGER, *NO_NAMES, *ASKED]
    return dict(zip(texts, searched(site, texts), strict=True)).__getitem__


def test_of_many_queries_nearly_all_find_the_village_first(gazetteer: PublicRecords, site: Path) -> None:
    """For at least 99 % the village that is meant is first, or shown among those that the query cannot tell apart."""
    queries = lookup_queries.queries(lookup_queries.places(gazetteer), rounds(60, 500), SEED)
    assert {query.kind for query in queries} == set(lookup_queries.KINDS)
    answers = searched(site, [query.text for query in queries])
    missed = [query for query, answer in zip(queries, answers, strict=True) if not found_first(query, answer)]
    assert len(missed) <= 0.01 * len(queries), missed


@pytest.mark.parametrize("text", SPELLINGS)
def test_one_village_is_found_in_many_spellings(text: str, answer: Ask) -> None:
    """Place before or behind, other ending, pinyin, initials, mixed, traditional, full-width, sounds and looks."""
    best = top(answer(text))
    assert FUSHENG in best, best
    assert len(best) <= 4


@pytest.mark.parametrize("text", LETTERS)
def test_one_village_is_found_by_first_letters(text: str, answer: Ask) -> None:
    """Of its own, its township's and its county's name, with and without endings; others of the same letters too."""
    assert FUSHENG in top(answer(text))


def top(answer: Answer) -> list[str]:
    """The codes of what fits best."""
    return [code for _, code, cost in answer["found"] if cost == answer["found"][0][2]]


def test_villages_of_one_name_are_all_found(gazetteer: PublicRecords, site: Path) -> None:
    """Each 太平 of the province, and with its township each alone."""
    every = [village for county in gazetteer.counties for village in county.villages if village.name == "太平村委会"]
    assert len(every) == 24
    assert {village.code for village in every} <= set(top(searched(site, ["太平村"])[0]))
    for village, answer in zip(every, searched(site, [f"{v.township}太平村" for v in every]), strict=True):
        best = [found for found in answer["found"] if found[2] == answer["found"][0][2]]
        assert village.code in [code for _, code, _ in best]
        assert len(best) <= 3


def mistyped(sounds: list[str], chance: random.Random) -> str:
    """Pinyin with one slip in one sound, behind its first letter: a letter too few, too many, wrong, or two turned."""
    number = chance.choice([number for number, sound in enumerate(sounds) if len(sound) > 2])
    sound = sounds[number]
    at, letter = chance.randrange(1, len(sound)), chance.choice("aeginou")
    slips = [sound[:at] + sound[at + 1 :], sound[:at] + letter + sound[at:], sound[:at] + letter + sound[at + 1 :]]
    turned = sound[: at - 1] + sound[at] + sound[at - 1] + sound[at + 1 :]
    slip = chance.choice([*slips, *([turned] if at > 1 else [])])
    return "".join([*sounds[:number], slip, *sounds[number + 1 :]])


def test_a_slip_in_pinyin_hides_no_namesakes(gazetteer: PublicRecords, site: Path) -> None:
    """Who mistypes a letter of a name that many villages have is shown all of them, though the slip be a name too."""
    chance = random.Random(SEED)  # noqa: S311  (the same slips every time)
    codes: dict[str, list[str]] = defaultdict(list)
    for village in (village for county in gazetteer.counties for village in county.villages):
        codes[village_base(village.name)].append(village.code)
    names = [name for name in codes if 2 < len(codes[name]) < SHOWN and any(len(s) > 2 for s in lazy_pinyin(name))]
    chosen = chance.sample(names, rounds(30, 60))
    texts = [mistyped(lazy_pinyin(name, v_to_u=False), chance) for name in chosen]
    hidden = [
        (text, name)
        for text, name, answer in zip(texts, chosen, searched(site, texts), strict=True)
        if not set(codes[name]) <= {code for _, code, _ in [*answer["found"], *answer["near"]]}
    ]
    assert len(hidden) <= 0.1 * len(chosen), hidden


@pytest.mark.parametrize(("text", "least"), NAMESAKES.items())
def test_a_county_that_begins_alike_hides_no_namesakes(text: str, least: int, answer: Ask) -> None:
    """A name that is also how a county begins is looked for in the others as well."""
    assert len({code[:6] for code in top(answer(text))}) >= least


def test_every_village_is_found_however_small_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With files of two names each, split by initials, ends and sounds, and their keys in lists: by name and pinyin."""
    monkeypatch.setattr(shards, "MOST_NAMES", 2)
    monkeypatch.setattr(shards, "MOST_KEYS", 3)
    public = of_size(rounds(90, 300))
    site = written(public, tmp_path)
    assert list(site.glob("assets/lookup/keys-*.js"))
    assert list(site.glob("assets/lookup/names-*0*-*-.js"))
    villages = [village for county in public.counties for village in county.villages]
    for texts in (
        [village.name for village in villages],
        ["".join(lazy_pinyin(village_base(village.name), v_to_u=False)) for village in villages],
        [village.liaison.name for village in villages if village.liaison],
    ):
        for village, answer in zip(villages, searched(site, texts), strict=True):
            best = [code for _, code, cost in answer["found"] if cost == answer["found"][0][2]]
            assert village.code in best, village


@pytest.mark.parametrize("text", LARGER)
def test_larger_places_are_found_too(text: str, answer: Ask) -> None:
    """Prefectures, counties and townships, with and without what kind of place they are."""
    assert tuple(answer(text)["found"][0][:2]) == LARGER[text]


@pytest.mark.parametrize("text", ASKED)
def test_a_village_is_found_as_people_ask_for_it(text: str, answer: Ask) -> None:
    """In a sentence, with the group that one lives in, by its code."""
    assert top(answer(text)) == [FUSHENG]


def test_words_that_are_names_too_are_not_taken_off(public: Callable[[], PublicRecords], tmp_path: Path) -> None:
    """A campaign with a village 查找村 and one 有人村 does not take these words for asking."""
    records = public()
    county = next(county for county in records.counties if county.code == "220881")
    named = tuple(
        replace(village, name=name) for village, name in zip(county.villages, ("查找村", "有人村"), strict=False)
    )
    site = written(replace(records, counties=(replace(county, villages=named),)), tmp_path)
    found = searched(site, ["查找村", "查找", "有人", "请问有人村"])
    assert [each["found"][0][1] for each in found] == [named[n].code for n in (0, 0, 1, 1)]


@pytest.fixture(scope="module")
def tiny(sound_public: PublicRecords, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lookup of the tiny campaign, with some pages."""
    return written(sound_public, tmp_path_factory.mktemp("tiny"), PAGES)


def test_a_village_on_no_list_is_shown_as_that(tiny: Path) -> None:
    """By its name, behind those on the list; so is a township in which there is none."""
    by_name, listed = searched(tiny, ["我是长山村的", "瓦房"])
    assert [found[0] for found in by_name["found"]] == ["unlisted"]
    assert "unlisted" not in [found[0] for found in listed["found"][:1]]


def test_a_page_is_found_by_what_people_call_it(tiny: Path) -> None:
    """By a word, in a sentence, unfinished; never by a slip, and no place that only looks alike is shown."""
    for text, answer in zip(NEEDS, searched(tiny, list(NEEDS)), strict=True):
        assert [(kind, code) for kind, code, _ in answer["found"]] == [("page", NEEDS[text])], text
        assert answer["near"] == []


def test_a_place_that_was_named_goes_before_a_page(tiny: Path) -> None:
    """Who adds 地址 to a village's name has asked for the village."""
    found = searched(tiny, ["瓦房村的窗口"])[0]["found"]
    assert [each[0] for each in found] == ["village", "page"]
    both = searched(tiny, ["窗口"])[0]["found"]
    assert both[0][0] == "page"


def test_a_slip_is_found_among_words_of_asking(tiny: Path) -> None:
    """Though a page has 联络员 among its words: who asks who it is of a village has not asked for that page."""
    exact, slip = searched(tiny, ["瓦房村的联络员电话", "瓦坊村的联络员电话"])
    assert slip["found"][0][:2] == exact["found"][0][:2]
    assert slip["found"][0][0] == "village"


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name_finds_nothing(text: str, answer: Ask) -> None:
    """Nothing is offered that has nothing to do with what was typed."""
    assert answer(text)["found"] == []


def test_a_slip_is_reported(site: Path) -> None:
    """Whoever typed a name as it is written gets it as found; who did not, as nearly so."""
    assert [answer["slipped"] for answer in searched(site, ["太平", "tp", "太坪", "太評村"])] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("name", ["김철수", "𠮷野", "欧阳䶮", "斯琴高娃", "那顺", "Ａ·Ｂ"])
def test_rare_characters_and_hangul_are_found(name: str, public: Callable[[], PublicRecords], tmp_path: Path) -> None:
    """A liaison's name in whatever script, and a village's."""
    records = public()
    county = next(county for county in records.counties if county.code == "220881")
    village = county.villages[0]
    assert village.liaison
    serving = replace(village, liaison=replace(village.liaison, name=name))
    called = replace(county.villages[1], name=name)
    counties = (replace(county, villages=(serving, called)),)
    answer = searched(written(replace(records, counties=counties), tmp_path), [name])[0]
    found = [tuple(each) for each in answer["found"]]
    assert found == [("village", called.code, 0), ("liaison", serving.code, 0)]


def test_a_file_that_does_not_come_is_reported(site: Path) -> None:
    """The search gives null, and finds once the file is there."""
    script = """
      globalThis.window = globalThis;
      const { readFileSync } = require("node:fs");
      const run = (name) => (0, eval)(readFileSync(`${process.argv[1]}/assets/${name}.js`, "utf8"));
      run("search");
      let broken = true;
      const search = campaignLookup.searcher(async (name) => {
        if (broken && name.startsWith(process.argv[2])) return null;
        run(`lookup/${name}`);
        return campaignNames[name];
      });
      (async () => {
        const first = await search("洮南福胜", true);
        broken = false;
        const second = await search("洮南福胜", true);
        console.log(JSON.stringify([first, second.found.length]));
      })();
    """
    for name in ("index", "more", "names-"):
        output = subprocess.run(["node", "-e", script, site, name], capture_output=True, text=True, check=True).stdout
        shown: Any = json.loads(output)
        assert shown == [None, 1]


@pytest.mark.parametrize("text", ["룡산촌", "용산촌"])
def test_a_village_is_found_by_its_name_in_hangul(site: Path, text: str) -> None:
    """As Yanbian reads it and as the south does: the same villages as by its characters."""
    hangul, chinese = searched(site, [text, "龙山村"])
    assert set(top(chinese)) == set(top(hangul))
    assert len(top(hangul)) >= 8
    assert not hangul["slipped"]


def test_a_sheet_s_code_leads_to_its_village(sound_public: PublicRecords, tiny: Path) -> None:
    """Of each edition, with and without dash and the word before it; a code that is none leads nowhere."""
    every = [
        (posting.printed_code, village.code)
        for county in sound_public.counties
        for village in county.villages
        for posting in postings(county, village)
    ]
    assert len(every) > 2
    texts = [form.format(code) for code, _ in every for form in ("{}", "核对码：{}")]
    meant = [[("sheet", code)] for _, code in every for _ in range(2)]
    assert [[(k, c) for k, c, _ in answer["found"]] for answer in searched(tiny, texts)] == meant
    assert searched(tiny, ["222-2222"])[0]["found"] == []


def test_a_whole_name_is_no_beginning_of_another(site: Path) -> None:
    """龙山村 is looked for in all counties, though in the county 龙山 a name begins with 村."""
    assert len(top(searched(site, ["龙山村"])[0])) >= 8


@pytest.mark.parametrize(
    "text",
    [
        "麻烦打听下洮南福胜村归谁来管呢",
        "福胜那边联络员叫啥名",
        "老板拖欠工资，我是洮南福胜村的",
        "金斗朝鲜族满族乡砬缝村",
        "三骏满族蒙古族锡伯族乡-明安村",
        "我是洮南市洮府街道福胜村的村民，想找联络员。",
        "洮南福胜村是不是贫困村",
        "洮南福胜村第十二村民小组",
        "吉林洮南福胜村",
    ],
)
def test_a_village_is_found_inside_a_sentence(site: Path, text: str) -> None:
    """Between words that nobody foresaw: from a county's name, or the next, to an ending of a village."""
    found = [code for kind, code, cost in searched(site, [text])[0]["found"][:5] if cost < 20]
    assert {FUSHENG, "220521204203", "220781200211"} & set(found)


def test_a_zone_without_a_page_has_villages_too(sound_public: PublicRecords, tmp_path: Path) -> None:
    """A village of a zone that is no county of the campaign is told to be on no list."""
    names = {"220871": "某开发区", "220871002": "兴隆镇", "220871002011": "锦州社区居委会"}
    tables = tuple(
        replace(table, rows=(*table.rows, *((code, name, "", "") for code, name in names.items())))
        if table.name == "divisions"
        else table
        for table in sound_public.tables
    )
    records = replace(sound_public, tables=tables)
    answer = searched(written(records, tmp_path), ["某开发区锦州社区"])[0]
    assert [(kind, code) for kind, code, _ in answer["found"]] == [("unlisted", "220871002011")]
