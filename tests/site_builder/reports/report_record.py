"""The record, counted anew with nothing but the csv module, as a clerk would with a calculator."""

import csv
import io
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

import yaml
from demonstration_campaign import CAMPAIGN, whole_year
from rounds import IS_LONG

from site_builder import last_good
from site_builder.last_good import Publishable
from site_builder.model import campaign, schemas

ROOT = whole_year() if IS_LONG else CAMPAIGN
"""What is counted: the demonstration as of June; in the long form, that of the whole year."""
DATA = ROOT / "content" / "data"
MONTHS = {
    **{f"-{m:02}": (m, m) for m in range(1, 13)},
    **{f"-Q{q}": (3 * q - 2, 3 * q) for q in range(1, 5)},
    **{"-H1": (1, 6), "-H2": (7, 12), "": (1, 12)},
}
EVER = "9999-12-31"
Row = dict[str, str]


@cache
def published() -> Publishable:
    """What may be published of the demonstration."""
    return last_good.publishable(ROOT, campaign.load(ROOT), schemas.load(ROOT))


@cache
def rows(table: str) -> list[Row]:
    """All rows of a table, none of one that nobody has filled in; ISO days compare as texts."""
    paths = [*sorted((DATA / table).glob("*.csv")), DATA / f"{table}.csv"]
    texts = [path.read_bytes() for path in paths if path.exists()]
    return [row for text in texts for row in csv.DictReader(io.StringIO(text.decode("utf-8")))]


@cache
def settings() -> dict[str, object]:
    """The settings as they are written."""
    content: dict[str, object] = yaml.safe_load((ROOT / "content/campaign.yml").read_text(encoding="utf-8"))
    return content


@cache
def names(level: str = "county") -> dict[str, str]:
    """The names of the divisions of a level, by code."""
    return {row["code"]: row["name"] for row in rows("divisions") if row["level"] == level}


def days(period: str) -> tuple[str, str, str]:
    """(the last day of the period before, the first and the last day of the period)."""
    year, (first, last) = int(period[:4]), MONTHS[period[4:]]
    before = f"{year}-{first - 1:02}-{monthrange(year, first - 1)[1]}" if first > 1 else f"{year - 1}-12-31"
    return before, f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]}"


def by(day: str, found: Iterable[Row], field: str) -> int:
    """How many rows have a day in a field that has come by then."""
    return sum((row[field] or EVER) <= day for row in found)


def within(first: str, last: str, found: Iterable[Row], field: str) -> list[Row]:
    """The rows whose day lies between two, both included."""
    return [row for row in found if row[field] and first <= row[field] <= last]


def villages(year: str = "", county: str = "") -> set[str]:
    """The codes of the villages of a year, or of all years, in a county or in all."""
    return {
        row["village_code"]
        for row in rows("villages")
        if row["campaign_year"].startswith(year) and row["village_code"].startswith(county)
    }


def coverage(day: str, among: set[str]) -> list[int]:
    """How many of the villages have a liaison, a posted one, a verified one, a survey, in the evening of a day."""
    serving = [
        row
        for row in rows("liaisons")
        if row["village_code"] in among and row["from_date"] <= day < (row["to_date"] or EVER)
    ]
    surveyed = {row["village_code"] for row in rows("village_surveys") if row["surveyed_on"] <= day}
    return [
        len(serving),
        by(day, serving, "posted_on"),
        by(day, serving, "posting_verified_on"),
        len(surveyed & among),
    ]


def begun(day: str, year: str) -> int:
    """How many windows of a year have opened, or have a plaque or a board, by a day."""
    fields = ("opened_on", "plaque_hung_on", "board_hung_on")
    found = [row for row in rows("windows") if row["campaign_year"] == year]
    return sum(min(row[field] or EVER for field in fields) <= day for row in found)


def built(day: str, year: str) -> int:
    """How many windows of a year lacked nothing of the notice's list by a day; what has no day is as it is now."""
    signs = ("plaque_hung_on", "board_hung_on")
    promises = ("reception", "acceptance", "assignment", "handling", "follow_up")
    own = [row for row in rows("windows") if row["campaign_year"] == year]
    hung = [row for row in own if max(row[field] or EVER for field in signs) <= day]
    named = [row for row in hung if row["hours"] and row["responsible_person"] and row["service_team"]]
    kept = ["means_test_waived", *(f"priority_{name}" for name in promises)]
    return sum(all(row[field] == "true" for field in kept) for row in named)


