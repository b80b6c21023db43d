"""The index that the find-my-village box searches."""

from __future__ import annotations

import json

from site_builder.publication.public import PublicRecords


def village_index(public: PublicRecords) -> bytes:
    """A script that sets `campaignVillages`: county names, and (code, name, township, county's place, liaison) rows."""
    content = {
        "counties": [county.name for county in public.counties],
        "villages": [
            [
                village.code,
                village.name,
                village.township,
                place,
                village.liaison.name if village.liaison else "",
            ]
            for place, county in enumerate(public.counties)
            for village in county.villages
        ],
    }
    return f"window.campaignVillages={_script_literal(content)};\n".encode()


def _script_literal(content: object) -> str:
    """JSON that no HTML parser and no older script engine can take for anything else."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
