"""The index that the find-my-village box searches."""

from __future__ import annotations

from site_builder.publication.public import PublicRecords
from site_builder.render.script_json import script_json


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
    return f"window.campaignVillages={script_json(content)};\n".encode()
