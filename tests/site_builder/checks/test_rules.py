"""Each rule across tables: the tiny campaign keeps it, and one spoiled cell breaks it at that cell."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION, PROJECT, places

from site_builder.checks import Checked, rules
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import year_standings
from site_builder.shared.problems import remedy, sentence

Check = Callable[[], Checked]
Edit = Callable[[str, str, str], None]


def table(name: str, county: str = "220881") -> str:
    return f"data/{name}/{county}.csv"


CASES = [
    # rule, file, old, new, code, cell
    (
        "rows_stand_in_their_county",
        table("deliveries"),
        "220881,M-01",
        "220882,M-01",
        "county-mismatch",
        "",
    ),
    (
        "townships_match",
        table("villages"),
        "220881100201,2018,220881100",
        "220881100201,2018,220882202",
        "village-township",
        "C3",
    ),
    ("village_years_have_a_target", table("villages"), "201,2018", "201,2019", "village-year", "B3"),
    ("village_names_differ_in_a_township", table("villages"), "荣华村", "瓦房村", "village-name-repeated", "D3"),
    ("village_names_match_their_code", table("villages"), "荣华村", "长山村", "village-name-differs", "D3"),
    (
        "earlier_villages_have_a_platform",
        table("villages", "220882"),
        "村部便民法律咨询平台",
        "",
        "village-without-platform",
        "G2",
    ),
    ("names_are_of_persons", table("liaisons"), "朴银姬", "待定", "name-vacant", "D3"),
    ("names_are_of_persons", table("liaisons"), "斯琴高娃", "荣华村", "name-post", "D4"),
    ("names_are_of_persons", table("windows"), "赵样例", "王主任", "name-post", "I2"),
    ("names_are_of_persons", table("liaisons"), "朴银姬", "王敏李强", "name-glued", "D3"),
    ("names_are_of_persons", table("deliveries"), "核验甲", "待核", "name-vacant", "G2"),
    (
        "public_texts_count_no_few",
        table("special_actions", "2208"),
        "进工地咨询",
        "为3名聋哑人请手语翻译",
        "text-small-count",
        "F2",
    ),
    (
        "public_texts_name_nobody",
        table("activities"),
        "服务团进瓦房村",
        "帮助受害人张桂芳追回工资",
        "text-names-person",
        "E2",
    ),
    (
        "public_texts_name_nobody",
        "data/special_actions/2208.csv",
        "进工地咨询",
        "帮农民工李成浩讨薪",
        "text-person-likely",
        "F2",
    ),
    (
        "public_texts_say_something",
        table("liaisons"),
        "样例法律援助中心,2018-05-06",
        "同上,2018-05-06",
        "cell-placeholder",
        "H3",
    ),
    ("every_village_has_a_liaison", table("liaisons"), "朴银姬", "待定", "liaison-missing", ""),
    ("one_serving_liaison_at_a_time", table("liaisons"), "2018-05-01", "2018-05-02", "liaison-overlap", "B3"),
    (
        "one_serving_liaison_at_a_time",
        table("liaisons"),
        "2018-03-01,2018-05-01",
        "2018-03-01,",
        "liaison-overlap",
        "B3",
    ),
    (
        "every_village_has_a_liaison",
        table("liaisons"),
        "2018-05-02,,朴",
        "2018-05-02,2018-06-02,朴",
        "liaison-missing",
        "",
    ),
    (
        "phones_are_published_with_consent",
        table("liaisons", "220882"),
        "13900001234,true",
        "13900001234,",
        "phone-without-consent",
        "G2",
    ),
    ("dates_are_in_order", table("liaisons"), "2018-03-10,2018-04-10", "2018-04-11,2018-04-10", "dates-order", "J2"),
    ("dates_are_in_order", table("liaisons"), "2018-03-01,2018-05-01", "2018-03-01,2018-02-01", "dates-order", "C2"),
    ("dates_are_in_order", table("deliveries"), "2018-04-01,2018-04-20", "2018-04-01,2018-03-31", "dates-order", "F2"),
    ("dates_are_in_order", table("feedback"), "2018-05-15", "2018-05-01", "dates-order", "H2"),
    ("no_date_lies_ahead", table("stations"), "2018-04-16", "2018-07-01", "date-future", "H2"),
    (
        "announced_activities_have_no_outcome",
        table("activities"),
        "便民服务点,,",
        "便民服务点,3,",
        "activity-ahead",
        "H3",
    ),
    (
        "nothing_is_verified_before_it_is_done",
        table("liaisons"),
        "2018-03-12,2018-04-12",
        ",2018-04-12",
        "verified-without-posting",
        "I4",
    ),
    (
        "nothing_is_verified_before_it_is_done",
        table("deliveries"),
        "2018-04-01,2018-04-20",
        ",2018-04-20",
        "verified-without-posting",
        "E2",
    ),
    (
        "windows_stand_in_poor_counties",
        table("windows"),
        "W-220881-2018,220881,2018",
        "W-220881-2017,220881,2017",
        "window-not-poor-county",
        "B2",
    ),
    ("identifiers_name_their_county", table("windows"), "W-220881-2018", "W-220881-2017", "window-id", "A2"),
    ("identifiers_name_their_county", table("stations"), "S-220881-01", "S-220882-01", "identifier-county", "A2"),
    ("windows_have_what_the_notice_lists", table("windows", "220882"), "赵样例", "", "window-duty-late", "I2"),
    (
        "boards_say_what_is_done",
        table("windows", "220882"),
        "2017-07-01,2017-07-01,true",
        "2017-07-01,2017-07-01,false",
        "window-board",
        "Q2",
    ),
    (
        "units_are_of_their_level",
        "data/responsible_units.csv",
        "2208,白城市司法局,prefecture",
        "2208,白城市司法局,county",
        "unit-code",
        "A5",
    ),
    ("units_are_of_their_level", "data/responsible_units.csv", "22-01,", "2224,", "unit-code", "A2"),
    (
        "every_place_is_asked",
        "data/responsible_units.csv",
        "2201,长春市司法局",
        "2202,长春市司法局",
        "unit-missing",
        "",
    ),
    (
        "parts_of_reports_are_not_above_their_whole",
        "data/quality_assessments/2208.csv",
        ",40,37,38,",
        ",40,37,41,",
        "part-above-whole",
        "F2",
    ),
    (
        "defended_are_among_the_accused",
        table("pilot_months", "220104"),
        ",42,21,17,",
        ",42,26,17,",
        "parts-above-whole",
        "E2",
    ),
    ("reported_periods_are_over", table("pilot_months", "220104"), "2018-06-05", "2018-05-30", "period-not-over", "B2"),
    ("reported_periods_are_over", table("pilot_months", "220104"), ",2018-05,", ",2018-07,", "period-not-over", "B2"),
    (
        "reported_periods_are_over",
        table("quality_assessments", "2208"),
        "2018-04-20",
        "2018-03-30",
        "period-not-over",
        "B2",
    ),
    ("reviews_are_of_known_cases", table("case_reviews", "2208"), "-009", "-099", "review-case-unknown", "B2"),
    ("reviews_are_of_known_cases", "data/cases.csv", "220881,labour", "220882,labour", "review-elsewhere", "B2"),
    ("returned_cases_have_a_reason", table("case_reviews"), "passed", "returned", "review-without-reason", "F2"),
    ("reviews_go_upwards", table("case_reviews"), "04-02,2018-04-08", "04-02,2018-04-19", "review-after-above", "D2"),
    ("reviews_go_upwards", table("case_reviews"), "2018-04-02,2018-04-08", ",2018-04-19", "review-after-above", "D2"),
    ("approvals_agree_with_steps", table("case_reviews", "2208"), "passed,", "returned,缺结果", "case-returned", "G2"),
    ("approvals_agree_with_steps", "data/cases.csv", "2018-04-26", "2018-04-27", "case-approved-otherwise", "G2"),
    (
        "approvals_agree_with_steps",
        table("case_reviews", "2208"),
        "2208,C-2018-009,2018-04-12,2018-04-18,passed,,demo\n",
        "",
        "case-steps",
        "G2",
    ),
    ("approvals_agree_with_steps", "data/cases.csv", "2018-04-26,", ",", "case-without-approval", "G2"),
    (
        "surveys_are_of_own_counties",
        table("county_surveys", "2208"),
        ",220882,",
        ",220104,",
        "survey-other-county",
        "B2",
    ),
    (
        "parts_of_reports_are_not_above_their_whole",
        table("county_surveys", "2208"),
        ",520,1180,",
        ",1180,520,",
        "part-above-whole",
        "D2",
    ),
    ("dates_are_in_order", table("unit_targets"), "2018-12-20", "2018-03-20", "dates-order", "F2"),
    (
        "departments_report_no_group",
        "data/responsible_units.csv",
        "department,2018-04-20,,,,,",
        "department,2018-04-20,,,,2018-05-01,",
        "unit-department",
        "H2",
    ),
    (
        "budgets_are_said_once",
        "data/responsible_units.csv",
        "朝阳区法律援助中心,,",
        "朝阳区法律援助中心,2018-04-01,",
        "unit-budget",
        "H4",
    ),
    (
        "groups_are_of_the_campaign",
        "data/responsible_units.csv",
        "2018-03-20,赵",
        "2017-03-20,赵",
        "unit-group-early",
        "E3",
    ),
    (
        "units_differ_in_name",
        "data/responsible_units.csv",
        "大安市司法局,county",
        "洮南市司法局,county",
        "unit-name-repeated",
        "B7",
    ),
    ("targets_say_something", table("unit_targets"), ",120,", ",0,", "target-zero", "D2"),
    ("targets_say_something", table("unit_targets"), "中心主任", "王建国", "target-person", "G2"),
    (
        "publicity_names_its_media",
        table("unit_work", "2208"),
        "guidance",
        "media_publicity",
        "work-without-media",
        "F2",
    ),
    (
        "checks_say_what_they_found",
        table("unit_checks", "2208"),
        "两个村的公示单被撕掉，已补贴",
        "",
        "check-without-finding",
        "H2",
    ),
    ("reported_periods_are_over", table("station_work"), "2018-04-09", "2018-03-30", "period-not-over", "B2"),
    ("surveys_are_of_own_counties", table("unit_checks", "2208"), ",220881,", ",220104,", "survey-other-county", "B2"),
    (
        "parts_of_reports_are_not_above_their_whole",
        table("unit_checks", "2208"),
        ",20,18,",
        ",18,20,",
        "part-above-whole",
        "G2",
    ),
    ("plans_are_reported", "data/responsible_units.csv", "prefecture,2018-04-28", "prefecture,", "plan-late", "D3"),
    ("moves_are_recorded_in_full", table("windows"), "2018-03-20,,,", "2018-03-20,,旧址,", "window-move", "M2"),
    ("coordinates_come_in_pairs", table("windows"), "122.783,45.335", "122.783,", "window-coordinates", "J2"),
    ("coordinates_lie_in_the_county", table("windows"), "122.783,45.335", "122.783,44.335", "window-outside", "J2"),
    ("surveys_fit_the_village", table("villages"), "荣华村,100,300", "荣华村,100,49", "survey-above-village", "D4"),
    ("surveys_fit_the_village", table("villages"), "荣华村,100,300", "荣华村,19,300", "survey-above-village", "C4"),
    (
        "survey_figures_agree",
        table("village_surveys"),
        "2018-06-01,20,52",
        "2018-06-01,60,52",
        "survey-households-above-persons",
        "C3",
    ),
    (
        "survey_figures_agree",
        table("village_surveys", "220882"),
        ",8,3,调查甲",
        ",8,9,调查甲",
        "survey-aware-above-asked",
        "K2",
    ),
    (
        "survey_figures_agree",
        table("village_surveys", "220882"),
        "3,8,2,1",
        "3,8,9,1",
        "survey-group-above-poor",
        "E2",
    ),
    ("needs_fit_the_survey", table("needs"), "labour_pay,7", "labour_pay,13", "needs-above-group", "D3"),
    (
        "needs_fit_the_survey",
        table("needs", "220882"),
        "220882202204",
        "220882202203",
        "needs-without-survey",
        "A2",
    ),
    *[
        (rule, table("indicators"), "12,,,,,,,,demo", new, code, cell)
        for rule, new, code, cell in [
            ("verification_is_whole", "12,11,,2018-05-08,样例核验,,,,demo", "indicator-verification", "F2"),
            ("verification_is_whole", "12,,,,,12,,,demo", "indicator-panel", "J2"),
            ("panels_judge_half_years", "12,,,,,12,2018-06-20,省一组,demo", "indicator-panel-period", "I2"),
            ("assessment_comes_in_order", "12,12,site_visit,2018-04-29,样例核验,,,,demo", "indicator-order", "G2"),
        ]
    ],
    ("periods_are_over", table("indicators"), "2018-04", "2018-Q3", "indicator-period-ahead", "B2"),
    ("deliveries_reach_known_places", table("deliveries"), "220881100200", "220881100202", "delivery-recipient", "A3"),
    (
        "deliveries_follow_printing",
        "data/materials.csv",
        "A4,2018年第1版,2018-03-01",
        "A4,2018年第1版,2018-04-01",
        "delivery-before-printing",
        "D3",
    ),
    (
        "public_replies_are_reviewed",
        table("feedback"),
        "内部答复，不公布,,,",
        "内部答复，不公布,问,答,",
        "feedback-not-reviewed",
        "L2",
    ),
    (
        "villages_lie_in_the_named_county",
        table("activities"),
        "220881,220881100200",
        "220881,220882202203",
        "village-county",
        "C2",
    ),
]


@pytest.mark.parametrize(("rule", "file", "old", "new", "code", "cell"), CASES, ids=[f"{c[0]}-{c[4]}" for c in CASES])
def test_a_broken_rule_is_named_at_its_cell(
    check: Check, edit: Edit, rule: str, file: str, old: str, new: str, code: str, cell: str
) -> None:
    """The sound campaign keeps the rule; one spoiled cell gives the rule's code once, at its address."""
    before = places(check().problems, code)
    edit(file, old, new)
    after = [place for place in places(check().problems, code) if place not in before]
    assert [found for _, found in after] == [cell]


