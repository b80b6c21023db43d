"""Texts that say nothing do not leave, and codes of a list are no texts."""

import pytest
from tiny_campaign import PROJECT

from site_builder.model import schemas
from site_builder.model.schemas import Policy
from site_builder.publication.gate import _said
from site_builder.record.records import TYPES

KNOWN = schemas.load(PROJECT)


@pytest.mark.parametrize("table", TYPES)
def test_every_code_of_a_list_passes(table: str) -> None:
    """A code is an answer even where it reads like a word for nothing, as the budget's `none`."""
    for field in (field for field in KNOWN.tables[table].fields if field.policy is Policy.PUBLIC and field.choices):
        assert [_said(field, code) for code in field.choices] == list(field.choices)


def test_a_text_with_a_small_count_of_persons_does_not_leave() -> None:
    """Whatever a check has said of it; the same text without the number does."""
    done = KNOWN.tables["special_actions"].field("done")
    assert [_said(done, text) for text in ("为3名聋哑人请手语翻译", "为聋哑人请手语翻译")] == ["", "为聋哑人请手语翻译"]


def test_a_word_for_nothing_is_no_public_text() -> None:
    """同上 and 详见附件 do not leave, whatever a check has said of them; an address does."""
    address = KNOWN.tables["counties"].field("address")
    assert [_said(address, text) for text in ("同上", "详见附件", "无", "公正街39号")] == ["", "", "", "公正街39号"]
