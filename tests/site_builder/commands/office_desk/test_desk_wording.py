"""The desk's templates name words that its file of words has, in forms that YAML takes for words."""

import re
from collections.abc import Mapping
from functools import reduce
from pathlib import Path

import pytest

from site_builder.commands.office_desk.wording import TEMPLATES, words

NAMED = re.compile(r"\bwords((?:\.\w+)+)")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.jinja")), ids=lambda path: path.name)
def test_every_word_that_a_template_names_is_there(template: Path) -> None:
    """An answer that is asked of few returns would else stop the page on the day when it is asked."""
    paths = {found[1][1:] for found in NAMED.finditer(template.read_text(encoding="utf-8"))}
    assert len(paths) >= 3
    for path in sorted(paths):
        assert reduce(lambda part, name: part[name], path.split("."), words()) is not None, path


def test_no_key_is_read_as_yes_or_no() -> None:
    """YAML reads `no` as false."""

    def keys(part: object) -> list[object]:
        if not isinstance(part, Mapping):
            return []
        return [*part, *(key for value in part.values() for key in keys(value))]

    assert {type(key) for key in keys(words())} == {str}