def test_every_rule_is_broken_by_a_test() -> None:
    """No rule goes untested: those not in the table of cases have a test of their own below."""
    own = {
        "files_are_named_by_county",
        "keys_are_unique_across_files",
        "codes_are_of_their_level",
        "counties_with_villages_have_files",
        "indicators_add_up",
        "case_pages_exist",
        "case_pages_are_reviewed",
        "official_pages_are_no_demonstration",
        "targets_name_known_counties",
        "official_data_hold_no_demonstration",
        "official_quotas_are_no_demonstration",
        "official_services_have_postcodes",
        "village_targets_are_met",
        "promised_windows_exist",
        "deliveries_reach_whom_they_are_for",
    }
    named = {rule.__name__ for rule in (*rules.RULES, *rules.PROVINCE_RULES)}
    assert named == own | {case[0] for case in CASES}


def append(root: Path, file: str, row: str) -> None:
    path = root / "content" / file
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("design", "old", "new", "cell"),
    [
        ("window-plaque", "220881100200,M-02", "220881100200,M-01", "A3"),
        ("village-board", "220881,M-01", "220881,M-02", "A2"),
    ],
)
def test_a_material_goes_to_whom_it_is_made_for(
    root: Path, check: Check, edit: Edit, design: str, old: str, new: str, cell: str
) -> None:
    """A window's plaque goes to no village, a village's board to no county; the design says for whom it is."""
    folder = root / "content/materials" / design
    shutil.copytree(DEMONSTRATION / "content/materials" / design, folder)
    settings = folder / "material.yml"
    number = new.rpartition(",")[2]
    settings.write_text(re.sub("register_id: M-[0-9]+", f"register_id: {number}", settings.read_text(encoding="utf-8")))
    assert places(check().problems, "delivery-audience") == []
    edit(table("deliveries"), old, new)
    assert [found for _, found in places(check().problems, "delivery-audience")] == [cell]


