"""Townships side by side over their villages, or several in one cell: each village gets its own, or none at all."""

import pytest

from site_builder.collect.values import places
from site_builder.collect.values.places import KnownVillage
from site_builder.collect.village_lists import abreast
from site_builder.collect.village_lists.rewritten import VillageNames
from site_builder.untrusted_files import Sheet, Value

# 二道村 is a village of both townships of one county, and of one of another.
_TOWNSHIPS = {"220203100": "乌拉街镇", "220203101": "缸窑镇", "220203104": "金珠镇", "220211201": "前二道乡"}
_VILLAGES = {
    "220203100210": "二道村",
    "220203100201": "阿拉底村",
    "220203101203": "二道村",
    "220203101200": "黄河村",
    "220203104201": "金珠村",
    "220211201200": "二道村",
}
_COUNTIES = {"220203": "龙潭区", "220211": "丰满区"}


@pytest.fixture(scope="module")
def names() -> VillageNames:
    """The names of a gazetteer of two counties."""
    known = {
        code: KnownVillage(code=code, name=name, township=_TOWNSHIPS[code[:9]]) for code, name in _VILLAGES.items()
    }
    above = {"22": "吉林省", "2202": "吉林市", **_COUNTIES, **_TOWNSHIPS}
    parents = {"220203": "2202", "220211": "2202", "2202": "22"}
    return VillageNames(places=places.of(known, _COUNTIES, above, parents))


Rows = list[list[Value]]
Merged = tuple[tuple[int, int, int, int], ...]


def _names(names: VillageNames, rows: Rows, merged: Merged = ()) -> list[Value]:
    """The cells of a list that name a village, as they come out."""
    told = abreast.with_townships(Sheet(name="名单", rows=rows, merged=merged), names)
    return [cell for row in told.rows for cell in row if isinstance(cell, str) and cell.endswith("村")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            [["龙潭区贫困村名单"], ["乌拉街镇", "缸窑镇"], ["二道村", "黄河村"], [None, "二道村"]],
            ["乌拉街镇二道村", "缸窑镇黄河村", "缸窑镇二道村"],
            id="a column each",
        ),
        pytest.param(
            [["乌拉街镇（1个）", "缸窑镇2个村"], ["二道村", "黄河村"]],
            ["乌拉街镇二道村", "缸窑镇黄河村"],
            id="with counts",
        ),
        pytest.param(
            [["县", "乌拉街镇", "缸窑镇"], ["龙潭区", "二道村", "黄河村"], [None, None, "二道村"]],
            ["乌拉街镇二道村", "缸窑镇黄河村", "缸窑镇二道村"],
            id="the county at the left",
        ),
        pytest.param(
            [["乌拉街镇", None, "缸窑镇", None], ["序号", "村名", "序号", "村名"], [1, "二道村", 1, "黄河村"]],
            ["乌拉街镇二道村", "缸窑镇黄河村"],
            id="over heads of two columns",
        ),
        pytest.param(
            [["乌拉街镇", None, "缸窑镇"], ["二道村", None, "二道村"], [], ["金珠镇", "缸窑镇"], ["金珠村", "黄河村"]],
            ["乌拉街镇二道村", "缸窑镇二道村", "金珠镇金珠村", "缸窑镇黄河村"],
            id="two blocks and a gap",
        ),
        pytest.param(
            [["龙潭区", None, "丰满区"], ["乌拉街镇", "缸窑镇", "前二道乡"], ["二道村", "二道村", "二道村"]],
            ["龙潭区乌拉街镇二道村", "龙潭区缸窑镇二道村", "丰满区前二道乡二道村"],
            id="counties over them",
        ),
        pytest.param(
            [
                ["龙潭区"],
                ["乌拉街镇", "缸窑镇"],
                ["二道村", "二道村"],
                ["丰满区"],
                ["前二道乡", "乌拉街镇"],
                ["二道村"],
            ],
            ["乌拉街镇二道村", "缸窑镇二道村", "前二道乡二道村"],
            id="county after county",
        ),
        pytest.param(
            [["乌拉街镇", "缸窑镇"], ["1、二道村、阿拉底村", "黄河村，二道村"]],
            ["乌拉街镇二道村、乌拉街镇阿拉底村", "缸窑镇黄河村、缸窑镇二道村"],
            id="several villages in a cell",
        ),
        pytest.param(
            [["吉林市龙潭区乌拉街镇", "缸窑镇"], ["二道村", "缸窑镇黄河村"]],
            ["乌拉街镇二道村", "缸窑镇黄河村"],
            id="names that stand whole",
        ),
        pytest.param(
            [["缸窑镇", "黄河村", "二道村"], ["乌拉街镇", "二道村"], ["乌拉街镇", "缸窑镇"], ["阿拉底村", "黄河村"]],
            ["缸窑镇黄河村", "缸窑镇二道村", "乌拉街镇二道村", "乌拉街镇阿拉底村", "缸窑镇黄河村"],
            id="rows that begin with their township, before them",
        ),
    ],
)
def test_each_village_gets_the_township_over_it(names: VillageNames, rows: Rows, said: list[str]) -> None:
    """Not the last one of the line, whatever else stands there."""
    assert _names(names, rows) == said


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["乌拉街镇", "缸窑镇"], ["阿拉底村", "黄河村", "二道村"]], id="right of all heads"),
        pytest.param([[None, "乌拉街镇", "缸窑镇"], ["二道村", "阿拉底村", "黄河村"]], id="left of all heads"),
        pytest.param([["乌拉街镇", "缸窑镇"], ["阿拉底村", "黄河村"], ["金珠镇", "二道村"]], id="beside another"),
        pytest.param([["乌拉街镇", "缸窑镇"], [None, "金珠镇"], ["二道村"]], id="below another that is alone"),
    ],
)
def test_a_village_that_may_be_of_two_townships_gets_neither(names: VillageNames, rows: Rows) -> None:
    """Its bare name is looked up, and asked about where it is several villages'."""
    assert "二道村" in _names(names, rows)


