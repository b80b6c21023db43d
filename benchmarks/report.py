"""README.md: the measured numbers put into the template."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks import contenders, stages
from benchmarks.measure import LONG_SECONDS, ROUNDS, Cost, middle, times_faster, total
from benchmarks.sizes import Measured

_TEMPLATES = Path(__file__).parent / "templates"
_TOOLS = ("hugo", "mkdocs", "mkdocs-material")

MOST_COST_RATIO = 1.5
LEAST_TIMES_FASTER = 5
"""The requirements: a village's cost at the largest size to that at the smallest; our build against MkDocs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size as the template shows it: medians by stage and contender, and how many times faster ours is."""

    villages: int
    stages: Mapping[str, Cost]
    total: Cost
    pages: Mapping[str, Cost]
    builds: Mapping[str, Cost]
    faster_than: Mapping[str, float]
    output: Mapping[str, int]

    @property
    def processor_per_village(self) -> float:
        """Processor seconds of a first build for each village."""
        return self.total.processor / self.villages

    @property
    def quickest_hugo(self) -> str:
        """The name of the kind of Hugo site that was built in the least time."""
        return min(contenders.HUGO, key=lambda kind: self.pages[kind].seconds)


def text(measured: Sequence[Measured], *, on_memory_disk: bool) -> str:
    """The whole README.md; measured: by size, the smallest first."""
    sizes = [_size(item) for item in measured]
    return (
        _environment()
        .get_template("README.md.jinja")
        .render(
            sizes=sizes,
            stage_names=("inputs", "check", "check_again", *stages.BUILD[2:]),
            scaling=sizes[-1].processor_per_village / sizes[0].processor_per_village,
            most_cost_ratio=MOST_COST_RATIO,
            least_times_faster=LEAST_TIMES_FASTER,
            most_villages=contenders.MOST_VILLAGES,
            rounds=ROUNDS,
            long_seconds=LONG_SECONDS,
            versions={tool: version(tool) for tool in _TOOLS},
            python=platform.python_version(),
            cores=os.cpu_count(),
            on_memory_disk=on_memory_disk,
        )
    )


def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = environment.keep_trailing_newline = True
    environment.filters["number"] = "{:,}".format
    environment.filters["ratio"] = "{:.2f}".format
    environment.filters["seconds"] = lambda seconds: f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"
    environment.filters["megabytes"] = lambda size: f"{size / 1e6:,.1f}" if size < 1e7 else f"{size / 1e6:,.0f}"
    return environment


def _size(measured: Measured) -> Size:
    steps = {stage: middle(costs) for stage, costs in measured.stages.items()}
    return Size(
        villages=measured.villages,
        stages=steps,
        total=total(steps[stage] for stage in stages.BUILD),
        pages={name: middle(costs) for name, costs in measured.pages.items()},
        builds={name: middle(costs) for name, costs in measured.builds.items()},
        faster_than=_faster(measured.pages, contenders.OURS) | _faster(measured.builds, contenders.FIRST_BUILD),
        output=measured.output,
    )


def _faster(costs: Mapping[str, Sequence[Cost]], ours: str) -> dict[str, float]:
    return {name: times_faster(costs[ours], theirs) for name, theirs in costs.items() if name != ours}
