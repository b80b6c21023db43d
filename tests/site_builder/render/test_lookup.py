"""The index of the lookup: readings, beginnings of names, and files that stay small."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rounds import rounds

from benchmarks.lookup_villages import of_size
from site_builder.publication.public import PublicRecords
from site_builder.render.lookup import lookup_files, refuse_addresses, shards, slips
from site_builder.render.lookup.spelling import UNREAD, place_base, plain_name, readings, village_base
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import Words, WordSection
from site_builder.site import contents

PROJECT = Path(__file__).resolve().parents[3]
NAME = re.compile(r"assets/lookup/[a-z]+(-[a-z0-9_-]+)?\.js")


def content(files: dict[str, str], name: str) -> object:
    """What a file sets, read as JSON."""
    text = files[f"assets/lookup/{name}.js"]
    return json.loads(text.partition(f'["{name}"]=')[2].removesuffix(";\n"))


@pytest.mark.parametrize(
    ("character", "sounds"),
    [
        ("长", {"zhang", "chang"}),
        ("重", {"zhong", "chong"}),
        ("乐", {"le", "yue"}),
        ("朝", {"chao", "zhao"}),
        ("单", {"dan", "chan", "shan"}),
        ("解", {"jie", "xie"}),
        ("曾", {"ceng", "zeng"}),
        ("翟", {"di", "zhai"}),
        ("朴", {"pu", "piao", "po"}),
        ("珲", {"hui", "hun"}),
        ("绿", {"lv", "lu"}),
        ("平", {"ping"}),
        ("市", {"shi"}),
        ("7", {"qi"}),
        ("A", {"a"}),
        ("김", {UNREAD}),
        ("é", {UNREAD}),
    ],
)
def test_a_character_has_its_plausible_readings(character: str, sounds: set[str]) -> None:
    """All that are in use, also in surnames; none that only old dictionaries have."""
    assert set(readings(character)) == sounds


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("福胜村", "福胜"),
        ("福胜村民委员会", "福胜"),
        ("幸福社区居委会", "幸福"),
        ("新村", "新"),
        ("村", "村"),
        ("新月村委会（新月工业小区）（省级）", "新月"),
        ("（一）", "一"),
        ("Ａ区　1村", "a区1"),
    ],
)
def test_a_village_has_a_name_of_its_own(name: str, base: str) -> None:
    """The ending that says what kind of village it is does not belong to it, nor do asides, width and case."""
    assert village_base(name) == base


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("洮南市", "洮南"),
        ("前郭尔罗斯蒙古族自治县", "前郭尔罗斯"),
        ("长白朝鲜族自治县", "长白"),
        ("卡伦满族乡", "卡伦"),
        ("洮府街道", "洮府"),
        ("市镇", "市镇"),
    ],
)
def test_a_larger_place_has_a_name_of_its_own(name: str, base: str) -> None:
    """Endings go one after another while two characters are left."""
    assert place_base(name) == base


def test_every_name_stands_in_the_files_of_its_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the files must be, each name is in the file of every reading, and no key begins another."""
    monkeypatch.setattr(shards, "MOST_NAMES", 3)
    public = of_size(400)
    files = shards.by_beginning(shards.villages(public))
    for county in public.counties:
        for village in county.villages:
            assert village.liaison
            for plain in (village_base(village.name), plain_name(village.liaison.name)):
                initials = {"".join(letters) for letters in _initials(plain)}
                for lead in initials:
                    keys = [key for key in files if (lead + shards.END).startswith(key) or key.startswith(lead + "0")]
                    assert any(village.code in _codes(files[key]) for key in keys), (plain, lead)
    assert not any(one != other and other.startswith(one) for one in files for other in files)


def _initials(plain: str) -> list[list[str]]:
    leads: list[list[str]] = [[]]
    for character in plain[:6]:
        leads = [[*lead, sound[0]] for lead in leads for sound in readings(character)]
    return leads


def _codes(leaf: shards.Leaf) -> set[str]:
    return {f"{code}{row[0]}" for code, _, _, rows in leaf for row in rows}  # type: ignore[attr-defined]


