"""The characters that a text may hold, and how the others are shown."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.shared.characters import Unfit, printable, unfit, unfit_in, visible


@pytest.mark.parametrize(
    ("kind", "characters"),
    [
        ("invisible", "\x00\t\n\r\x1b\x7f\x85\x9b\xa0\xad\u034f\u061c\u115f\u1680\u17b4\u180b\u180e\u2000\u200b\u200e"),
        ("invisible", "\u2028\u2029\u202e\u202f\u205f\u2060\u2066\u2800\u3164\ufe0f\ufeff\uffa0\ufff9\ufffc"),
        ("invisible", "\U0001d173\U000e0001\U000e0041\U000e0100"),
        ("foreign", "\ud800\udfff\ue000\uf8ff\ufdd0\ufffd\uffff\u0378\U0001fffe\U000e0080\U000f0000\U00100000"[:-1]),
        (
            "lookalike",
            "аеорсухΑΒοІ⼀⼤⺟々"[:-1]
            + "〡〸〻ロニーㅡㅁᄀ𝐀𝟎١०ıºªµßøæŋſǃɑʹﬁﬀ"
            + "\u0301\u20dd\ua66f︰﹏ﾛﾡ\uf90a\u212a\u212b\u037e\u0387\u1fef\u2329\u16ee",
        ),
    ],
)
def test_each_kind_of_unfit_character_is_named(kind: str, characters: str) -> None:
    """A character of each class is found within a text, with its kind and its number."""
    for character in characters:
        if character == "\U000e0080":  # unassigned, but ignorable by default: nobody sees it
            continue
        expected = Unfit(kind=kind, character=character, point=f"U+{ord(character):04X}")
        assert unfit(f"村{character}村") == expected, expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "欧阳䶮",
        "𬭎村1组a",
        "𠀀𪛟𪜀𫜹𫝀𫠝𫠠𬺡𬺰𮯠\U0002ebf0𰀀𱍊𱍐𲎯",  # extensions B to I
        "﨎﨏﨑﨓",  # of the compatibility block, but unified
        "〇々",
        "가힣 김철수",
        "阿依古丽·买买提 佟佳氏",
        "ABCxyz ÀÉàéāáǎàǖǘǚǜüñḿǹ",
        "ＡＺａｚ０９ⅠⅫ",
        "（一）①㈠½²㎡℃№‰",
        "，。、；：？！—…‘’“”《》〈〉「」【】·・•～－",
        "+-*/=<>&\"'`{}[]()|\\~^@#$%_",
        "×÷±≤≥√△●★→☎😀",
        "前\u3000后 ",
    ],
)
def test_the_letters_in_use_are_fit(text: str) -> None:
    """Ideographs of every extension, Hangul, Latin with pinyin's accents, full-width forms, punctuation, symbols."""
    assert unfit(text) is None


def test_what_is_not_seen_comes_before_what_looks_alike() -> None:
    """Of several unfit characters the first of the gravest kind is named."""
    found = unfit("а\ue000\u200b\u200c")
    assert found
    assert (found.kind, found.character) == ("invisible", "\u200b")


@given(st.text())
def test_a_fit_text_is_one_line_that_reads_the_same_everywhere(text: str) -> None:
    """Whatever passes is in Normalization Form C, has nothing that is not shown, and no second form of itself."""
    if unfit(text) is None:
        assert unicodedata.is_normalized("NFC", text)
        assert visible(text) == text
        assert len(text.splitlines()) <= 1


def test_texts_are_found_in_nests_of_mappings_and_lists() -> None:
    """Each unfit text is given with its place; numbers and sound texts are passed over."""
    content = {"a": ["sound", {"b": "un\u200bsound"}], "c": 1, "d": "а", "e": None, "f": ("x", "\ue000")}
    assert [(place, found.kind) for place, found in unfit_in(content)] == [
        (("a", 1, "b"), "invisible"),
        (("d",), "lookalike"),
        (("f", 1), "foreign"),
    ]


def test_what_is_not_seen_is_shown_as_a_box() -> None:
    """Controls, bidi, fillers, private use and piled-up marks get a box each; a letter of any script stays itself."""
    assert visible("a\x1b[2J\u202eb\ue000\ufffdc\u0301\u0302Я") == "a□[2J□b□□ć□Я"
    assert visible("a\u200bb\n", "") == "ab"
    assert visible("e\u0301") == "é"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("::error::x", "：：error::x"),
        ("  ::error::x", "  ：：error::x"),
        ("x ::error::", "x ::error::"),
        ("x ##[add-path]y##[z]", "x ＃＃[add-path]y＃＃[z]"),
        ("##vso[task]", "＃＃vso[task]"),
        ("## a [b] #[c", "## a [b] #[c"),
        ("\x1b[31m\r::x", "□[31m□::x"),
        ("\u200b::x", "□::x"),
        ("\u3000::x", "\u3000：：x"),
        ("欧阳䶮：“村”", "欧阳䶮：“村”"),
    ],
)
def test_a_printed_line_gives_no_orders(line: str, printed: str) -> None:
    """Orders to GitHub's runner and to Azure's are spelt so that neither takes them."""
    assert printable(line) == printed


@given(st.text())
@example("a\n::x")
@example("\x0b::x")
@example("\r\n ##x[y")
def test_nothing_printable_is_an_order(text: str) -> None:
    """No text at all becomes a line that a runner obeys, or more than one line."""
    line = printable(text)
    assert not line.strip().startswith("::")
    assert len(line.splitlines()) <= 1
    assert "##[" not in line


def test_the_classes_are_those_of_the_unicode_that_is_locked() -> None:
    """`character_classes.txt` is what .ci/character-classes makes with the locked `regex`."""
    program = Path(__file__).resolve().parents[3] / ".ci" / "character-classes"
    done = subprocess.run([sys.executable, program, "--check"], check=False)
    assert done.returncode == 0, "run .venv/bin/python .ci/character-classes, and read the diff"
