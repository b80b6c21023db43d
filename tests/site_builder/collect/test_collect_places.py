"""Villages by the names that people give them: what is understood, and what is asked about."""

from collections import UserDict
from collections.abc import ItemsView
from dataclasses import replace

import pytest

from site_builder.collect.values import place_names
from site_builder.collect.values import places as places_module
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.collect.values.places import _by_name as by_name

ABOVE = ("吉林省", "白城市", "洮南市")
VILLAGES = [
    KnownVillage(code=f"220881{number:06}", name=name, township=township)
    for number, (township, name) in enumerate(
        [
            ("洮府街道", "北郊村"),
            ("洮府街道", "福胜村"),
            ("向阳街道", "朝阳村"),
            ("瓦房镇", "白塔村"),
            ("瓦房镇", "福顺村"),
            ("瓦房镇", "三段村"),
            ("福顺镇", "太平村"),
            ("瓦房镇", "太平村"),
            ("东升乡", "东升村"),
            ("东升乡", "新村"),
        ]
    )
]
PLACES = Places(
    villages={village.code: village for village in VILLAGES},
    counties={"220881": "洮南市"},
    above={"220881": ABOVE},
    by_name=by_name(VILLAGES),
    outside=by_name([KnownVillage(code="220881007299", name="东郊村委会", township="洮府街道")]),
)


def named(name: str, township: str = "") -> list[str]:
    return [village.township + village.name for village in PLACES.named("220881", township, name)]


@pytest.mark.parametrize(
    ("township", "name", "official"),
    [
        ("", "北郊村", "洮府街道北郊村"),
        ("", "北郊", "洮府街道北郊村"),
        ("", "北郊村村民委员会", "洮府街道北郊村"),
        ("", "北郊村委会", "洮府街道北郊村"),
        ("", "北郊村村委会", "洮府街道北郊村"),
        ("", "北郊村民委员会", "洮府街道北郊村"),
        ("", "北郊民委员会", "洮府街道北郊村"),
        ("", "北 郊 村", "洮府街道北郊村"),
        ("", "北郊行政村", "洮府街道北郊村"),
        ("", "洮府街道北郊行政村村委会", "洮府街道北郊村"),
        ("", "2.北郊村", "洮府街道北郊村"),
        ("", "（2）北郊村", "洮府街道北郊村"),
        ("", "福顺村（贫困村）", "瓦房镇福顺村"),
        ("", "3段村", "瓦房镇三段村"),
        ("", "新村", "东升乡新村"),
        ("", "新村村委会", "东升乡新村"),
        ("", "东升村", "东升乡东升村"),
        ("", "洮府街道福胜村", "洮府街道福胜村"),
        ("", "洮府街道/福胜村", "洮府街道福胜村"),
        ("", "洮府街道 福胜村", "洮府街道福胜村"),
        ("", "洮府街道-福胜村", "洮府街道福胜村"),
        ("", "洮府福胜村", "洮府街道福胜村"),
        ("", "洮南市洮府街道福胜村", "洮府街道福胜村"),
        ("", "吉林省白城市洮南市洮府街道福胜村", "洮府街道福胜村"),
        ("", "福顺镇太平村", "福顺镇太平村"),
        ("", "朝陽村", "向阳街道朝阳村"),
        ("", "福勝村", "洮府街道福胜村"),
        ("洮府", "北郊村", "洮府街道北郊村"),
        ("洮府街道办事处", "北郊", "洮府街道北郊村"),
        ("洮府街", "北郊", "洮府街道北郊村"),
        ("洮南市洮府街道", "北郊", "洮府街道北郊村"),
        ("瓦房鎮", "太平村", "瓦房镇太平村"),
        ("瓦房", "太平", "瓦房镇太平村"),
        ("洮府街道", "朝阳村", ""),
        ("", "白塔屯", ""),
        ("", "福顺村第三社", ""),
        ("", "先进村", ""),
    ],
)
def test_a_village_is_understood_however_it_is_written(township: str, name: str, official: str) -> None:
    """The committee stands for the village; what is above may stand before it; any other name is not on the list."""
    assert named(name, township) == ([official] if official else [])


def test_a_name_of_several_villages_is_not_decided() -> None:
    """太平村 is a village of two townships."""
    assert named("太平村") == ["福顺镇太平村", "瓦房镇太平村"]


