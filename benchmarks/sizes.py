"""Everything that is measured at one size of the campaign."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import contenders
from benchmarks.measure import ROUNDS, Cost, contest, output_of, takes_long, tell, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The costs at one size, a list item for each round.

    stages: by the names of stages.BUILD; pages and builds: by contender; output: bytes by contender.
    """

    villages: int
    stages: Mapping[str, Sequence[Cost]]
    pages: Mapping[str, Sequence[Cost]]
    builds: Mapping[str, Sequence[Cost]]
    output: Mapping[str, int]


def measure(root: Path, villages: int) -> Measured:
    """Measure everything at one size in an empty folder."""
    tell(f"{villages:,} villages")
    output_of("campaign_copy", root, villages)
    stages = _stages(root)
    pages = contest(contenders.village_page_contest(root))
    builds = contest(contenders.build_contest(root, villages))
    output = contenders.output_bytes(root)
    return Measured(villages=villages, stages=stages, pages=pages, builds=builds, output=output)


def _stages(root: Path) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {}
    whole: list[Cost] = []
    while len(whole) < ROUNDS and not takes_long(whole):
        tell(f"    round {len(whole) + 1}: our build, stage by stage")
        found = {stage: Cost(**cost) for stage, cost in json.loads(output_of("stages", root)).items()}
        for stage, cost in found.items():
            costs.setdefault(stage, []).append(cost)
        whole.append(total(found.values()))
    return costs
