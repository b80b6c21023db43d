"""Every figure of the reports of each kind of period, public and internal, against the record counted anew.

The demonstration ends with June; here its data are said to reach the end of the year, so that the year has a summary.
In the long form it is the demonstration of the whole year, with the periods of its second half.
"""

import io
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest
import report_record as record
import report_units
import yaml
from report_record import days, names, rows, villages
from rounds import IS_LONG

from site_builder import publication
from site_builder.model import campaign, programme, schemas
from site_builder.office import internal_report
from site_builder.reports.public import public_report
from site_builder.reports.workbook import workbook
from site_builder.shared import periods

# A month with nothing before it and one with all, and one of each longer kind.
BEFORE = {
    **{"2018-01": "2017-12", "2018-06": "2018-05"},
    **{"2018-Q2": "2018-Q1", "2018-H1": "2017-H2", "2018": "2017"},
}
if IS_LONG:
    BEFORE |= {
        "2018-04": "2018-03",
        "2018-Q1": "2017-Q4",
        "2018-07": "2018-06",
        "2018-12": "2018-11",
        "2018-Q3": "2018-Q2",
        "2018-Q4": "2018-Q3",
        "2018-H2": "2018-H1",
    }
Sheets = list[list[tuple[object, ...]]]
Books = dict[tuple[str, str], Sheets]
EDITIONS = ("public", "internal")
EVERY = [(edition, period) for edition in EDITIONS for period in BEFORE]
(
    PROGRESS,
    MILESTONES,
    WINDOWS,
    NEEDS,
    HOTLINE,
    ACTIVITIES,
    CASES,
    BUDGETS,
    RANKING,
    LATE,
    DUTIES,
    INDICATORS,
    RETURNS,
) = range(13)