@pytest.mark.parametrize("name", ["liaisons", "village_surveys", "needs"])
def test_a_lost_return_is_one_error(root: Path, check: Check, name: str) -> None:
    """A county with villages whose file vanished is one error, and nothing that only follows from it is reported."""
    before = {problem.code for problem in check().problems}
    (root / "content" / table(name)).unlink()
    found = [problem for problem in check().problems if problem.code not in before]
    assert [(problem.code, problem.file) for problem in found] == [
        ("village-without-file", f"content/data/{name}/220881.csv")
    ]


def test_a_lost_village_file_is_one_error(root: Path, check: Check) -> None:
    """When a county's villages are gone, that is reported once, not for each row that names one of them."""
    (root / "content" / table("villages")).unlink()
    errors = [problem for problem in check().problems if problem.is_error]
    assert [(problem.code, problem.file) for problem in errors] == [
        ("file-county-missing", "content/data/villages/220881.csv")
    ]


def test_a_file_under_a_wrong_county_is_one_error(root: Path, check: Check) -> None:
    """A county's file copied under a code that is no county's is reported once, not row by row."""
    path = root / "content" / table("liaisons")
    path.with_name("220999.csv").write_bytes(path.read_bytes())
    assert [p.code for p in check().problems if p.file.endswith("220999.csv")] == ["file-county"]


