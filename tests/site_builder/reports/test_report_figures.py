"""The reports of the built site against the CSV files of the record, counted anew without any of the software."""

import re
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html
from report_record import EVER, coverage, days, rows
from report_units import approved

PERIODS = ["2018-Q1", "2018-Q2", "2018-H1", *(f"2018-{month:02}" for month in range(1, 7))]


def sheets(site: Path, period: str) -> list[list[tuple[object, ...]]]:
    """The rows of every sheet of a period's workbook, in their order."""
    book = openpyxl.load_workbook(site / "reports" / f"{period}.xlsx")
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def figures(sheet: list[tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """The cells right of each first cell; of equal first cells the last row."""
    return {str(row[0]): tuple(row[1:]) for row in sheet if row[0] is not None}


@pytest.mark.parametrize("period", PERIODS)
def test_progress_equals_the_record(built_site: Path, period: str) -> None:
    """Liaisons, postings, verified ones, surveys and windows of both years, now, before and the change."""
    before, _, last = days(period)
    reported = figures(sheets(built_site, period)[0])
    for year in ("2018", "2017"):
        villages = {row["village_code"] for row in rows("villages") if row["campaign_year"] == year}
        names = ["已确定联络员的村", "已公示的村", "公示已核验的村", "已摸底调查的村"]
        counted = zip(coverage(last, villages), coverage(before, villages), strict=True)
        for name, (now, then) in zip(names, counted, strict=True):
            assert reported[f"{year}年：{name}"][1:4] == (now, then, now - then), name
        windows = [row for row in rows("windows") if row["campaign_year"] == year]
        for name, field in [("已挂牌匾", "plaque_hung_on"), ("已挂公示板", "board_hung_on")]:
            now, then = (sum((row[field] or EVER) <= day for row in windows) for day in (last, before))
            assert reported[f"{year}年：{name}"][1:4] == (now, then, now - then), name


@pytest.mark.parametrize("period", PERIODS)
def test_work_equals_the_record(built_site: Path, period: str) -> None:
    """Activities held and people reached, model cases reviewed, budgets, and what the edition published."""
    before, first, last = days(period)
    book = sheets(built_site, period)
    held = [row for row in rows("activities") if first <= row["held_on"] <= last]
    totals = [row[1] for row in book[5] if row[0] == "合计"]
    assert totals == [len(held), sum(int(row["people_reached"] or 0) for row in held if row["kind"] != "home_visit")]
    reviewed = sum(first <= row["reviewed_on"] <= last for row in approved())
    assert figures(book[6])["审核通过的示范案例（件）"][0] == reviewed
    budgets = [sum((row["budget_included_on"] or EVER) <= day for row in rows("counties")) for day in (last, before)]
    prefectures = [row for row in book[7] if isinstance(row[1], int)]
    assert [sum(int(str(row[place])) for row in prefectures) for place in (2, 3)] == budgets
    assert figures(book[3]).get("贫困人口") == published("poor_persons", last, before)


def published(item: str, last: str, before: str) -> tuple[object, ...] | None:
    """The province's count of an item of the edition that stood, with the change; None before the first edition."""
    counts: list[int | None] = []
    for day in (last, before):
        editions = [row["edition"] for row in rows("published_counts") if row["edition"] <= day]
        key = (max(editions, default=""), "22", item, "all", "all")
        found = [
            int(row["count"])
            for row in rows("published_counts")
            if (row["edition"], row["area_code"], row["item"], row["group"], row["matter"]) == key
        ]
        counts.append(found[0] if found else None)
    now, then = counts
    if now is None:
        return None
    return (now, "—" if then is None else then, "—" if then is None else now - then)


@pytest.mark.parametrize("period", PERIODS)
def test_the_ranking_is_in_order(built_site: Path, period: str) -> None:
    """Each county's four counts equal the record; ranks follow the exact shares, and equal shares share a rank."""
    _, _, last = days(period)
    names = {row["code"]: row["name"] for row in rows("divisions") if row["level"] == "county"}
    own: dict[str, set[str]] = {}
    for village in rows("villages"):
        own.setdefault(village["village_code"][:6], set()).add(village["village_code"])
    ranked = [row for row in sheets(built_site, period)[8] if isinstance(row[1], int) and isinstance(row[5], int)]
    expected = {code: coverage(last, villages) for code, villages in own.items()}
    counted = sorted((names[code], len(own[code]), *expected[code]) for code in own)
    assert sorted((row[0], *row[2:7]) for row in ranked) == counted
    shares = [sum(map(int, map(str, row[3:7]))) / int(str(row[2])) for row in ranked]
    assert shares == sorted(shares, reverse=True)
    assert [row[1] for row in ranked] == [1 + sum(other > share for other in shares) for share in shares]


@pytest.mark.parametrize("period", PERIODS)
def test_the_page_says_what_the_workbook_says(built_site: Path, period: str) -> None:
    """Every table of the page stands in the document, cell by cell, some at its end; the workbook has every number."""
    page = html.parse(str(built_site / "reports" / f"{period}.html"))
    rows = [table.xpath("tbody/tr/*[self::th or self::td]") for table in page.xpath("//article//table")]
    reported = [[" ".join(cell.text_content().split()) for cell in cells] for cells in rows]
    made = docx.Document(str(built_site / "reports" / f"{period}.docx"))
    drawn = [[cell for row in table.rows[1:] for cell in row.cells] for table in made.tables]
    written = [[" ".join(cell.text.split()) for cell in cells] for cells in drawn]
    assert sorted(reported) == sorted(written)
    shown = set(re.findall(r"[+-]?[0-9,]+%?", " ".join(page.find(".//article").itertext())))
    for sheet in sheets(built_site, period):
        numbers = [cell for row in sheet for cell in row[1:] if isinstance(cell, int)]
        assert [n for n in numbers if not shown & {f"{n:,}", f"{n:+,}", f"{n}%"}] == []


def test_only_periods_that_are_over_have_a_report(built_site: Path) -> None:
    """The data reach the end of June: months to June, two quarters, the half-year, each in three forms."""
    found = {path.name for path in (built_site / "reports").iterdir()} - {"index.html"}
    assert found == {f"{period}.{kind}" for period in PERIODS for kind in ("html", "docx", "xlsx")}
