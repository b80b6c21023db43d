"""Days with a clock: read as what they stand for when all of a file agree, else asked about, never cut off unsaid."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from collect_examples import context_of, rows_of, take, with_posters, write_workbook

HEADS = ["接收单位代码", "材料编号", "数量", "发放日期", "悬挂日期"]
MEANT = (date(2018, 4, 6), date(2018, 4, 13))


def sent(root: Path, folder: Path, *days: object) -> tuple[list[tuple[str, str]], list[str]]:
    """The problems of one delivery with two days, each with its cell, and the days that would be recorded."""
    sheet: list[list[object]] = [[*HEADS], ["220881100201", "M-02", 40, *days]]
    (taken,) = take(
        root, write_workbook(folder / "报表.xlsx", {"材料发放与悬挂": sheet}), context=context_of(with_posters(root))
    )
    shown = [(str(found.code), found.cell) for found in taken.problems if "clock" in found.code]
    rows = rows_of(taken, "deliveries") if taken.is_sound and taken.drafts else []
    row = next((row for row in rows if (row["recipient_code"], row["material_id"]) == ("220881100201", "M-02")), {})
    return shown, [row[name] for name in ("delivered_on", "hung_on") if name in row]


@pytest.mark.parametrize(
    "away",
    [timedelta(hours=-8), timedelta(hours=-9), timedelta(seconds=-43), timedelta(seconds=43), timedelta(hours=5)],
    ids=["UTC from China", "UTC from Korea", "SheetJS before", "SheetJS after", "UTC from New York"],
)
def test_days_that_agree_are_the_midnight_next_to_them(away: timedelta, root: Path, tmp_path: Path) -> None:
    """A file in which each day bears one clock is read right, and that is said."""
    days = [datetime.combine(day, datetime.min.time()) + away for day in MEANT]
    shown, recorded = sent(root, tmp_path, *days)
    assert shown == [("dates-with-clock", "D2")]
    assert recorded == [day.isoformat() for day in MEANT]


@pytest.mark.parametrize("text", ["2018-04-05T15:59:17.000Z", "2018-04-05 16:00:00", "2018/4/5 16:00"])
def test_a_text_with_a_clock_is_read_alike(text: str, root: Path, tmp_path: Path) -> None:
    """Written as text, with a zone or without."""
    shown, _ = sent(root, tmp_path, text, MEANT[1])
    assert shown == [("cell-clock", "D2")]


def test_midnight_in_china_of_a_zone_that_is_named_is_that_day(root: Path, tmp_path: Path) -> None:
    """With Z there is nothing to ask: it is the day after the one that is written."""
    shown, recorded = sent(root, tmp_path, "2018-04-05T16:00:00.000Z", "2018-04-13T00:00:00+08:00")
    assert (shown, recorded) == ([], [day.isoformat() for day in MEANT])


@pytest.mark.parametrize(
    "other", [MEANT[1], datetime(2018, 4, 12, 9, 30), datetime(2018, 4, 12, 23, 59, 17)], ids=["day", "clock", "zone"]
)
def test_days_that_do_not_agree_are_asked_about(other: object, root: Path, tmp_path: Path) -> None:
    """One day with a clock among others: nobody can tell which is meant."""
    shown, recorded = sent(root, tmp_path, datetime(2018, 4, 5, 16), other)
    assert ("cell-clock", "D2") in shown
    assert recorded == []


def test_midday_is_no_midnight_of_anybody(root: Path, tmp_path: Path) -> None:
    """Days that all say noon may be a clerk's clock: they are asked about."""
    shown, _ = sent(root, tmp_path, datetime(2018, 4, 5, 12), datetime(2018, 4, 12, 12))
    assert shown == [("cell-clock", "D2"), ("cell-clock", "E2")]


def test_midnight_is_a_day(root: Path, tmp_path: Path) -> None:
    """A day alone, or with its midnight, is nothing to speak of."""
    assert sent(root, tmp_path, datetime(2018, 4, 6), "2018-04-13 00:00:00") == ([], [day.isoformat() for day in MEANT])
