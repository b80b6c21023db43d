"""What is a person's name, and what stands in its place."""

import csv
import json
from itertools import product
from pathlib import Path
from random import Random

import pytest
from no_names import NO_NAMES

from demonstration import people
from site_builder.model.meanings import glued_names, no_name, no_text, words

ROOT = Path(__file__).parents[3]
COUNTIES = ("220881", "222401", "220721", "220323", "220102", "222426")
# Rare and compound surnames, and characters that offices, bodies and vacancies are written with.
SURNAMES = "任长书和与代司主干文关那乜亓仉佘逄万单于牟缪麴仝䶮𬭎覃隗操是过尚空"
COMPOUND = (
    "万俟",
    "单于",
    "令狐",
    "长孙",
    "司马",
    "司徒",
    "司空",
    "钟离",
    "尉迟",
    "鲜于",
    "闾丘",
    "呼延",
    "主父",
    "爱新觉罗",
)
GIVEN = "任长书待定和与代文主干部员会计委站所局新空平明志远镇村社区海"
LONG = (
    "阿卜杜热合曼·买买提",
    "阿依古丽·吐尔逊·阿不都拉",
    "努尔兰·哈力木拉提",
    "斯琴高娃",
    "额尔敦苏和",
    "乌力吉巴雅尔",
    "孛儿只斤布仁巴雅尔",
    "爱新觉罗恒镇",
    "김철수",
    "박은희",
    "ئەخمەت",
    "Нұрлан Әбілқасым",
    "ᠪᠠᠲᠤ",
    "朴银姬",
    "欧阳䶮",
    "王𬭎",
    "𠮷野",
    "李文书",
    "李平等",
    "刘玉村",
    "魏凤和",
    "任主",
)


def names_of_all_kinds() -> list[str]:
    """More than 10,000 different names: of the province's peoples, rare and compound ones, of characters of offices."""
    rng = Random("names")  # noqa: S311  (not for secrets)
    made = {people.person(rng, county) for county in COUNTIES for _ in range(3500)}
    surnames = [*SURNAMES, *COMPOUND]
    pairs = [f"{surname}{first}{second}" for surname, first, second in product(surnames, "任书和文长远明", GIVEN)]
    return sorted({*made, *rng.sample(pairs, min(len(pairs), 4500)), *LONG})


def test_no_name_of_ten_thousand_is_refused() -> None:
    """Names as people bear them are names, whatever characters they share with offices and vacancies."""
    names = names_of_all_kinds()
    assert len(names) > 10_000
    assert {name: found.code for name in names if (found := no_name(name))} == {}


@pytest.mark.parametrize(("text", "code"), [pair for pair in NO_NAMES.items() if pair[1] != "cell-foreign"])
def test_what_is_no_name_is_distinguished(text: str, code: str) -> None:
    """A vacancy, an office, two people, a lost or covered character: each is called what it is."""
    found = no_name(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "还没有联络员",
        "尚未确定",
        "目前空缺",
        "待选举产生",
        "暂由村支书代",
        "未配备",
        "没有人",
        "缺",
        "空",
        "待定（王敏）",
        "换届选举中",
    ],
)
def test_a_vacancy_is_reported_in_many_ways(text: str) -> None:
    """However people say that there is nobody yet."""
    found = no_name(text)
    assert found is not None
    assert found.code == "name-vacant"


def test_every_role_and_its_other_words_is_an_office() -> None:
    """What the forms offer as a role is nobody's name."""
    with (ROOT / "survey_schemas/code_lists/liaison_roles.csv").open(encoding="utf-8") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    forms = json.loads((ROOT / "survey_schemas/forms.json").read_text(encoding="utf-8"))
    roles = [*titles, *(word for word in forms["choice_aliases"]["liaison_roles"] if "+" not in word)]
    assert {role for role in roles if getattr(no_name(role), "code", "") != "name-post"} == set()


@pytest.mark.parametrize("office", words()["posts"][:40])
def test_a_name_is_offered_without_the_office(office: str) -> None:
    """An office after a name, before it or in brackets: the name alone is offered."""
    for text in (f"李春花{office}", f"李春花（{office}）", f"李春花 {office}", f"{office}李春花", f"{office}：李春花"):
        found = no_name(text)
        assert found is not None, text
        assert (found.code, found.offered) == ("name-annotated", "李春花"), text


def test_blanks_inside_one_name_do_no_harm() -> None:
    """Two characters set apart, or a name in two parts, are one person still."""
    assert [no_name(name) for name in ("王 敏", "王　敏", "欧阳 明月", "斯琴 高娃", "박 은희")] == [None] * 5


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("王敏李强", ("王敏", "李强")),
        ("王小敏李强", ("王小敏", "李强")),
        ("王小敏李小强", ("王小敏", "李小强")),
        ("欧阳明月", None),
        ("斯琴高娃", None),
        ("苏日高娃", None),
        ("王敏", None),
        ("阿依古丽·买买提", None),
    ],
)
def test_two_names_without_anything_between_are_asked_about(text: str, two: tuple[str, str] | None) -> None:
    """Both parts begin with a usual surname; a compound surname begins one name."""
    assert glued_names(text) == two


def test_hardly_a_name_of_four_characters_is_asked_about() -> None:
    """Fewer than one in two hundred of the names that people bear in four characters."""
    long = [name for name in names_of_all_kinds() if len(name) == 4 and no_name(name) is None]
    asked = [name for name in long if glued_names(name)]
    assert len(long) > 500
    assert len(asked) / len(long) < 0.005, asked


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "暂无",
        "同上",
        "/",
        "——",
        "待定",
        "详见附件",
        "见备注",
        "？？？",
        "???",
        "xxx",
        "N/A",
        "略",
        "。",
        "…",
        "地址",
        "同前",
    ],
)
def test_a_word_for_nothing_is_no_text(text: str) -> None:
    """What the public would read as an address or hours says something."""
    assert no_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "无极路1号",
        "空港街2号",
        "待月村文化广场",
        "同上村村部",
        "见山路5号",
        "全天",
        "8:30—16:30",
        "示例法律援助中心",
        "附属医院门前",
    ],
)
def test_a_text_that_only_begins_like_one_is_kept(text: str) -> None:
    """A road, a village or hours may hold the same characters."""
    assert not no_text(text)