def duties(day: str) -> dict[str, tuple[int, int | None]]:
    """How much was done of a duty of the notice by a day, of how much, by the duty's title."""
    poor, own = {code[:6] for code in villages()}, coverage(day, villages("2018"))
    windows = [row for row in rows("windows") if row["campaign_year"] == "2018"]
    begun_ = [w for w in windows if min(w[f] or EVER for f in ("opened_on", "plaque_hung_on", "board_hung_on")) <= day]
    signs = [w for w in begun_ if max(w["plaque_hung_on"] or EVER, w["board_hung_on"] or EVER) <= day]
    promises = ["means_test_waived", *(field for field in windows[0] if field.startswith("priority_"))]

    places = [row for row in rows("responsible_units") if row["level"] != "department"]
    cities = [row for row in places if row["level"] == "prefecture"]

    def held(*kinds: str) -> set[str]:
        found = within("2018-01-01", day, rows("activities"), "held_on")
        return {row["county_code"] for row in found if row["kind"] in kinds}

    return {
        "7个贫困县建成窗口": (built(day, "2018"), 7),
        "免予经济困难审查和五优先": (sum(all(w[each] == "true" for each in promises) for w in begun_), 7),
        "挂牌匾和公示板，指定负责人": (sum(bool(w["responsible_person"]) for w in signs), 7),
        "法律援助服务团送法进村屯": (
            sum(w["county_code"] in held("team_visit") for w in begun_ if w["service_team"]),
            7,
        ),
        "789个贫困村各有一名联络员": (own[0], 789),
        "联络员名单在村内公示": (own[1], 789),
        "贫困村法律援助需求摸底调研": (own[3], 789),
        "2017年的700个咨询平台继续做好工作": (coverage(day, villages("2017"))[3], 700),
        "直通车和上门服务": (len(held("legal_aid_bus", "home_visit") & poor), len(poor)),
        "在村屯、社区开展宣传活动": (len(held("publicity_event") & poor), len(poor)),
        "县（市、区）业务经费纳入同级财政预算": (
            by(day, rows("counties"), "budget_included_on"),
            len(rows("counties")),
        ),
        "市（州）本级业务经费纳入财政预算": (by(day, cities, "budget_included_on"), len(cities)),
        "各级成立组织机构": (by(day, places, "group_formed_on"), len(places)),
        "各地、各部门报送落实方案情况": done("plan_reported", day) or (0, 0),
    }


def behind(key: str, day: str) -> set[str]:
    """The counties that have not reached a milestone by a day."""
    if key == "budgets_included":
        return {row["county_code"] for row in rows("counties") if (row["budget_included_on"] or EVER) > day}
    if key == "plan_reported":
        return {row["unit_code"] for row in rows("responsible_units") if (row["plan_reported_on"] or EVER) > day}
    place = {"lists_confirmed": 0, "survey_done": 3}.get(key)
    counties = {code[:6] for code in villages("2018")} if place is not None else set()
    return {c for c in counties if coverage(day, villages("2018", c))[place or 0] < len(villages("2018", c))}


def done(key: str, day: str) -> tuple[int, int] | None:
    """How many have reached a milestone by a day, of how many; None where nothing on record tells."""
    own = villages("2018")
    counted = {
        "pilots_start": (by(day, rows("pilots"), "started_on"), len(rows("pilots"))),
        "lists_confirmed": (coverage(day, own)[0], 789),
        "survey_done": (coverage(day, own)[3], 789),
        "budgets_included": (by(day, rows("counties"), "budget_included_on"), len(rows("counties"))),
        "plan_reported": (by(day, rows("responsible_units"), "plan_reported_on"), len(rows("responsible_units"))),
    }
    return counted.get(key)


def late(day: str) -> dict[str, tuple[str, int]]:
    """By county name what it has not reached though it was due before a day, and for how many days at most."""
    found: dict[str, list[tuple[str, int]]] = {}
    for milestone in settings()["milestones"]:  # type: ignore[attr-defined]
        over = (date.fromisoformat(day) - milestone["due"]).days
        for code in behind(milestone["key"], day) & names().keys() if over > 0 else ():
            found.setdefault(names()[code], []).append((milestone["title"], over))
    return {
        county: ("；".join(title for title, _ in shown), max(days for _, days in shown))
        for county, shown in found.items()
    }


def latest_surveys(day: str) -> dict[str, Row]:
    """The newest survey of each village by a day."""
    ordered = sorted(rows("village_surveys"), key=lambda row: row["surveyed_on"])
    return {row["village_code"]: row for row in ordered if row["surveyed_on"] <= day}


def needs(day: str, field: str) -> Counter[str]:
    """All needs of the villages that were surveyed by a day, by group or by matter; "" for all."""
    known, total = latest_surveys(day), Counter[str]()
    for row in rows("needs"):
        if row["village_code"] in known:
            total[row[field]] += int(row["persons"])
            total[""] += int(row["persons"])
    return total


def tens(counts: Iterable[int]) -> list[object]:
    """Counts in whole tens, 不公布 below ten."""
    return [count // 10 * 10 if count >= 10 else "不公布" for count in counts]


def self_assessed(period: str, indicator: str) -> int | None:
    """What all counties together say of a figure in a period."""
    found = [row for row in rows("indicators") if (row["period"], row["indicator"]) == (period, indicator)]
    return sum(int(row["self_value"]) for row in found) if found else None
