"""Short names on maps."""

import pytest

from site_builder.render.figures.names import short_name, short_prefecture


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("洮南市", "洮南"),
        ("公主岭市", "公主岭"),
        ("前郭尔罗斯蒙古族自治县", "前郭"),
        ("长白朝鲜族自治县", "长白"),
        ("伊通满族自治县", "伊通"),
        ("通化县", "通化县"),
        ("南关区", "南关"),
    ],
)
def test_a_county_s_name_is_short_where_that_is_clear(name: str, short: str) -> None:
    """Without its kind and the peoples in it; whole where a prefecture is called so."""
    assert short_name(name, ["通化", "白山"]) == short


def test_a_prefecture_keeps_a_letter_for_what_it_is() -> None:
    """Nobody takes it for a county."""
    assert [short_prefecture(name) for name in ("延边朝鲜族自治州", "白城市")] == ["延边州", "白城市"]