def test_a_faulty_file_is_not_called_sound_in_the_same_breath(check: Check, edit: Edit) -> None:
    """A file with an error is not also said to be right but for its order."""
    edit(table("villages"), "220881100200,", "220881100209,")
    assert {p.code for p in check().problems if p.file.endswith("villages/220881.csv")} == {"reference-unknown"}


def test_a_file_named_after_no_county_is_refused(root: Path, check: Check) -> None:
    """A file such as 220999.csv is refused even when it is empty but for its header."""
    header = (PROJECT / "survey_schemas/blank/needs.csv").read_bytes()
    (root / "content" / table("needs", "220999")).write_bytes(header)
    assert places(check().problems, "file-county") == [("content/data/needs/220999.csv", "")]


def test_a_record_in_two_files_is_named(root: Path, check: Check) -> None:
    """The same village in two counties' files is named at its second place, with the first."""
    append(root, table("needs", "220882"), "220881100200,elderly,support_payments,4,demo")
    (found,) = [problem for problem in check().problems if problem.code == "duplicate-across-files"]
    assert found.file == "content/data/needs/220882.csv"
    assert "content/data/needs/220881.csv" in sentence(found)


def test_a_township_is_not_a_village(root: Path, check: Check, edit: Edit) -> None:
    """A code of the wrong level is named with both levels."""
    text = (root / "content/data/divisions.csv").read_text(encoding="utf-8")
    (root / "content/data/divisions.csv").write_text(
        text.replace("荣华村委会,village", "荣华村委会,township"), encoding="utf-8"
    )
    (found,) = [problem for problem in check().problems if problem.code == "county-unknown-level"]
    assert "乡镇" in sentence(found)


