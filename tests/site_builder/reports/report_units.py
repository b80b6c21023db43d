"""What units have done by a day, counted anew from their files with nothing but the csv module."""

from report_record import EVER, Row, rows, villages

GROUPS = {"migrant_workers", "elderly", "disabled", "left_behind_women", "left_behind_children"}


def of_level(*levels: str) -> set[str]:
    """The codes of the units of some levels."""
    return {row["unit_code"] for row in rows("responsible_units") if row["level"] in levels}


def by(table: str, field: str, day: str) -> list[Row]:
    """The rows of a table whose day lies no later."""
    return [row for row in rows(table) if (row[field] or EVER) <= day]


def who(found: list[Row], **values: str) -> set[str]:
    """The units of the rows that hold these values."""
    return {row["unit_code"] for row in found if all(row[name] == value for name, value in values.items())}


def approved() -> list[Row]:
    """The model cases with their day that the county, the prefecture and the province passed, and nobody sent back."""
    reviews = rows("case_reviews")
    cases = {row["case_id"] for row in rows("cases") if row["reviewed_on"]}
    cases -= {row["case_id"] for row in reviews if row["outcome"] == "returned"}
    for units in (of_level("county", "pilot_city"), of_level("prefecture", "pilot_city"), of_level("department")):
        cases &= {row["case_id"] for row in reviews if row["unit_code"] in units}
    return [row for row in rows("cases") if row["case_id"] in cases]


def duties(day: str) -> dict[str, tuple[int, int | None]]:
    """How much was done of the duties that units report themselves, of how much, by the duty's title."""
    work, poor = by("unit_work", "done_on", day), {code[:6] for code in villages()}
    prefectures, places = of_level("prefecture"), of_level("prefecture", "pilot_city", "county")
    surveyed = {row["area_code"] for row in by("county_surveys", "surveyed_on", day)}
    checked = who(by("unit_checks", "checked_on", day))
    told = who(work, kind="officials_publicity") & who(work, kind="media_publicity")
    return {
        "省指导市（州），市（州）指导县（市、区）": (len(who(work, kind="guidance") & prefectures), len(prefectures)),
        "省管市（州）、市（州）管县（市、区）的绩效": (
            len((who(work, kind="performance_check") | checked) & prefectures),
            len(prefectures),
        ),
        "查访核验：实地考察、专项检查、抽样调查": (len(checked & prefectures), len(prefectures)),
        "案件质量评估，规范登记指派和卷宗": (
            len(who(by("quality_assessments", "assessed_on", day)) & prefectures),
            len(prefectures),
        ),
        "向党委政府报告，落实政府责任": (len(who(work, kind="government_report") & places), len(places)),
        "向党政机关宣传，借助主流媒体": (len(told & places), len(places)),
        "逐级明确指标、措施、时限和责任人": (len(who(by("unit_targets", "set_on", day)) & places), len(places)),
        "贫困县法律援助需求摸底调研": (len(surveyed & poor), len(poor)),
        "农民工、老年人、残疾人、留守妇女儿童专项行动": _actions(day),
        "案例逐级审核": _cases(day),
        "报送示范案例": (_cases(day)[0], None),
        "指导试点，调配律师，保障经费，提高辩护率": _pilots(day),
        "加强法律援助培训": (len(_trained(day) & (prefectures | poor)), len(prefectures | poor)),
    }


def _actions(day: str) -> tuple[int, int]:
    cities, held = of_level("prefecture", "pilot_city"), by("special_actions", "from_date", day)
    done = [c for c in cities if {row["group"] for row in held if row["unit_code"].startswith(c)} == GROUPS]
    return len(done), len(cities)


def _trained(day: str) -> set[str]:
    """The counties that trained liaisons in the year so far, and the units that trained lawyers."""
    events = [row for row in by("activities", "held_on", day) if row["held_on"] >= "2018"]
    return who(by("unit_work", "done_on", day), kind="lawyer_training") | {
        row["county_code"] for row in events if row["kind"] == "training"
    }


def _cases(day: str) -> tuple[int, int | None]:
    begun = {row["case_id"] for row in by("case_reviews", "reviewed_on", day) if row["outcome"] == "passed"}
    return sum(row["reviewed_on"] <= day for row in approved()), len(begun) or None


def _pilots(day: str) -> tuple[int, int]:
    """A month is owed from the eleventh of the next one: of those from February, 2018-05 on the last of June."""
    asked = {f"2018-{month:02}" for month in range(2, 13) if f"2018-{month + 1:02}-10" < day}
    months = by("pilot_months", "reported_on", day)
    reported = {
        row["area_code"]: {month["period"] for month in months if month["unit_code"] == row["area_code"]}
        for row in rows("pilots")
    }
    return sum(bool(found) and asked <= found for found in reported.values()), len(reported)
