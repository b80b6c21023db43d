"""A plain folder that a forge deploys as it is, such as the `public` of GitLab Pages."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.publish import lists
from site_builder.publish.package import copied
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem


def put(place: Path, package: Path) -> None:
    """Make the folder anew, whole or not at all. Raises CampaignError where anything there is not a published site's.

    An empty folder is anybody's. A link is not followed: what it leads to may be served from elsewhere.
    """
    is_free = not os.path.lexists(place) or (place.is_dir() and not place.is_symlink() and not any(place.iterdir()))
    if not is_free and (place.is_symlink() or not place.is_dir() or not lists.is_ours(place)):
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.name)])
    with disk.new_folder(place) as made:
        copied(package, made)