def test_a_merged_head_reaches_over_its_own_columns_alone(names: VillageNames) -> None:
    """What stands right of it has no head."""
    rows: Rows = [["乌拉街镇", None, None, "缸窑镇"], ["二道村", "阿拉底村", "二道村", "黄河村"]]
    assert _names(names, rows, ((1, 1, 1, 2),)) == ["乌拉街镇二道村", "乌拉街镇阿拉底村", "二道村", "缸窑镇黄河村"]


def test_a_list_with_columns_for_townships_is_left_alone(names: VillageNames) -> None:
    """Heads and rows are none of townships side by side, be two of them in one line."""
    rows: Rows = [["乡镇", "村名", "乡镇", "村名"], ["乌拉街镇", "二道村", "缸窑镇", "二道村"], ["金珠镇", "金珠村"]]
    sheet = Sheet(name="名单", rows=rows)
    assert abreast.with_townships(sheet, names) is sheet


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("乌拉街镇：二道村；缸窑镇：黄河村、二道村", ["乌拉街镇二道村", "缸窑镇黄河村", "缸窑镇二道村"]),
        ("乌拉街镇（1个）：二道村；缸窑镇（1个）：黄河村。", ["乌拉街镇二道村", "缸窑镇黄河村"]),
        ("乌拉街镇:二道村\n缸窑镇:黄河村", ["乌拉街镇二道村", "缸窑镇黄河村"]),
        ("乌拉街镇（二道村）、缸窑镇（黄河村、二道村）", ["乌拉街镇二道村", "缸窑镇黄河村", "缸窑镇二道村"]),
        ("乌拉街镇 二道村；缸窑镇 黄河村", ["乌拉街镇二道村", "缸窑镇黄河村"]),
        ("缸窑镇（1个）：黄河村", ["缸窑镇黄河村"]),
        ("缸窑镇：桃源村；乌拉街镇：柳河村", ["缸窑镇桃源村", "乌拉街镇柳河村"]),
        ("二道村、黄河村等2个村", ["二道村", "黄河村"]),
        ("二 道 村", []),
        ("乌拉街镇、缸窑镇", []),
    ],
)
def test_several_townships_in_one_cell_are_told_apart(names: VillageNames, cell: str, said: list[str]) -> None:
    """Each with its own villages; one that is none of it is asked about by its own name."""
    assert names.joined(cell) == said
