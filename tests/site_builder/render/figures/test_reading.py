"""What is said above a map."""

import pytest

from site_builder.publication.gate import HIDDEN, Count
from site_builder.render.figures.columns import FigureColumn, share
from site_builder.render.figures.reading import BANDS, bands, is_nothing, level, reading
from site_builder.shared.words import Words


def villages(parts: dict[str, tuple[Count, Count]]) -> FigureColumn:
    values = {code: share(*of) for code, of in parts.items()}
    return FigureColumn(
        key="verified_share", title="核验率（%）", unit="%", kind="share", values=values, parts=parts, has_target=True
    )


def total(values: dict[str, Count], **larger: object) -> FigureColumn:
    return FigureColumn(key="count", title="需求", unit="人次", values=values, **larger)  # type: ignore[arg-type]


def test_a_rate_says_what_it_is_of_and_who_has_reached_the_target(labels: Words) -> None:
    """The sum of both counts, how many counties did all of it, and how many nothing."""
    said = reading(villages({"1": (5, 5), "2": (1, 200), "3": (0, 4)}), labels).says
    assert said == "全省209个村里有6个村核验了公示，占2%。1个县（市、区）做到了100%，1个还是0。"


def test_what_is_rounded_down_to_nothing_is_not_nothing() -> None:
    """One of two hundred is 0 percent, and is not said to be none."""
    column = villages({"2": (1, 200), "3": (0, 4)})
    assert (is_nothing(column, "2"), is_nothing(column, "3")) == (False, True)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"1": 0, "2": 0}, "各县（市、区）都是0，没有可以画的数。"),
        ({"1": None}, "各县（市、区）都还没有数据，没有可以画的数。"),
        ({"1": HIDDEN, "2": 0}, "没有可以画的数：1个县（市、区）不公布，其余的是0或者没有数据。"),
    ],
)
def test_a_map_of_nothing_is_said_and_not_drawn(values: dict[str, Count], expected: str, labels: Words) -> None:
    """The words stand in place of the drawing."""
    assert reading(total(values), labels).instead == expected


def test_where_most_are_withheld_the_prefectures_are_drawn_if_they_are_published(labels: Words) -> None:
    """And the sentence tells the province's figure only where it is published by itself."""
    hidden: dict[str, Count] = {"1": HIDDEN, "2": HIDDEN, "3": 12}
    assert reading(total(hidden, prefectures={"22": 40}, province=HIDDEN), labels).wider
    assert not reading(total(hidden), labels).wider
    assert "12" not in reading(total(hidden, prefectures={"22": 40}, province=HIDDEN), labels).says
    assert reading(total(hidden, prefectures={"22": 40}, province=52), labels).says.startswith("全省共52人次。")


def test_a_sum_with_a_withheld_part_is_never_told(labels: Words) -> None:
    """The sum of what is shown would be read as the sum of all."""
    assert "全省" not in reading(total({"1": HIDDEN, "2": 30}), labels).says


def test_classes_are_round_rise_and_name_the_target(labels: Words) -> None:
    """All of it is a class by itself, in words; so is nothing, which has no class here."""
    named = bands(villages({"1": (1, 2)}), labels)
    assert [lowest for lowest, _ in named] == list(BANDS["share"])
    assert [text for _, text in named] == ["不到25%", "25%–49%", "50%–74%", "75%–99%", "100%（都做到了）"]


@pytest.mark.parametrize(
    ("percent", "part", "expected"),
    [
        (0, 0, "zero"),
        (0, 1, "level-1"),
        (24, 6, "level-1"),
        (25, 1, "level-2"),
        (99, 99, "level-4"),
        (100, 4, "level-5"),
    ],
)
def test_a_tile_has_the_class_of_the_maps(percent: int, part: int, expected: str) -> None:
    """A township's colour means what a county's does."""
    assert level(percent, part) == expected
