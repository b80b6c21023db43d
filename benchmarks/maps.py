"""Our maps against stock Folium's for the same figures: `python -m benchmarks.maps`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import maps
from benchmarks import map_pages, stock_folium
from benchmarks.measure import PROJECT, ROUNDS, output_of, tell
from site_builder import checks, publication
from site_builder.model import campaign, programme, schemas
from site_builder.render.pages.atlas import map_requests, map_words
from site_builder.shared import words

REPORT = Path(__file__).parent / "MAPS.md"
MOST_BUILD_SECONDS = 0.5
MOST_PICTURE_SECONDS = 1.0
MOST_LIVE_SECONDS = 3.0
MOST_CODE_BYTES = 90_000
"""What issue and design ask for: a map's build, its picture, the live map, and its code as it travels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builds:
    """Seconds to make one map: the dearest of ours, ours of one figure, and stock Folium's of the same figure."""

    dearest_name: str
    dearest: float
    ours: float
    stock: float


def main() -> None:
    """Measure and write."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        root = Path(folder)
        (root / "campaign").mkdir()
        output_of("campaign_copy", root / "campaign", 1489)
        requests, texts = _requests()
        measure = next(iter(requests["liaisons"].shown.values()))
        assert isinstance(measure, maps.Measure)  # noqa: S101  (the page of liaisons shows figures)
        figures = {code: count for code, count in measure.figures.items() if isinstance(count, int)}
        builds = _builds(requests, texts, figures)
        folders = {
            "site": map_pages.built(root / "campaign"),
            "alone": map_pages.alone(root / "alone", maps.county_map(requests["liaisons"], texts, "assets")),
            "stock": stock_folium.site(root / "stock", stock_folium.page(figures, measure.title)),
        }
        visits = map_pages.contest(folders)
        REPORT.write_text(_text(builds, visits, map_pages.code_bytes()), encoding="utf-8")


def _builds(requests: Mapping[str, maps.CountyMap], texts: maps.MapWords, figures: Mapping[str, int]) -> Builds:
    """How long maps take to make."""
    tell("maps: made one by one")
    costs = {name: _seconds(partial(maps.county_map, ask, texts, "../assets")) for name, ask in requests.items()}
    dearest = max(costs, key=lambda name: costs[name])
    return Builds(
        dearest_name=dearest,
        dearest=costs[dearest],
        ours=costs["liaisons"],
        stock=_seconds(partial(stock_folium.page, figures, "liaisons")),
    )


def _requests() -> tuple[dict[str, maps.CountyMap], maps.MapWords]:
    settings, tables, labels = campaign.load(PROJECT), schemas.load(PROJECT), programme.chinese_words(PROJECT)
    public = publication.publish(checks.check(PROJECT, settings, tables).records, settings, tables)
    return map_requests(public, labels, words.load(PROJECT, "ko")), map_words(public, labels)


def _seconds(make: Callable[[], object]) -> float:
    laps = []
    for _ in range(ROUNDS):
        start = perf_counter()
        make()
        laps.append(perf_counter() - start)
    return median(laps)


def _text(builds: Builds, visits: map_pages.Visits, code_bytes: int) -> str:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701  (Markdown)
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.get_template("MAPS.md.jinja").render(
        builds=builds,
        visits=visits,
        code_bytes=code_bytes,
        cores=os.cpu_count(),
        rounds=ROUNDS,
        folium=version("folium"),
        most_build=MOST_BUILD_SECONDS,
        most_picture=MOST_PICTURE_SECONDS,
        most_live=MOST_LIVE_SECONDS,
        most_code=MOST_CODE_BYTES,
    )


if __name__ == "__main__":
    main()