def test_a_quarter_that_is_not_its_months_is_named(root: Path, check: Check) -> None:
    """Where all months are reported, the quarter is their sum."""
    rows = [("2018-05", 10), ("2018-06", 10), ("2018-Q2", 33)]
    for period, value in rows:
        append(root, table("indicators"), f"220881,{period},consultations,{value},,,,,,,,demo")
    (found,) = [problem for problem in check().problems if problem.code == "indicator-sum"]
    assert (found.cell, found.is_error) == ("D5", False)
    assert re.search("33.*32", sentence(found))


def test_a_case_without_its_page_is_named(root: Path, check: Check) -> None:
    """A model case that names a page needs that page."""
    append(root, "data/cases.csv", "C-2018-001,220881,labour_pay,,讨薪,2018-04-20,2018-05-22,cases/x.md,demo")
    assert places(check().problems, "case-page") == [("content/data/cases.csv", "H3")]
    page = root / "content/pages/cases/x.md"
    page.write_text("---\ntitle: 讨薪\n---\n\n# 讨薪\n", encoding="utf-8")
    assert places(check().problems, "case-page") == []


def test_reviews_are_not_unknown_where_the_list_of_cases_is_faulty(check: Check, edit: Edit) -> None:
    """A fault in one row of the list is named there, and not once more for each review of another case."""
    edit("data/cases.csv", "2018-03-28", "三月底")
    found = check().problems
    assert [problem.code for problem in found if problem.file.endswith("cases.csv")] == ["cell-type"]
    assert places(found, "review-case-unknown") == []


