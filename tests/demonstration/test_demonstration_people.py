"""Names of people who do not exist."""

import pytest

from demonstration.chance import chance
from demonstration.people import person, staff
from demonstration.wording import words

Tables = dict[str, list[dict[str, str]]]
RARE = "䶮𬭎喆堃芃"


def names(county: str, count: int = 3000) -> list[str]:
    rng = chance(1, county)
    return [person(rng, county) for _ in range(count)]


def test_people_of_the_notice_never_appear() -> None:
    """However many names are drawn, none is of the leading group or of a public figure."""
    leading_group = "张毅 李晓英 李延 鲍国民 洪波 刘晓春 丁淑清 李奇 戴欣 刘桂琴 孙晓标 王英帅 胡玉祥 刘洪岩"
    avoided = words("names")["avoid"]
    assert set(leading_group.split()) <= set(avoided)
    drawn = {name for county in ("220122", "222405", "220721", "220323") for name in names(county, 40_000)}
    assert len(drawn) > 10_000
    assert drawn.isdisjoint(avoided)


def test_names_differ_in_length() -> None:
    """Two characters to seven, so that sheets and tables show every width."""
    lengths = {len(name) for county in ("220122", "220721") for name in names(county)}
    assert {2, 3, 4, 5, 6} <= lengths <= {2, 3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("county", "style", "least"), [("222405", "korean", 0.3), ("220721", "mongolian", 0.2), ("220323", "manchu", 0.2)]
)
def test_names_fit_the_peoples_of_the_place(county: str, style: str, least: float) -> None:
    """Korean names in 延边, Mongolian ones in 前郭, Manchu ones in 伊通, and hardly any of them in 长春."""
    beginnings = tuple(words("names")[style].get("long_first", [])) + tuple(words("names")[style]["surnames"])
    here = sum(name.startswith(beginnings) for name in names(county)) / 3000
    elsewhere = sum(name.startswith(beginnings) for name in names("220102")) / 3000
    assert here > elsewhere + least / 2
    assert here > least


def test_no_given_name_repeats_a_syllable() -> None:
    """Nobody is called 许学学."""
    assert not [name for name in names("222405") if len(name) == 3 and name[1] == name[2]]


def test_committed_names_have_the_rare_characters(committed: Tables) -> None:
    """A few liaisons bear characters that old fonts lack, each of the five at least once."""
    found = [row["name"] for row in committed["liaisons"] if set(row["name"]) & set(RARE)]
    assert set(RARE) <= set("".join(found))
    assert len(found) < 30


def test_an_office_has_few_people() -> None:
    """The same handful of people of a county survey, verify and submit."""
    assert staff(2018, "220881") == staff(2018, "220881")
    assert staff(2018, "220881") != staff(2018, "220882")
    assert len(staff(2018, "220881")) == 5
