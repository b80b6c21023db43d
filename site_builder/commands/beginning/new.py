"""`campaign new`: begin another campaign in a folder of its own."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, WRONG_USE, tell, words
from site_builder.office import new_campaign
from site_builder.office.new_campaign import CampaignPlan
from site_builder.shared.characters import unfit_in


def run(root: Path, options: Namespace) -> int:
    """Write the new campaign and say what to do next."""
    texts = words()["new"]
    plan = CampaignPlan(title=options.title or texts["title"], year=options.year, province=options.province)
    is_sound = 2000 <= plan.year <= 2100 and plan.province.isascii() and plan.province.isdigit()
    if not is_sound or len(plan.province) != 2 or len(plan.title) > 60 or any(True for _ in unfit_in(plan.title)):
        tell(texts["wrong"])
        return WRONG_USE
    folder = Path(options.folder)
    new_campaign.make(folder, plan)
    tell(texts["done"].format(folder=folder))
    return FINE
