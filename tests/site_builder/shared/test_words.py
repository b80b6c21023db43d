"""The words of content/words: a missing or spoiled one is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.shared import words
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import fill

Edit = Callable[[str, str, str], None]


def code(caught: pytest.ExceptionInfo[CampaignError]) -> str:
    (problem,) = caught.value.problems
    return problem.code


def test_words_are_found_by_section_and_key(root: Path) -> None:
    """A word is looked up by its section and English key."""
    assert words.load(root, "zh-CN")["village"]["liaison"] == "法律援助联络员"


@pytest.mark.parametrize(("section", "key"), [("village", "no_such_word"), ("no_such_section", "x")])
def test_a_missing_word_is_named(root: Path, section: str, key: str) -> None:
    """A template that asks for a word that staff deleted stops the build with the word's name."""
    labels = words.load(root, "zh-CN")
    with pytest.raises(CampaignError) as caught:
        labels[section][key]
    assert code(caught) == "words-missing"


def test_an_unquoted_yes_is_named(root: Path, edit: Edit) -> None:
    """A word that YAML takes for a truth value or a number is refused by name."""
    edit("words/zh-CN.yml", "  vacant: 暂缺\n  role", "  vacant: no\n  role")
    with pytest.raises(CampaignError) as caught:
        words.load(root, "zh-CN")
    assert code(caught) == "words-value"
    assert caught.value.problems[0].details["key"] == "county.vacant"


def test_a_file_that_cannot_be_read_is_named(root: Path, edit: Edit) -> None:
    """A quote that is not closed, a missing file: each has its own problem."""
    edit("words/zh-CN.yml", 'blank: "—"', 'blank: "—')
    with pytest.raises(CampaignError) as caught:
        words.load(root, "zh-CN")
    assert code(caught) == "settings-syntax"
    with pytest.raises(CampaignError) as caught:
        words.load(root, "mn")
    assert code(caught) == "words-file-missing"


def test_braces_are_filled_in() -> None:
    """Values stand where their names stand in braces, and braces inside a value mean nothing."""
    assert fill("{county}的{what}", county="{x}", what=3) == "{x}的3"


@pytest.mark.parametrize("sentence", ["{nobody}", "{", "{0}", "{county!z}"])
def test_a_wrong_brace_is_named(sentence: str) -> None:
    """A brace that staff misspelt stops the build with the sentence, not with a traceback."""
    with pytest.raises(CampaignError) as caught:
        fill(sentence, county="洮南市")
    assert code(caught) == "words-braces"


@pytest.mark.parametrize("character", "\u200b\u202e\ue000а")
def test_a_word_with_an_unfit_character_is_named_by_its_key(root: Path, character: str) -> None:
    """Invisible, foreign and look-alike characters are refused in words as in data."""
    path = root / words.FOLDER / "zh-CN.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  title: 开放数据", f"  title: 开放{character}数据", 1), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        words.load(root, "zh-CN")
    (problem,) = caught.value.problems
    assert (problem.code, problem.details["key"]) == ("text-unfit", "data.title")
    assert problem.details["point"] == f"U+{ord(character):04X}"


@pytest.mark.parametrize("brace", ["{year:>1500000000}", "{year!r}", "{year:{width}}"])
def test_a_brace_holds_a_name_and_nothing_else(tmp_path: Path, brace: str) -> None:
    """A width would make a few letters a gigabyte, wherever the sentence is filled."""
    (tmp_path / "content/words").mkdir(parents=True)
    (tmp_path / "content/words/zh-CN.yml").write_text(f"common:\n  date: '{brace}'\n", encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        words.load(tmp_path, "zh-CN")
    assert [problem.code for problem in caught.value.problems] == ["words-format"]
