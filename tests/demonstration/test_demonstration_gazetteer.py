"""Villages in the gazetteer, and divisions invented beyond it."""

import pytest

from demonstration import gazetteer, invented
from demonstration.generator import HOME

Tables = dict[str, list[dict[str, str]]]


@pytest.mark.parametrize(
    ("name", "township", "own"),
    [
        ("荣华村委会", "万宝镇", "荣华村"),
        ("太平村", "万宝镇", "太平村"),
        ("孤山子朝鲜族村", "孤山子镇", "孤山子朝鲜族村"),
        ("四平市铁东区石岭镇石河村村民委员会", "四平市铁东区石岭镇", "石河村"),
        ("四平市铁东区山门镇头道村民委员会", "四平市铁东区山门镇", "头道村"),
        ("北正镇村委会", "北正镇", "北正镇村"),
    ],
)
def test_a_village_is_called_as_it_calls_itself(name: str, township: str, own: str) -> None:
    """Township and committee fall away, the village stays."""
    assert gazetteer.own_name(name, township) == own


@pytest.mark.parametrize(
    "name", ["长江社区", "园艺场（特殊村委会）", "北大湖体育旅游经济开发区省级特殊村", "虚拟生活区", "光复社区村"]
)
def test_other_units_are_not_villages(name: str) -> None:
    """Communities, farms and special units are left out, whatever their name ends with."""
    assert not gazetteer.is_village(name)


def test_districts_are_written_with_their_city() -> None:
    """铁西区 alone could be anywhere."""
    divisions = gazetteer.read(HOME)
    named = {c.code: c.full_name for c in gazetteer.counties(divisions, {"220302", "220881", "222403"})}
    assert named == {"220302": "四平市铁西区", "220881": "洮南市", "222403": "敦化市"}


def test_invented_divisions_hang_together_and_collide_with_nothing() -> None:
    """Every invented unit has its parent, a code that begins with it, and no code of a real unit."""
    real = {division.code for division in gazetteer.read(HOME)}
    made = invented.divisions(2000, seed=1)
    codes = {division.code for division in made}
    assert len(codes) == len(made)
    assert codes.isdisjoint(real)
    for division in made:
        assert division.code.startswith(division.parent_code)
        assert division.parent_code in codes | {"22"}
    assert sum(division.level == "village" for division in made) == 2000
    assert sum(division.level == "county" for division in made) == 45


def test_invented_divisions_exist_only_in_large_runs(committed: Tables, scaled: Tables) -> None:
    """The committed gazetteer is the real one; a larger run adds to it and uses what it adds."""
    real = {row["code"] for row in committed["divisions"]}
    added = {row["code"] for row in scaled["divisions"]} - real
    assert len(real) == 13014
    assert sum(len(code) == 12 for code in added) == 300
    used = {row["village_code"] for row in scaled["villages"]}
    assert len(used) == 3000
    assert used & added == {code for code in added if len(code) == 12}
    assert len(scaled["counties"]) == 67


def test_a_large_run_keeps_the_proportions(scaled: Tables) -> None:
    """Of 3,000 villages as large a part is of 2018 as in the campaign."""
    new = sum(row["campaign_year"] == "2018" for row in scaled["villages"])
    assert new == pytest.approx(3000 * 789 / 1489, abs=5)
