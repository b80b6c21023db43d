"""Texts in CSV files: no formulas for a spreadsheet program, and the exact text for whoever wants it."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rounds import rounds

from site_builder.shared.spreadsheet_text import RESTORING, neutralised, restored

texts = st.text() | st.text(alphabet="=+-@＝＋－＠'\"; \t\r\na,")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("\u3000=1", "'\u3000=1"),
        ('"=1', "'\"=1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("a;=1;b;-2", "a;'=1;b;'-2"),
        ('a; "@x', "a;' \"@x"),
        ("a;'=1", "a;''=1"),
        ("a\n=1", "a\n'=1"),
        ("a\t+1", "a'\t'+1"[:1] + "\t'+1"),
        ("a\r-1", "a\r'-1"),
    ],
)
def test_what_begins_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    """At the start of the text and wherever a program may part it, behind spaces and quotes too."""
    assert neutralised(text) == cell
    assert restored(cell) == text


@pytest.mark.parametrize("text", ["", "村", "a=1", "a,=1", "'a", "“-1”", "1-2", "a;b", "9:00—16:00", "a '=b"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Where no formula could begin, nothing is put in and nothing taken away."""
    assert neutralised(text) == text
    assert restored(text) == text


@settings(max_examples=rounds(300, 2000))
@given(texts)
@example("'")
@example(";'\t'=")
def test_every_text_can_be_had_back(text: str) -> None:
    """Neutralising loses nothing, whatever a text holds, and no two texts become one."""
    assert restored(neutralised(text)) == text


@given(texts)
def test_no_part_of_a_cell_begins_a_formula(text: str) -> None:
    """Parted at semicolons or line breaks, no part begins with a sign of a formula, bare of spaces and quotes."""
    for part in re.split(r"[;\r\n]", neutralised(text)):
        assert not re.match(r"[\s\"]*[=+@＝＋－＠-]", part)


@given(texts)
def test_the_published_pattern_restores_it_too(text: str) -> None:
    """What the Data Package says of restoring does the same as our own function."""
    back = re.sub(RESTORING["pattern"], RESTORING["replacement"].replace("$1", r"\1"), neutralised(text))
    assert back == text