@pytest.mark.parametrize(
    ("township", "name", "likeliest"),
    [
        ("洮府街道", "朝阳村", "向阳街道朝阳村"),
        ("", "白塔屯", "瓦房镇白塔村"),
        ("瓦房镇", "福顺村第三社", "瓦房镇福顺村"),
        ("", "福胜村2组", "洮府街道福胜村"),
        ("", "北交村", "洮府街道北郊村"),
        ("", "朝杨村", "向阳街道朝阳村"),
        ("", "太平村", "福顺镇太平村"),
    ],
)
def test_a_village_that_is_meant_is_offered(township: str, name: str, likeliest: str) -> None:
    """A right name under a wrong township, a part of a village, a slip: at most three, the likeliest first."""
    asked = PLACES.asked("220881", township, name)
    assert asked.startswith(f"是不是{likeliest}（220881")
    assert asked.count("（") <= 3


def test_nothing_is_offered_for_what_is_like_no_village() -> None:
    """A name that shares nothing with the list is not guessed at."""
    assert not PLACES.asked("220881", "", "桃源")


def test_a_name_beside_a_code_may_be_written_in_the_same_ways() -> None:
    """What is understood alone is no mismatch beside the right code; another village's name is one."""
    code = VILLAGES[0].code
    assert all(PLACES.is_name_of(code, name) for name in ("北郊", "北郊村委会", "洮府街道北郊村", "洮府北郊村"))
    assert not PLACES.is_name_of(code, "福胜村")


def test_a_name_that_is_all_ending_is_kept() -> None:
    """Two characters are left to every name."""
    assert (place_names.stem("新村"), place_names.larger_stem("东乡")) == ("新村", "东乡")


def test_a_real_village_that_is_not_the_campaign_s_is_known_as_such() -> None:
    """By its name as people write it, in its own township; a name of no village is not."""
    assert PLACES.is_outside("220881", "", "东郊村")
    assert PLACES.is_outside("220881", "洮府街道", "东郊")
    assert not PLACES.is_outside("220881", "瓦房镇", "东郊村")
    assert not PLACES.is_outside("220881", "", "桃源村")


def test_a_township_named_to_the_letter_is_no_other_of_the_same_stem() -> None:
    """One county has 万宝镇 and 万宝乡; where there is no other, any ending does."""
    town, country = (KnownVillage(code=code, name=name, township=township) for code, name, township in TWINS)
    twins = replace(PLACES, by_name=by_name([town]), outside=by_name([country]), villages={town.code: town})
    assert twins.named("220881", "万宝镇", "二龙村") == [town]
    assert twins.named("220881", "万宝乡", "二龙村") == [] and twins.is_outside("220881", "万宝乡", "二龙村")
    assert named("白塔村", "瓦房乡") == ["瓦房镇白塔村"]


@pytest.mark.parametrize(
    ("township", "name", "official"),
    [
        ("大房身镇", "长春岭村", "长春岭村"),
        ("", "长春岭行政村", "长春岭村"),
        ("", "德惠市长春岭村", "长春岭村"),
        ("", "德惠大房身镇长春岭", "长春岭村"),
        ("", "长春市德惠市岭村", "岭村"),
        ("", "德惠村", "德惠村"),
    ],
)
def test_a_name_that_begins_as_that_of_a_place_above_is_whole(township: str, name: str, official: str) -> None:
    """长春 is above the county, and 长春岭 a village's own name: nothing is cut off a name that is known whole."""
    villages = [KnownVillage(code=f"22018310420{n}", name=name, township="大房身镇") for n, name in enumerate(OWN)]
    places = replace(
        PLACES,
        villages={village.code: village for village in villages},
        counties={"220183": "德惠市"},
        above={"220183": ("吉林省", "长春市", "德惠市")},
        by_name=by_name(villages),
        outside=by_name([KnownVillage(code="220183104300", name="舒兰站村", township="大房身镇")]),
    )
    (found,) = places.named("220183", township, name)
    assert found.name == official
    assert places.is_only("220183", found.name)
    assert not places.says_township("220183", found.name)


OWN = ["长春岭村", "岭村", "德惠村"]


TWINS = [("220881104200", "二龙村", "万宝镇"), ("220881204200", "二龙村", "万宝乡")]


def test_the_townships_in_a_text_are_the_county_s_own_and_whole() -> None:
    """One within another's name is not meant; another county's is unknown here."""
    longer = replace(PLACES, outside=by_name([KnownVillage(code="220881108200", name="新立村", township="新福顺镇")]))
    assert longer.townships_in("220881", "新福顺镇名单") == ["新福顺镇"]
    assert longer.townships_in("220881", "福顺镇、瓦房名单") == ["福顺镇"]
    assert TWO_COUNTIES.townships_in("220881", "长岭镇名单") == []


@pytest.mark.parametrize("place", ["长岭镇北效村村部", "长岭县长岭镇北效村", "长岭北效村", "北效村小学"])
def test_a_township_may_be_called_as_its_county(place: str) -> None:
    """The county's name is not cut off a township's: what is left would be no township that anybody knows."""
    assert TWO_COUNTIES.villages_in("220722", place) == [ELSEWHERE]


