"""A report's chart as a picture, for documents that take nothing else."""

from __future__ import annotations

from dataclasses import asdict

from site_builder.reports.model import Chart
from site_builder.shared import typesetting

_TEMPLATE = typesetting.FOLDER / "chart.typ"
_PIXELS_PER_INCH = 200.0


def picture(chart: Chart) -> bytes:
    """The chart as PNG, 150 mm wide. Raises CampaignError when there is no Chinese font."""
    series = [{"title": title, "numbers": list(numbers)} for title, numbers in chart.series]
    data = asdict(chart) | {"series": series}
    return typesetting.pictures({"main": _TEMPLATE.read_bytes()}, data, _PIXELS_PER_INCH)[0]