def test_a_case_on_its_way_is_registered_without_a_day(root: Path, check: Check, edit: Edit) -> None:
    """County and prefecture report their steps before the province has approved: nothing is wrong yet."""
    edit("data/cases.csv", "2018-04-26,", ",")
    (root / "content/data/case_reviews/22-01.csv").unlink()
    assert [problem.code for problem in check().problems if "case" in problem.file] == []


def test_an_unknown_case_is_told_with_those_that_the_unit_may_review(check: Check, edit: Edit) -> None:
    """The way out of a wrong number: the cases that are registered, and who registers a new one."""
    edit("data/case_reviews/2208.csv", "-009", "-099")
    (found,) = [problem for problem in check().problems if problem.code == "review-case-unknown"]
    assert "C-2018-009" in remedy(found)


def test_a_case_without_a_record_of_its_review_is_named(root: Path, check: Check) -> None:
    """A text among the cases that no record names was reviewed by nobody, and may not be built."""
    (root / "content/pages/cases/draft.md").write_text("---\ntitle: 讨薪\n---\n\n# 讨薪\n", encoding="utf-8")
    checked = check()
    assert places(checked.problems, "case-not-reviewed") == [("content/pages/cases/draft.md", "")]
    assert not checked.is_publishable


def test_official_pages_are_no_demonstration(check: Check, edit: Edit) -> None:
    """Once the data are official, a page that calls itself a demonstration is an error."""
    assert places(check().problems, "page-demo") == []
    edit("campaign.yml", "data_status: demo", "data_status: official")
    assert places(check().problems, "page-demo") == [("content/pages/cases/c-2018-009.md", "")]


def test_official_services_have_postcodes(check: Check, edit: Edit) -> None:
    """Once the data are official, the counties without one are named, together; it stops nothing."""
    assert places(check().problems, "postcode-missing") == []
    edit("campaign.yml", "data_status: demo", "data_status: official")
    (found,) = [problem for problem in check().problems if problem.code == "postcode-missing"]
    assert (found.file, found.is_error, found.details["counties"]) == ("content/campaign.yml", False, "大安市")
    edit("campaign.yml", '  "220881": "137100"', '  "220882": "131300"\n  "220881": "137100"')
    assert places(check().problems, "postcode-missing") == []


def test_official_data_refuse_every_demonstration_row(check: Check, edit: Edit, root: Path) -> None:
    """Once the data are official, each file with invented rows is an error; official rows are not."""
    edit("campaign.yml", "data_status: demo", "data_status: official")
    files = {file for file, _ in places(check().problems, "demo-in-official")}
    with_rows = {
        path.relative_to(root).as_posix()
        for path in (root / "content/data").rglob("*.csv")
        if ",demo" in path.read_text(encoding="utf-8")
    }
    assert files == with_rows
    assert "content/data/pilots.csv" not in files


def test_official_data_are_refused_in_a_public_repository(root: Path, check: Check, edit: Edit) -> None:
    """There the demonstration alone may stand; the error says what shows that it is public."""
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    (root / ".git" / "git-daemon-export-ok").touch()
    assert places(check().problems, "repository-public") == []
    edit("campaign.yml", "data_status: demo", "data_status: official")
    (found,) = [problem for problem in check().problems if problem.code == "repository-public"]
    assert found.is_error
    assert "git-daemon-export-ok" in sentence(found)
    (root / ".git" / "git-daemon-export-ok").unlink()
    assert places(check().problems, "repository-public") == []


