"""What the maps show of public records."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import maps
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import PublicRecords
from site_builder.render.figures.columns import liaisons, share
from site_builder.render.pages.atlas import atlas, map_requests
from site_builder.shared.words import Words
from site_builder.site import contents

Public = Callable[[], PublicRecords]
KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 3, 33),
        (199, 200, 99),
        (200, 200, 100),
        (0, 5, 0),
        (0, 0, None),
        (None, 5, None),
        (5, None, None),
        (HIDDEN, 50, HIDDEN),
        (20, HIDDEN, HIDDEN),
        (HIDDEN, 0, None),
    ],
)
def test_a_share_is_rounded_down_and_tells_nothing_of_a_hidden_count(
    part: Count, whole: Count, expected: Count
) -> None:
    """100 says all; where either count is hidden so is the share, and nothing of nothing is no figure."""
    assert share(part, whole) == expected


def test_totals_are_circles_and_shares_are_shaded(public: Public, labels: Words, korean: Words) -> None:
    """A total grows with the size of a county, so it never shades the county's area."""
    for name, ask in map_requests(public(), labels, korean).items():
        for key, shown in ask.shown.items():
            if isinstance(shown, maps.Measure):
                assert (shown.style is maps.Style.SHADED) == bool(shown.bands), (name, key)


def test_a_hidden_count_reaches_no_map(public: Public, labels: Words, korean: Words) -> None:
    """The gate's mark for a small count becomes the map's, and the number is in no file."""
    records = public()
    (area, *_) = (county for county in records.counties if county.figures)
    assert area.figures
    needs = dict.fromkeys(area.figures.needs, HIDDEN)
    hidden = replace(area, figures=replace(area.figures, needs=needs))
    shown = map_requests(replace(records, counties=(hidden,)), labels, korean)["needs"].shown
    for group, matter in needs:
        for how in ("rate", "count"):
            measure = shown[(matter if group == "all" else group, how)]
            assert isinstance(measure, maps.Measure)
            assert measure.figures[area.code] is maps.SUPPRESSED
            assert "人，" not in measure.parts.get(area.code, "")  # neither the part nor the whole of a withheld rate


def test_no_map_has_a_figure_that_no_county_publishes(public: Public, labels: Words, korean: Words) -> None:
    """By group and matter at once a county's needs are not published: no map offers them."""
    records = public()
    shown = map_requests(records, labels, korean)["needs"].shown
    keys = ("all", *records.groups, *records.matters)
    assert list(shown) == [(key, how) for key in keys for how in ("rate", "count")]


def test_a_zone_without_a_boundary_is_in_the_table_and_not_on_the_map(
    root: Path, public: Public, labels: Words, korean: Words
) -> None:
    """A development zone lies in its host county; its own figures stand in tables, and its page has no sketch."""
    records = public()
    zone = replace(records.counties[0], code="220171", name="开发区")
    more = replace(records, counties=(*records.counties, zone))
    (column,) = [column for column in liaisons(more, labels) if column.key == "named"]
    assert "220171" in column.values
    drawn = atlas(more, labels, korean)
    assert "220171" not in drawn.fragments
    assert b"220171" not in b"".join(drawn.files.values())
    pages = contents.site_tool_files(root, more, labels, korean)
    assert 'data-county="220171"' in pages["liaisons/index.md"].decode()
    assert "county-sketch" not in pages["counties/220171.md"].decode()


def test_points_stand_only_where_the_county_gave_coordinates(public: Public, labels: Words, korean: Words) -> None:
    """One window of the tiny campaign has coordinates, the other marks its county."""
    shown = map_requests(public(), labels, korean)["windows"].shown[()]
    assert isinstance(shown, maps.Places)
    assert [(place.county, place.at is None) for place in shown.places] == [("220881", False), ("220882", True)]


def test_the_base_layer_is_there_only_with_a_key(public: Public, labels: Words, korean: Words) -> None:
    """With a key in the settings every map has the base layer; without one nothing names its host."""
    records = public()
    settings = records.campaign.map.model_copy(update={"tianditu_key": KEY})
    keyed = replace(records, campaign=records.campaign.model_copy(update={"map": settings}))
    for shown, expected in ((records, False), (keyed, True)):
        files = atlas(shown, labels, korean).files
        scripts = [content for name, content in files.items() if name.endswith(".setup.js")]
        assert {b"tianditu.gov.cn" in script for script in scripts} == {expected}


def test_the_attribution_is_on_every_map_and_says_when_the_approval_is_pending(
    public: Public, labels: Words, korean: Words
) -> None:
    """In the words that were agreed, with the approval number of the settings, or 〔待批〕 without one."""
    records = public()
    settings = records.campaign.map.model_copy(update={"approval_number": "吉S(2018)001号"})
    approved = replace(records, campaign=records.campaign.model_copy(update={"map": settings}))
    for shown, number in ((records, "〔待批〕"), (approved, "吉S&#40;2018&#41;001号")):
        words = (
            "行政区域界线：国家地理信息公共服务平台（天地图），审图号GS&#40;2024&#41;0650号；"
            f"本图审图号：{number}。示意，不作划界依据。"
        )
        assert all(words in fragment for fragment in atlas(shown, labels, korean).fragments.values())
