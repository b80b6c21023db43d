"""A plain folder that a forge deploys as it is, such as the `public` of GitLab Pages."""

from __future__ import annotations

from pathlib import Path

from site_builder.publish.package import copied
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.release_folders import CHECKSUMS


def put(place: Path, package: Path) -> None:
    """Make the folder anew, whole or not at all. Raises CampaignError where what stands there is no published site."""
    if place.exists() and not (place / CHECKSUMS).is_file():
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.name)])
    with disk.new_folder(place) as made:
        copied(package, made)