def test_a_place_that_no_village_is_named_in_is_compared_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand places of events are not each compared with every village of the county."""
    compared: list[str] = []

    def noted(_: str, village: KnownVillage) -> bool:
        compared.append(village.name)
        return True

    monkeypatch.setattr(places_module, "_is_named_in", noted)
    assert PLACES.villages_in("220881", "第3号广场") == []
    assert compared == []
    assert [village.name for village in PLACES.villages_in("220881", "洮南市洮府街道北郊村村部")] == ["北郊村"]
    assert PLACES.villages_in("220882", "洮府街道北郊村村部") == []


def test_a_name_below_a_township_that_is_called_as_its_county_says_the_township() -> None:
    """Of it nothing is cut off."""
    assert TWO_COUNTIES.says_township("220722", "长岭镇北效")
    assert not TWO_COUNTIES.says_township("220722", "长岭县北效村")


ELSEWHERE = KnownVillage(code="220722001001", name="北效村", township="长岭镇")
TWO_COUNTIES = Places(
    villages={village.code: village for village in [*VILLAGES, ELSEWHERE]},
    counties={"220881": "洮南市", "220722": "长岭县"},
    above={"220881": ABOVE, "220722": ("吉林省", "松原市", "长岭县")},
    by_name=by_name([*VILLAGES, ELSEWHERE]),
    outside={},
)


def test_only_villages_of_the_county_of_a_township_are_offered() -> None:
    """Where nobody says the county, the township in the row does: a village like it elsewhere helps nobody."""
    assert "220722" in TWO_COUNTIES.asked("", "", "北交村")
    assert "220722" not in TWO_COUNTIES.asked("", "瓦房镇", "北交村")
    assert "220881" in TWO_COUNTIES.asked("", "瓦房镇", "北交村")


def test_most_rows_tell_the_county_of_a_list() -> None:
    """Names that several villages have tell nothing."""
    assert TWO_COUNTIES.home([("", "福胜村"), ("", "白塔村"), ("", "北效村"), ("", "太平村")]) == "220881"
    assert TWO_COUNTIES.home([("", "太平村"), ("", "桃源村")]) == ""


@pytest.mark.parametrize(
    ("example", "own"),
    [("220881", "220722"), ("220881000003", "220722001001"), ("A-220881-0001", "A-220722-0001"), ("21", "21")],
)
def test_an_example_is_of_the_return_s_own_county(example: str, own: str) -> None:
    """Another county's code would be copied."""
    assert TWO_COUNTIES.own_example("220722", example) == own
    assert TWO_COUNTIES.own_example("", example) == example


def test_an_example_of_the_return_s_own_county_stays() -> None:
    """The one that the form itself shows is not changed for another of the same county."""
    village = VILLAGES[-1].code
    assert TWO_COUNTIES.own_example(village[:6], village) == village
    assert TWO_COUNTIES.own_example(village[:6], "220881999999") == VILLAGES[0].code


@pytest.mark.parametrize("name", ["北郊自然村", "北郊屯"])
def test_a_hamlet_is_offered_its_village_and_never_taken_for_it(name: str) -> None:
    """自然村 and 屯 are parts of a village, often of another one than that of their name."""
    assert named(name) == []
    assert "洮府街道北郊村" in PLACES.asked("220881", "", name)


@pytest.mark.parametrize(
    "typed", ["（" * 32_000 + "瓦房村", "村" * 32_000, "瓦房村" + "村" * 32_000, "瓦房村、" * 8_000]
)
def test_what_is_longer_than_any_name_is_compared_with_none(typed: str) -> None:
    """A cell may hold thirty thousand characters: to cut endings off them, or to liken them, would have no end."""
    plain = place_names.written(typed)
    assert place_names.stem(typed) == place_names.larger_stem(typed) == plain
    assert place_names.likeness(typed, "瓦房村", is_home=True) == 0


class Counted(UserDict[str, KnownVillage]):
    """All villages of the province, and how often somebody goes through them."""

    times = 0

    def items(self) -> ItemsView[str, KnownVillage]:
        """Count it."""
        self.times += 1
        return super().items()


def test_a_village_that_nobody_knows_is_not_looked_for_in_the_whole_province() -> None:
    """Each of thousands of such rows looks at its own county's villages; the province is gone through once for all."""
    villages = Counted(PLACES.villages)
    places = replace(PLACES, villages=villages)
    asked = {places.asked("220881", "", f"福{number}村") for number in range(50)}
    assert len(asked) > 0
    assert {places.own_example("220881", "220106100200") for _ in range(50)} == {"220881000000"}
    assert villages.times == 1