@pytest.fixture(scope="module")
def books() -> Books:
    """The sheets of both workbooks of each period, as they are read by another program."""
    settings, known, labels = (
        campaign.load(record.ROOT),
        schemas.load(record.ROOT),
        programme.chinese_words(record.ROOT),
    )
    records = record.published().records
    settings = settings.model_copy(update={"data_as_of": date(2018, 12, 31)})
    public = publication.publish(records, settings, known)
    inside = internal_report.inside_of(record.ROOT, settings, known, records)
    found = {}
    for key in BEFORE:
        period = periods.parse(key)
        assert period
        made = {"public": public_report(public, period, labels)}
        made["internal"] = internal_report.internal_report(public, inside, period, labels)
        for edition, report in made.items():
            book = openpyxl.load_workbook(io.BytesIO(workbook(report, labels)))
            found[edition, key] = [[reported(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]
    return found


def reported(row: tuple[object, ...]) -> tuple[object, ...]:
    """Cells with days as ISO texts, and what is blank as None."""
    return tuple(c.date().isoformat() if isinstance(c, datetime) else None if c == "—" else c for c in row)


def lines(sheet: list[tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in sheet if row[0] is not None}


def table(sheet: list[tuple[object, ...]], title: str) -> dict[str, tuple[object, ...]]:
    """The lines of one of several tables of a sheet, up to the empty one behind it."""
    start = next(place for place, row in enumerate(sheet) if row[0] == title)
    end = next((place for place in range(start, len(sheet)) if sheet[place][0] is None), len(sheet))
    return lines(sheet[start + 2 : end])


def now_and_before(now: int | str | None, before: int | str | None) -> tuple[object, ...]:
    return now, before, now - before if isinstance(now, int) and isinstance(before, int) else None


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_progress(books: Books, edition: str, period: str) -> None:
    """Villages with a liaison, a posting, a verified posting, a survey; windows, plaques, boards, of both years."""
    before, _, last = days(period)
    found = lines(books[edition, period][PROGRESS])
    for year, promised, windows in (("2018", 789, 7), ("2017", 700, 8)):
        steps = ("已确定联络员的村", "已公示的村", "公示已核验的村", "已摸底调查的村")
        counts = [record.coverage(day, villages(year)) for day in (last, before)]
        for step, now, then in zip(steps, *counts, strict=True):
            assert found[f"{year}年：{step}"] == (promised, *now_and_before(now, then)), step
        pair = record.begun(last, year), record.begun(before, year)
        assert found[f"{year}年：已设立窗口"] == (windows, *now_and_before(*pair))
        pair = record.built(last, year), record.built(before, year)
        assert found[f"{year}年：已建窗口"] == (windows, *now_and_before(*pair))
        own = [row for row in rows("windows") if row["campaign_year"] == year]
        for what, field in (("已挂牌匾", "plaque_hung_on"), ("已挂公示板", "board_hung_on")):
            pair = record.by(last, own, field), record.by(before, own, field)
            assert found[f"{year}年：{what}"] == (windows, *now_and_before(*pair)), what


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_milestones_and_who_is_late(books: Books, edition: str, period: str) -> None:
    """How far each milestone had come on the last day, how many counties had not, and which of them were late."""
    last = days(period)[2]
    found = lines(books[edition, period][MILESTONES])
    for milestone in record.settings()["milestones"]:  # type: ignore[attr-defined]
        counted = record.done(milestone["key"], last)
        behind = len(record.behind(milestone["key"], last)) if counted else None
        due, _, *figures = found[milestone["title"]]
        assert (due, *figures) == (milestone["due"].isoformat(), *(counted or (None, None)), behind)
    titles = {milestone["title"] for milestone in record.settings()["milestones"]}  # type: ignore[attr-defined]
    late = {row[0]: row[1:3] for row in books[edition, period][LATE] if str(row[1]).split("；")[0] in titles}
    assert late == record.late(last)


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_duties(books: Books, edition: str, period: str) -> None:
    """How far each duty of the notice had come on the last day, counted anew from the files."""
    found = {key: row[3:5] for key, row in lines(books[edition, period][DUTIES]).items()}
    counted = record.duties(days(period)[2]) | report_units.duties(days(period)[2])
    assert {title: found[title] for title in counted} == counted


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_windows(books: Books, edition: str, period: str) -> None:
    """The days of each window that was promised, as far as they had come."""
    last = days(period)[2]
    fields = ("opened_on", "plaque_hung_on", "board_hung_on")
    known = {
        (names()[row["county_code"]], row["campaign_year"]): [row[field] for field in fields] for row in rows("windows")
    }
    found = {row[:2]: list(row[2:5]) for row in books[edition, period][WINDOWS] if row[1] in ("2017", "2018")}
    assert found == {key: [day if day and day <= last else None for day in reported] for key, reported in known.items()}
    assert len(found) == 15


@pytest.mark.parametrize("period", BEFORE)
def test_needs_of_the_public_edition(books: Books, period: str) -> None:
    """What the edition of figures that stood published for the province, cell by cell, hidden ones hidden."""
    before, _, last = days(period)
    sheet = books["public", period][NEEDS]
    shown = {day: edition_of(day) for day in (last, before)}
    if not shown[last]:
        assert len(sheet) < 5
        return
    for title, item in {"计入的村": "villages", "贫困户数": "poor_households", "贫困人口": "poor_persons"}.items():
        pair = shown[last][item, "all", "all"], shown[before].get((item, "all", "all"))
        assert table(sheet, "摸底调查")[title] == now_and_before(*pair)
    lists = {"各群体的需求（人次）": ("groups", 1), "各类事项的需求（人次）": ("matters", 2)}
    for title, (name, place) in lists.items():
        found = table(sheet, title)
        for code, text in code_list(name).items():
            key = ("needs", code, "all") if place == 1 else ("needs", "all", code)
            now, then = (of.get(key, 0) if of else None for of in (shown[last], shown[before]))
            expected = now_and_before(now, then) if "不公布" not in (now, then) else None
            assert found[text] == expected or (expected is None and found[text][0] == now and found[text][1] == then)
    uncounted = len(record.latest_surveys(last)) - int(shown[last]["villages", "all", "all"])
    assert any(f"没有计入的有{uncounted}个村" in str(row[0]) for row in sheet) == (uncounted > 0)


def edition_of(day: str) -> dict[tuple[str, str, str], int | str]:
    """The province's counts of the newest edition by a day."""
    newest = max((row["edition"] for row in rows("published_counts") if row["edition"] <= day), default="")
    return {
        (row["item"], row["group"], row["matter"]): "不公布" if row["hidden"] == "true" else int(row["count"])
        for row in rows("published_counts")
        if row["edition"] == newest and row["area_code"] == "22"
    }


def code_list(name: str) -> dict[str, str]:
    """The titles of a code list, by code, with what the programme calls things in the place of their braces."""
    text = (record.ROOT / "survey_schemas/code_lists" / f"{name}.csv").read_text(encoding="utf-8")
    said = yaml.safe_load((record.ROOT / "content/programme.yml").read_text(encoding="utf-8"))
    for key, word in said.items():
        text = text.replace(f"{{{key}}}", str(word))
    return {line.split(",")[0]: line.split(",")[1] for line in text.splitlines()[1:]}


@pytest.mark.parametrize("period", BEFORE)
def test_needs_of_the_internal_edition(books: Books, period: str) -> None:
    """All that was surveyed by the last day, small counts too."""
    before, _, last = days(period)
    sheet = books["internal", period][NEEDS]
    surveys = [record.latest_surveys(day) for day in (last, before)]
    survey = table(sheet, "摸底调查")
    assert survey["计入的村"] == now_and_before(*map(len, surveys))
    for title, field in {
        "贫困户数": "poor_households",
        "贫困人口": "poor_persons",
        "询问热线人数": "hotline_asked",
    }.items():
        pair = [sum(int(row[field]) for row in found.values()) for found in surveys]
        assert survey[title] == now_and_before(*pair)
    for title, (name, field) in {
        "各群体的需求（人次）": ("groups", "group"),
        "各类事项的需求（人次）": ("matters", "matter"),
    }.items():
        now, then = record.needs(last, field), record.needs(before, field)
        found = table(sheet, title)
        expected = {text: now_and_before(now[code], then[code]) for code, text in code_list(name).items()}
        assert found == {**expected, "全部需求": now_and_before(now[""], then[""])}


@pytest.mark.parametrize("period", BEFORE)
def test_the_hotline_s_feedback(books: Books, period: str) -> None:
    """Public: all that had come by the end, in tens. Internal: what came, was handled and stood open, and the calls."""
    before, first, last = days(period)
    found, full = (lines(books[edition, period][HOTLINE]) for edition in EDITIONS)
    came = rows("feedback")
    kinds = code_list("feedback_kinds")
    for place, day in enumerate((last, before)):
        by_kind = Counter(row["kind"] for row in came if row["received_on"] <= day)
        assert [found[f"其中：{title}（条）"][place] for title in kinds.values()] == record.tens(
            by_kind[k] for k in kinds
        )
        (shown_all,) = record.tens([by_kind.total()])
        assert found["收到的意见，累计（条）"][place] in (shown_all, lower(shown_all))
        (handled,) = record.tens([record.by(day, came, "handled_on")])
        assert found["已办结的意见，累计（条）"][place] in (handled, lower(handled))
    assert set(found["12348热线来电（次）"]) == {"不公布"}
    earlier = days(BEFORE[period])
    spans = ((first, last), (earlier[1], earlier[2]))
    received = [record.within(*span, came, "received_on") for span in spans]
    assert full["对热线的意见（条）"] == now_and_before(*map(len, received))
    for kind, title in kinds.items():
        pair = (sum(row["kind"] == kind for row in of) for of in received)
        assert full[f"其中：{title}（条）"] == now_and_before(*pair)
    handled_in = [len(record.within(*span, came, "handled_on")) for span in spans]
    assert full["已办结的意见（条）"] == now_and_before(*handled_in)
    still = [record.by(day, came, "received_on") - record.by(day, came, "handled_on") for day in (last, before)]
    assert full["期末未办结的意见（条）"] == now_and_before(*still)
    calls = record.self_assessed(period, "hotline_calls"), record.self_assessed(BEFORE[period], "hotline_calls")
    assert full["12348热线来电（次）"] == now_and_before(*calls)


def lower(count: object) -> object:
    """What a total may be reported as where its true tens would give a hidden count away."""
    return count - 10 if isinstance(count, int) and count > 10 else "不公布"


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_activities_and_cases(books: Books, edition: str, period: str) -> None:
    """Activities by kind and people reached, with visits at home in the internal edition alone; model cases."""
    earlier, (_, first, last) = days(BEFORE[period]), days(period)
    sheet, kinds = books[edition, period][ACTIVITIES], code_list("activity_kinds")
    spans = ((first, last), (earlier[1], earlier[2]))
    held = [record.within(*span, rows("activities"), "held_on") for span in spans]
    counts = [Counter(row["kind"] for row in of) for of in held]
    expected = {title: now_and_before(*(of[kind] for of in counts)) for kind, title in kinds.items()}
    found = table(sheet, "活动场次")
    assert found == {**expected, "合计": now_and_before(*(of.total() for of in counts))}
    known = [[row for row in of if row["people_reached"] and is_shown(row["kind"], edition)] for of in held]
    reached = [
        sum(int(row["people_reached"]) for row in of) if of or not all_ else None
        for of, all_ in zip(known, held, strict=True)
    ]
    assert table(sheet, "受众（人次）")["合计"] == now_and_before(*reached)
    reviewed = [len(record.within(*span, report_units.approved(), "reviewed_on")) for span in spans]
    cases = lines(books[edition, period][CASES])
    assert cases["审核通过的示范案例（件）"] == now_and_before(*reviewed)
    accepted = [record.self_assessed(key, "cases_accepted") for key in (period, BEFORE[period])]
    shown_of = ("不公布",) * 3 if edition == "public" else now_and_before(*accepted)
    assert cases["办理法律援助案件（件）"] == shown_of


def is_shown(kind: str, edition: str) -> bool:
    return edition == "internal" or kind != "home_visit"


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_budgets(books: Books, edition: str, period: str) -> None:
    """How many counties of each prefecture have their budget, now and before."""
    before, _, last = days(period)
    found = {row[0]: row[1:5] for row in books[edition, period][BUDGETS] if isinstance(row[1], int)}
    for code, name in names("prefecture").items():
        counties = [row for row in rows("counties") if row["county_code"].startswith(code)]
        pair = (record.by(day, counties, "budget_included_on") for day in (last, before))
        assert found[name] == (len(counties), *now_and_before(*pair))


@pytest.mark.parametrize(("edition", "period"), EVERY)
def test_the_ranking(books: Books, edition: str, period: str) -> None:
    """Each county's four counts, its share now and before in whole percent, and its rank by the exact share."""
    before, _, last = days(period)
    own = {code: villages(county=code) for code in {village[:6] for village in villages()}}
    now = {code: record.coverage(last, among) for code, among in own.items()}
    shares = {code: sum(now[code]) / (4 * len(own[code])) for code in own}
    expected = {}
    for code, among in own.items():
        share, then = (100 * sum(record.coverage(day, among)) // (4 * len(among)) for day in (last, before))
        rank = 1 + sum(other > shares[code] for other in shares.values())
        expected[names()[code]] = (rank, len(among), *now[code], share, then, share - then)
    found = {row[0]: row[1:10] for row in books[edition, period][RANKING] if isinstance(row[5], int)}
    assert found == expected


@pytest.mark.parametrize("period", BEFORE)
def test_the_indicators(books: Books, period: str) -> None:
    """What the counties said, what was verified and what the panel found, of the internal edition alone."""
    assert len(books["public", period]) == INDICATORS
    found = lines(books["internal", period][INDICATORS])
    for code, title in code_list("indicators").items():
        own = [row for row in rows("indicators") if (row["period"], row["indicator"]) == (period, code)]
        sums = [
            sum(int(row[field]) for row in own if row[field]) if any(row[field] for row in own) else None
            for field in ("self_value", "verified_value", "panel_value")
        ]
        verified = sum(bool(row["verified_value"]) for row in own)
        earlier = record.self_assessed(BEFORE[period], code)
        assert found[title] == (sums[0], earlier, len(own), sums[1], verified, sums[2])
    differing = [
        (names()[row["county_code"]], title_of(row), int(row["self_value"]), int(row["verified_value"]))
        for row in rows("indicators")
        if row["period"] == period and row["verified_value"] and row["verified_value"] != row["self_value"]
    ]
    sheet = books["internal", period][INDICATORS]
    assert sorted(row[:4] for row in sheet if row[0] in names().values()) == sorted(differing)


def title_of(row: dict[str, str]) -> str:
    return code_list("indicators")[row["indicator"]]
