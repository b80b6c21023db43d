"""A list of villages among the returns is known as one, and nothing else is said of it."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.kit.county import gather_all
from site_builder.kit.workbook import county_workbook
from site_builder.model import forms

LISTS: dict[str, list[list[object]]] = {
    "as the kit has it": [
        ["村代码", "乡镇", "村名", "活动年度", "总户数"],
        ["220881100201", "瓦房镇", "荣华村", 2018, 300],
    ],
    "names alone": [["县", "乡镇", "村名"], ["洮南市", "瓦房镇", "荣华村"], ["洮南市", "瓦房镇", "瓦房村"]],
    "with the prefecture": [["序号", "市州", "县", "村名", "总人口"], [1, "白城市", "洮南市", "荣华村", 900]],
}
RETURNS: dict[str, list[list[object]]] = {
    "a survey": [["村代码", "调查日期", "贫困户数"], ["220881100201", "2018-06-10", 3]],
    "heads that nobody knows": [["乡镇", "村名", "驻村干部名字", "手机甲"], ["瓦房镇", "荣华村", "李春花", "见附件"]],
}


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    return context_of(make_root(tmp_path_factory.mktemp("root")))


def _codes(context: CollectionContext, path: Path, county: str) -> list[str]:
    (taken,) = take(context.root, path, CollectOptions(county=county), context=context)
    return [problem.code for problem in taken.problems]


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("county", [COUNTY, ""])
def test_a_list_of_villages_is_told_apart(
    county: str, rows: list[list[object]], context: CollectionContext, tmp_path: Path
) -> None:
    """One answer, and no word of surveys that it lacks: 总户数 is never offered for 贫困户数."""
    path = write_workbook(tmp_path / "村名单.xlsx", {"Sheet1": rows})
    assert _codes(context, path, county) == ["return-villages"]


def test_the_kit_s_form_of_villages_is_told_by_its_marks(context: CollectionContext, tmp_path: Path) -> None:
    """Whatever was typed into it."""
    county = next(each for each in gather_all(context.root, context.campaign, context.schemas) if each.code == COUNTY)
    form = forms.load_village_list(context.root, context.schemas)
    path = tmp_path / "kit.xlsx"
    path.write_bytes(county_workbook(county, form, context.schemas, context.campaign))
    assert _codes(context, path, "") == ["return-villages"]


@pytest.mark.parametrize("rows", RETURNS.values(), ids=RETURNS)
def test_a_return_is_no_list_of_villages(rows: list[list[object]], context: CollectionContext, tmp_path: Path) -> None:
    """Though most of what it needs is lacking."""
    path = write_workbook(tmp_path / "报表.xlsx", {"Sheet1": rows})
    assert "return-villages" not in _codes(context, path, COUNTY)
