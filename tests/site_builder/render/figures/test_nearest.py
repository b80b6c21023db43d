"""The nearest window to a county without one."""

from collections.abc import Callable
from dataclasses import replace

from site_builder.publication.public import PublicRecords
from site_builder.render.figures.nearest import nearest_windows


def test_a_county_without_a_window_has_the_nearest_one(public: Callable[[], PublicRecords]) -> None:
    """As the crow flies; a county with its own has none, and where there is no window at all nobody has."""
    records = public()
    with_window = next(county for county in records.counties if county.windows)
    lone = replace(with_window, code="220882", name="大安市", windows=())
    found = nearest_windows(replace(records, counties=(with_window, lone)))
    assert list(found) == ["220882"]
    assert found["220882"].window == with_window.windows[0]
    assert 10 <= found["220882"].kilometres <= 200
    assert nearest_windows(replace(records, counties=(lone,))) == {}
