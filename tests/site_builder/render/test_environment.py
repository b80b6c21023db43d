"""Data on its way into a page: nothing of it is taken for markup, and nothing absent or hidden is printed."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown import Markdown
from markupsafe import Markup

from site_builder.publication.gate import HIDDEN
from site_builder.render.environment import encoded, html_environment, markdown_environment
from site_builder.shared.words import Words

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "{{ 7 * 7 }} {% raw %}",
    '" onmouseover="alert(1)',
    "# head\n\n* item",
    "`code` **bold** _it_ ~~s~~",
    "&lt;b&gt; &amp;",
    "</title><script>",
    "a | b | c",
    "{: .x onclick=1 }",
    "<!-- -->",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_verbatim_in_html(labels: Words, korean: Words, text: str) -> None:
    """An HTML template shows data as text, in elements and in attributes."""
    page = html_environment(labels, korean).from_string('<p title="{{ text }}">{{ text }}</p>').render(text=text)
    assert page.count("<") == 2
    assert html.unescape(page) == f'<p title="{text}">{text}</p>'


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["{{ text }}", "<p>{{ text }}</p>", "* {{ text }}", "# {{ text }}"])
def test_hostile_text_is_shown_verbatim_in_markdown(labels: Words, korean: Words, text: str, place: str) -> None:
    """A Markdown template shows data as text wherever it stands: in prose, HTML, lists and heads."""
    source = markdown_environment(labels, korean).from_string(place).render(text=text)
    page = Markdown(extensions=["attr_list", "tables", "admonition", "toc"]).convert(source)
    inner = page.partition(">")[2].rpartition("</")[0] if place[0] in "<#{" else page.split("<li>")[1].split("</li>")[0]
    assert html.unescape(inner) == text
    assert "<" not in inner


@given(st.text(max_size=60))
@example("\x00")
def test_encoding_keeps_every_character(text: str) -> None:
    """What is encoded reads back the same and holds only letters, digits and entities."""
    code = str(encoded(text))
    assert not set("<>\"'`[](){}*_#|!\\\n ") & set(code.replace("&#", ""))
    if text.isprintable():
        assert html.unescape(code) == text


def test_letters_and_digits_stay_readable() -> None:
    """Only what is neither a letter nor a digit becomes a reference, so that pages stay small and can be searched."""
    assert encoded("村a1") == "村a1"
    assert encoded("村<1 村") == "村&#60;1&#32;村"
    assert encoded(12) == "12"


def test_markup_of_our_own_is_kept() -> None:
    """What was rendered by our own templates is not encoded a second time."""
    assert encoded(Markup("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize("value", [None, HIDDEN])
def test_an_absent_or_hidden_value_cannot_be_printed(labels: Words, korean: Words, value: object) -> None:
    """A template that forgets to ask whether there is a value fails instead of printing None."""
    for environment in (html_environment(labels, korean), markdown_environment(labels, korean)):
        with pytest.raises(TypeError):
            environment.from_string("{{ value }}").render(value=value)


def test_an_unknown_name_stops_the_render(labels: Words, korean: Words) -> None:
    """A misspelt name in a template is an error, not an empty place."""
    with pytest.raises(UndefinedError):
        html_environment(labels, korean).from_string("{{ nobody }}").render()


def test_a_name_from_right_to_left_is_set_apart(labels: Words, korean: Words) -> None:
    """It turns neither the marks nor the figures that stand beside it, on its own or in a sentence."""
    sentence = "{{ '{liaison}，{since}' | fill(liaison=name, since='2018') }}"
    template = html_environment(labels, korean).from_string("{{ name }}；" + sentence + "；{{ other }}")
    shown = template.render(name="ئەخمەت", other="王敏")
    assert shown == "\u2068ئەخمەت\u2069；\u2068ئەخمەت\u2069，2018；王敏"