WINDOW = (
    ("responsible_person", "赵样例", ""),
    ("plaque_hung_on", "2017-07-01,2017", ",2017"),
    ("board_hung_on", ",2017-07-01,true", ",,true"),
    ("means_test_waived", "01,true,true,true,true,true,true", "01,,true,true,true,true,true"),
    ("priority_reception", "01,true,true,true,true,true,true", "01,true,,true,true,true,true"),
    ("priority_acceptance", "01,true,true,true,true,true,true", "01,true,true,,true,true,true"),
    ("priority_assignment", "01,true,true,true,true,true,true", "01,true,true,true,,true,true"),
    ("priority_handling", "01,true,true,true,true,true,true", "01,true,true,true,true,,true"),
    ("priority_follow_up", "01,true,true,true,true,true,true", "01,true,true,true,true,true,"),
    ("service_team", "样例服务团", ""),
)


@pytest.mark.parametrize(("duty", "old", "new"), WINDOW)
def test_each_duty_of_a_window_counts(
    check: Check, edit: Edit, public: Callable[[], PublicRecords], duty: str, old: str, new: str
) -> None:
    """A window that lacks one thing of the notice's list is named for it, and is no longer built where we stand."""
    built = {year.target.year: year.built for year in year_standings(public())}
    edit(table("windows", "220882"), old, new)
    (year,) = (year for year in year_standings(public()) if year.target.year == 2017)
    assert (built[2017], year.windows, year.built) == (1, 1, 0)
    assert [each.lacks for each in year.counties if each.has_window] == [(duty,)]
    assert len(places(check().problems, "window-duty-late")) == 1


def test_a_board_that_hangs_is_not_denied(check: Check, edit: Edit) -> None:
    """The board says that the promises are kept: `false` beside its day is an error, a blank or no board is none."""
    assert places(check().problems, "window-board") == []
    edit(table("windows"), "2018-04-01,,true", "2018-04-01,2018-05-01,true")
    (found,) = [problem for problem in check().problems if problem.code == "window-board"]
    assert (found.cell, found.is_error, "优先回访" in sentence(found)) == ("V2", True, True)
    edit(table("windows"), "true,true,true,true,true,false", "true,true,true,true,true,")
    assert places(check().problems, "window-board") == []


def test_a_missed_target_is_named(check: Check, edit: Edit) -> None:
    """A year with fewer or more villages than promised is named with both numbers, as a warning."""
    edit("campaign.yml", "villages: 3", "villages: 789")
    (found,) = [problem for problem in check().problems if problem.code == "villages-target"]
    assert not found.is_error
    assert re.search("789.*3", sentence(found))


def test_a_promised_window_that_is_missing_is_named(check: Check, edit: Edit) -> None:
    """A county that was promised a window and has none is named."""
    edit("campaign.yml", '      - "220881"\n', '      - "220881"\n      - "220104"\n')
    (found,) = [problem for problem in check().problems if problem.code == "window-missing"]
    assert "朝阳区" in sentence(found)
    assert "220104.csv" in remedy(found)


def test_a_promise_to_an_unknown_county_is_named(check: Check, edit: Edit) -> None:
    """A window county that the gazetteer does not have is an error of the settings."""
    edit("campaign.yml", '      - "220881"\n', '      - "220881"\n      - "220999"\n')
    assert places(check().problems, "target-county-unknown") == [("content/campaign.yml", "")]


def test_one_countys_faulty_file_does_not_silence_the_others(check: Check, edit: Edit) -> None:
    """Rules still speak of other counties, and say nothing of the county whose file cannot be trusted."""
    edit(table("liaisons"), "mediator", "mediater")
    edit(table("village_surveys"), "2018-06-01,20,52", "2018-06-01,60,52")
    edit(table("village_surveys", "220882"), ",8,3,调查甲", ",8,9,调查甲")
    codes = {(problem.code, problem.county) for problem in check().problems if problem.is_error}
    assert codes == {("cell-choice", "220881"), ("survey-aware-above-asked", "220882")}
