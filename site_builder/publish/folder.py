"""A plain folder that a forge deploys as it is, such as the `public` of GitLab Pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_builder.publish.package import copied
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.releases import CHECKSUMS


def put(place: Path, package: Path) -> None:
    """Make the folder anew, whole or not at all. Raises CampaignError where what stands there is no published site."""
    if place.exists() and not (place / CHECKSUMS).is_file():
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.name)])
    beside = place.with_name(f".{place.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        copied(package, beside)
        disk.swap(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
