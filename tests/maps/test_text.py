"""Data as text in HTML, Markdown and scripts."""

import json
from html import unescape

import markdown
from hypothesis import given
from hypothesis import strategies as st
from map_examples import HOSTILE
from markupsafe import Markup

from maps.text import as_text, script_literal, templates

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]))


@given(PRINTABLE)
def test_text_comes_out_of_html_as_it_went_in(text: str) -> None:
    """A reader sees exactly the text given."""
    assert unescape(as_text(text)) == text


@given(st.text())
def test_no_sign_of_html_or_markdown_is_left(text: str) -> None:
    """Whatever the text, nothing in it can open a tag, an attribute, a template or a Markdown construct."""
    encoded = str(as_text(text))
    assert not set(encoded) & set("<>\"'`{}[]()*_!|~$%\\\n\r\t\0\u2028\u2029")
    encoded.encode()


def test_signs_that_html_does_not_allow_are_replaced() -> None:
    """Control signs, lone halves of a pair and signs that are none become the replacement sign."""
    assert as_text("a\0b\x85c\ud800d\uffff") == "a�b�c�d�"
    assert as_text("a\r\n\tb") == "a   b"


def test_markdown_leaves_encoded_text_alone() -> None:
    """Hostile text in a raw block passes through Markdown unchanged."""
    block = f"<p>{as_text(HOSTILE)}</p>"
    assert markdown.markdown(block, extensions=["attr_list", "md_in_html", "tables"]) == block


def test_the_templates_encode_what_they_print() -> None:
    """No template can forget to encode; only what the package itself made as markup goes in as it is."""
    template = templates.from_string("{{ data }}{{ 'fixed' }}{{ made }}")
    assert template.render(data="<b>{{ 1 }}", made=Markup("<i>")) == "&#60;b&#62;&#123;&#123; 1 &#125;&#125;fixed<i>"


@given(
    st.recursive(st.text() | st.integers() | st.none(), lambda part: st.lists(part) | st.dictionaries(st.text(), part))
)
def test_a_script_literal_is_json_that_cannot_end_its_script(value: object) -> None:
    """The literal reads back as the value, in plain ASCII without `<`, so U+2028 and `</script` are harmless."""
    literal = script_literal(value)
    assert json.loads(literal) == value
    assert literal.isascii()
    assert "<" not in literal
    assert "\n" not in literal