def test_the_files_of_a_country_stay_small() -> None:
    """With many times the province's villages, only names that are read alike make a file longer than wanted."""
    files = shards.by_beginning(shards.villages(of_size(rounds(8_000, 20_000))))
    assert len(files) > rounds(200, 500)
    for key, leaf in files.items():
        names = sum(len(rows) for _, _, _, rows in leaf)  # type: ignore[arg-type, misc]
        assert names <= shards.MOST_NAMES or key.count("-") == 2, key


def test_keys_of_an_initial_with_many_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index names the initial, and a file of its own lists the keys."""
    monkeypatch.setattr(shards, "MOST_KEYS", 2)
    assert shards.keys(["a", "ba", "bb", "bc", "ca", "cb"]) == (["a", "b*", "ca", "cb"], {"b": ["ba", "bb", "bc"]})


def test_counties_have_their_files_and_liaisons_their_names_only(public: Callable[[], PublicRecords]) -> None:
    """Codes, names and who serves now, and villages on no list: no phone, no role, nobody who served before."""
    files = dict(lookup_files(public(), {}))
    assert content(files, "names-220881") == [
        ["220881100", "瓦房镇", 2, [["200", "瓦房村", "朴银姬"], ["201", "荣华村", "斯琴高娃"], ["202", "长山村"]]]
    ]
    everything = "".join(files.values())
    assert not any(gone in everything for gone in ("欧阳䶮", "王小二", "13800000000", "139******34", "mediator"))


@settings(max_examples=rounds(8, 30))
@given(name=st.text(min_size=1, max_size=12))
@example(name="</script>&<!--\u2028\u2029")
def test_whatever_a_name_holds_its_files_are_safe(name: str) -> None:
    """File names are of letters, digits and dashes; the script has no sign that could end it or a page's element."""
    village = of_size(1)
    county = next(county for county in village.counties if county.villages)
    hostile = replace(county, name=name, villages=(replace(county.villages[0], name=name, township=name),))
    files = dict(lookup_files(replace(village, counties=(hostile,)), {}))
    for path, text in files.items():
        assert NAME.fullmatch(path), path
        assert not set("<>&\u2028\u2029") & set(text)
    assert content(files, f"names-{county.code}")[0][3][0][1] == name  # type: ignore[index]


def test_slips_lead_to_characters_that_names_have() -> None:
    """By sound, by look and by the traditional form; of what sounds alike, nothing is said twice."""
    found = {character: slip for file in slips.slips(sorted("平屯长未")) for character, slip in file.items()}
    assert found["坪"] == ("ping", "", "")
    assert found["囤"] == ("dun tun", "", "")
    assert found["長"] == ("", "长", "")
    assert "未" in found["末"][2]
    assert "平" not in found


def test_the_same_records_give_the_same_bytes(public: Callable[[], PublicRecords]) -> None:
    """Nothing in the files depends on the order of a set."""
    assert list(lookup_files(public(), {})) == list(lookup_files(public(), {}))


@pytest.mark.parametrize(
    "address",
    [
        "https://fake.example/",
        "//fake.example/a.html",
        "/a.html",
        "javascript:alert(1)//a.html",
        "../a.html",
        "a/../../a.html",
        "a\\b.html",
        "help/index.html?x",
        "help/",
        "",
        "a.html\n",
        "ａ.html",
    ],
)
def test_words_for_pages_lead_to_pages_of_the_site(address: str) -> None:
    """Anything that is not the plain way to a page is refused with the word that it stands for."""
    refuse_addresses({"help/index.html": "一：二", "help/migrant-workers.html": "一：二"})
    with pytest.raises(CampaignError) as caught:
        refuse_addresses({"help/index.html": "一：二", address: "一：二"})
    assert [problem.code for problem in caught.value.problems] == ["words-address"]


def test_a_page_that_was_not_built_is_not_found(public: Callable[[], PublicRecords], labels: Words) -> None:
    """The find box leads to no page that is not there."""
    named = WordSection("zh-CN.yml", "find_pages", {"a/here.html": "一：二", "a/gone.html": "三：四"})
    changed = Words("zh-CN.yml", {**labels, "find_pages": named})
    files = dict(contents.own_files(public(), changed, labels, sources=["a/here.md", "a/other.md"]))
    assert content(files, "pages") == [["a/here.html", "一", "二"]]
