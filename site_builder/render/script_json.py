"""JSON inside HTML and scripts, safe by construction."""

from __future__ import annotations

import json

from markupsafe import Markup


def script_json(content: object) -> str:
    """JSON that no HTML parser and no older script engine can take for anything else."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def script_literal(content: object) -> str:
    """A value for a script, in ASCII alone: read under any encoding of characters it is the same script.

    No quote and no backslash stands escaped by a backslash, which a host that says GBK could have swallowed together
    with the character before it, and what is text would run.
    """
    text = json.dumps(content, separators=(",", ":")).replace("\\\\", "\\u005c").replace('\\"', "\\u0022")
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def data_block(content: object) -> Markup:
    """A JSON-LD data block (https://html.spec.whatwg.org/#data-block): search engines read it, no browser runs it."""
    return Markup(f'<script type="application/ld+json">{script_json(content)}</script>')  # noqa: S704  (escaped above)
