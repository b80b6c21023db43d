"""Values inside scripts: the same under any encoding that a host may name."""

import json

import pytest

from site_builder.render.script_json import script_literal

TEXTS = ['村"]]]};evil();//', "村\\", '村\\\\"x', "</script><!--", "\U0001f600\u2028", {"键": ['"', "\\u0022"]}]


@pytest.mark.parametrize("content", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "shift_jis", "big5", "euc_kr", "iso2022_jp"])
def test_a_value_is_the_same_in_any_encoding(content: object, encoding: str) -> None:
    """It is ASCII; no escape of a quote can lose its backslash to a character before it."""
    text = script_literal(content)
    assert json.loads(text.encode("ascii").decode(encoding)) == content
    assert "<" not in text
    assert '\\"' not in text
    assert "\\\\" not in text
