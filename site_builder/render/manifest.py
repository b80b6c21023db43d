"""What a device is told that puts the site onto its home screen (https://www.w3.org/TR/appmanifest/)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder import look
from site_builder.model.campaign import DataStatus
from site_builder.publication import addresses
from site_builder.publication.public import PublicRecords
from site_builder.shared.words import Words

_PHONE = 192  # pixels; smaller icons are for tabs


def manifest(public: PublicRecords, words: Words) -> Iterator[tuple[str, str]]:
    """(path below build/site, JSON)."""
    campaign, day = public.campaign, look.values()["day"]
    mark = words["common"]["demo_mark"] if campaign.data_status is DataStatus.DEMO else ""
    sizes = [size for size in addresses.ICON_SIZES if size >= _PHONE]
    content = {
        "name": mark + campaign.title,
        "short_name": mark + campaign.short_title,
        "lang": "zh-CN",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": day["page"],
        "theme_color": day["rule"],
        "icons": [
            {"src": addresses.icon(size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for size in sizes
        ],
    }
    yield addresses.MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n"
