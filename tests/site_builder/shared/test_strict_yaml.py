"""YAML of staff is refused at once where it would grow without end."""

from pathlib import Path

import pytest
import yaml

from site_builder.shared import strict_yaml, words
from site_builder.shared.problems import CampaignError

LEVELS = 30  # 2 to the power of 30 values, in 30 lines: whoever expands them does not come back
LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{each}: &a{each} [*a{each - 1}, *a{each - 1}]\n" for each in range(1, LEVELS))


def test_aliases_that_stand_for_too_many_values_are_refused_at_their_line() -> None:
    """At the first list that holds more than a hundred thousand; nothing is written out."""
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        strict_yaml.plain(LAUGHS)
    assert caught.value.problem_mark is not None
    assert caught.value.problem_mark.line == 16


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: [*a, *a]}", "? &a [*a]\n: 1"])
def test_what_holds_itself_is_refused(text: str) -> None:
    """It has no end."""
    with pytest.raises(yaml.YAMLError):
        strict_yaml.plain(text)


def test_a_list_may_stand_in_two_places() -> None:
    """The banner's slogans are words of its own and its text."""
    assert strict_yaml.plain("words: &slogans [one, two]\ntext: *slogans") == {
        "words": ["one", "two"],
        "text": ["one", "two"],
    }


def test_what_is_nested_without_end_is_refused() -> None:
    """A thousand brackets are no words of a page."""
    with pytest.raises(yaml.YAMLError):
        strict_yaml.plain("[" * 2000)


def test_words_with_aliases_are_refused(root: Path) -> None:
    """At the line, as any other fault of YAML."""
    (root / words.FOLDER / "zh-CN.yml").write_text(LAUGHS, encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        words.load(root, "zh-CN")
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("settings-syntax", 17)]
