"""A form for one person names the village in its title alone."""

from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import errors, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext

PAIRS: list[list[object]] = [
    ["姓名", "李春花", "性别", "女"],
    ["村内职务", "村会计", "联系电话", "13800000101"],
    ["任职时间", "2018年6月15日", "是否同意公布电话", "否"],
]
KEYS = [[row[at], row[at + 1]] for row in PAIRS for at in (0, 2)]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize("rows", [PAIRS, KEYS])
@pytest.mark.parametrize("title", ["洮南市瓦房镇荣华村法律援助联络员登记表", "荣华村联络员登记表"])
def test_the_village_of_one_record_is_read_from_the_title(
    title: str, rows: list[list[object]], context: CollectionContext
) -> None:
    """In pairs of keys and values and in one column of keys alike; the phone is where it is asked for."""
    one = taken(context, sheet_of([[title], *rows]))
    assert not {"return-unrecognised", "personal-mobile"} & {code for code, _ in errors(one)}
    names = {row["name"]: row["village_code"] for row in rows_of(one, "liaisons")} if not errors(one) else {}
    assert names.get("李春花") == "220881100201"


@pytest.mark.parametrize("title", ["洮南市贫困村法律援助联络员登记表", "各村联络员登记表"])
def test_villages_of_a_kind_are_no_village(title: str, context: CollectionContext) -> None:
    """A title of all of them names none."""
    assert "return-unrecognised" in {code for code, _ in errors(taken(context, sheet_of([[title], *PAIRS])))}
