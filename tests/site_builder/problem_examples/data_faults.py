"""One fault for each problem that `campaign check` finds in the data files."""

import shutil
from collections.abc import Callable

from faulty_project import Fault, Project
from tiny_campaign import DEMONSTRATION

from site_builder.shared.problems import Problem

LIAISONS = "data/liaisons/220881.csv"
PLAQUE = "materials/window-plaque"


def edit(file: str, old: str, new: str) -> Fault:
    """A data file, below content/data, with one text replaced."""

    def spoil(project: Project) -> list[Problem]:
        project.edit(f"data/{file}.csv", old, new)
        return project.check()

    return spoil


def damage(change: Callable[[str], bytes]) -> Fault:
    """A file of liaisons with other bytes."""

    def spoil(project: Project) -> list[Problem]:
        project.write(LIAISONS, change(project.path(LIAISONS).read_text(encoding="utf-8")))
        return project.check()

    return spoil


def append(file: str, *rows: str) -> Fault:
    """A data file with rows too many."""

    def spoil(project: Project) -> list[Problem]:
        project.append(f"data/{file}.csv", *rows)
        return project.check()

    return spoil


def page(name: str, text: str) -> Fault:
    """A hand-written page too many."""

    def spoil(project: Project) -> list[Problem]:
        project.write(f"pages/{name}", text.encode("utf-8"))
        return project.check()

    return spoil


def remove(file: str) -> Fault:
    """A data file that vanished."""

    def spoil(project: Project) -> list[Problem]:
        project.path(f"data/{file}.csv").unlink()
        return project.check()

    return spoil


def rename(new: str) -> Fault:
    """A file of liaisons under another name."""

    def spoil(project: Project) -> list[Problem]:
        path = project.path(LIAISONS)
        project.path(f"data/{new}").parent.mkdir(exist_ok=True)
        path.rename(project.path(f"data/{new}"))
        return project.check()

    return spoil


def plan_ahead(project: Project) -> list[Problem]:
    project.edit("campaign.yml", "due: 2018-04-30", "due: 2018-07-30")
    return project.check()


def copied_for_no_county(project: Project) -> list[Problem]:
    project.write("data/liaisons/220999.csv", project.path(LIAISONS).read_bytes())
    return project.check()


def plaque_for_a_village(project: Project) -> list[Problem]:
    shutil.copytree(DEMONSTRATION / "content" / PLAQUE, project.path(PLAQUE))
    project.edit("data/deliveries/220881.csv", "220881100200,M-02", "220881100200,M-01")
    return project.check()


INDICATORS = [f"220881,{period},consultations,{value},,,,,,,,demo" for period, value in
              [("2018-05", 10), ("2018-06", 10), ("2018-Q2", 33)]]  # fmt: skip

FILES: dict[str, Fault] = {
    "file-unexpected": rename("liaison/220881.csv"),
    "writing-unfinished": rename("liaisons/.220881.csv.new"),
    "file-missing": remove("counties"),
    "file-empty": damage(lambda text: b""),
    "file-encoding": damage(lambda text: text.encode("utf-16")),
    "file-encoding-gbk": damage(lambda text: text.encode("gb18030")),
    "file-workbook": damage(lambda text: b"PK\x03\x04" + bytes(40)),
    "file-separator": damage(lambda text: text.replace(",", "，").encode()),
    "file-not-csv": damage(lambda text: text.replace("欧阳䶮", '"欧阳䶮').encode()),
    "file-county": copied_for_no_county,
    "file-county-missing": remove("villages/220881"),
    "file-not-canonical": damage(lambda text: text.replace("\n", "\r\n").encode()),
    "village-without-file": remove("liaisons/220881"),
}
HEADER_AND_ROWS: dict[str, Fault] = {
    "header-missing": damage(lambda text: text.replace("village_code,", "").encode()),
    "header-unknown": damage(lambda text: text.replace("village_code", "vilage_code").encode()),
    "header-repeated": damage(lambda text: text.replace("role,work_phone", "role,role,work_phone").encode()),
    "header-order": damage(lambda text: text.replace("from_date,to_date", "to_date,from_date").encode()),
    "row-length": damage(lambda text: text.replace("欧阳䶮,", "欧阳䶮").encode()),
    "row-duplicate": append("villages/220881", "220881100201,2018,220881100,荣华村,100,300,,demo"),
}
CELLS: dict[str, Fault] = {
    "cell-invisible": edit("liaisons/220881", "欧阳䶮", "欧阳\u200b䶮"),
    "cell-foreign": edit("liaisons/220881", "欧阳䶮", "欧阳\ue863"),
    "cell-spaces": edit("liaisons/220881", "欧阳䶮", "欧阳䶮 "),
    "cell-required": edit("liaisons/220881", "欧阳䶮", ""),
    "cell-type": edit("liaisons/220881", "2018-05-02", "2018.5.2"),
    "cell-scientific": edit("liaisons/220881", "220881100201", "2.20881E+11"),
    "cell-pattern": edit("windows/220881", "0436-0000005", "0436-0000005转8"),
    "cell-choice": edit("liaisons/220881", "mediator", "调解员"),
    "cell-too-long": edit("liaisons/220881", "欧阳䶮", "欧" * 31),
    "cell-range": edit("liaisons/220881", "2018-05-02", "1918-05-02"),
    "reference-unknown": edit("villages/220881", "220881100201,2018", "220881100999,2018"),
}
RULES: dict[str, Fault] = {
    "county-mismatch": edit("deliveries/220881", "220881,M-01", "220882,M-01"),
    "duplicate-across-files": append("needs/220882", "220881100200,elderly,support_payments,4,demo"),
    "county-unknown-level": edit("divisions", "荣华村委会,village", "荣华村委会,township"),
    "village-township": edit("villages/220881", "220881100201,2018,220881100", "220881100201,2018,220882202"),
    "village-year": edit("villages/220881", "201,2018", "201,2019"),
    "village-name-repeated": edit("villages/220881", "荣华村", "瓦房村"),
    "village-name-differs": edit("villages/220881", "荣华村", "长山村"),
    "village-without-platform": edit("villages/220882", "村部便民法律咨询平台", ""),
    "liaison-overlap": edit("liaisons/220881", "2018-05-01", "2018-05-02"),
    "liaison-missing": edit("liaisons/220881", "2018-05-02,,朴", "2018-05-02,2018-06-02,朴"),
    "dates-order": edit("liaisons/220881", "2018-03-01,2018-05-01", "2018-03-01,2018-02-01"),
    "date-future": edit("stations/220881", "2018-04-16", "2018-07-01"),
    "verified-without-posting": edit("liaisons/220881", "2018-03-12,2018-04-12", ",2018-04-12"),
    "phone-without-consent": edit("liaisons/220882", "13900001234,true", "13900001234,"),
    "window-not-poor-county": edit("windows/220881", "W-220881-2018,220881,2018", "W-220881-2017,220881,2017"),
    "window-id": edit("windows/220881", "W-220881-2018", "W-220881-2017"),
    "identifier-county": edit("stations/220881", "S-220881-01", "S-220882-01"),
    "window-move": edit("windows/220881", "2018-03-20,,,", "2018-03-20,2018-05-08,,"),
    "window-duty": edit("windows/220881", "赵样例", ""),
    "window-duty-late": edit("windows/220882", "赵样例", ""),
    "window-board": edit("windows/220882", "2017-07-01,2017-07-01,true", "2017-07-01,2017-07-01,false"),
    "unit-code": edit("responsible_units", "2208,白城市司法局,prefecture", "2208,白城市司法局,county"),
    "unit-missing": edit("responsible_units", "220882,大安市司法局,county,2018-04-30,,,,,demo\n", ""),
    "plan-ahead": plan_ahead,
    "part-above-whole": edit("quality_assessments/2208", ",40,37,38,", ",40,41,38,"),
    "parts-above-whole": edit("pilot_months/220104", ",42,21,17,", ",42,26,17,"),
    "period-not-over": edit("pilot_months/220104", "2018-06-05", "2018-05-30"),
    "case-returned": edit("case_reviews/2208", "passed,", "returned,请补充办理结果"),
    "case-approved-otherwise": edit("cases", "2018-04-26", "2018-04-27"),
    "case-steps": edit("case_reviews/2208", "2208,C-2018-009,2018-04-12,2018-04-18,passed,,demo\n", ""),
    "case-without-approval": edit("cases", "2018-04-26,", ","),
    "review-case-unknown": edit("case_reviews/2208", "-009", "-099"),
    "review-elsewhere": edit("cases", "220881,labour", "220882,labour"),
    "review-without-reason": edit("case_reviews/2208", "passed", "returned"),
    "review-after-above": edit("case_reviews/220881", "2018-04-02,2018-04-08", "2018-04-02,2018-04-19"),
    "survey-other-county": edit("county_surveys/2208", ",220882,", ",220104,"),
    "unit-department": edit("responsible_units", "2018-04-20,,,,,", "2018-04-20,,,,2018-05-01,"),
    "unit-budget": edit("responsible_units", "朝阳区法律援助中心,,", "朝阳区法律援助中心,2018-04-01,"),
    "unit-group-early": edit("responsible_units", "2018-03-20,赵", "2017-03-20,赵"),
    "unit-name-repeated": edit("responsible_units", "朝阳区司法局,county", "洮南市司法局,county"),
    "target-zero": edit("unit_targets/220881", ",120,", ",0,"),
    "target-person": edit("unit_targets/220881", "中心主任", "王建国"),
    "work-without-media": edit("unit_work/2208", "guidance", "media_publicity"),
    "check-without-finding": edit("unit_checks/2208", "两个村的公示单被撕掉，已补贴", ""),
    "text-names-person": edit("activities/220881", "服务团进瓦房村", "帮助受害人张桂芳追回工资"),
    "text-small-count": edit("special_actions/2208", "进工地咨询", "为3名聋哑人请手语翻译"),
    "text-person-likely": edit("special_actions/2208", "进工地咨询", "帮农民工李成浩讨薪"),
    "plan-late": edit("responsible_units", "2201,长春市司法局,prefecture,2018-04-28", "2201,长春市司法局,prefecture,"),
    "window-coordinates": edit("windows/220881", "122.783,45.335", "122.783,"),
    "window-outside": edit("windows/220881", "122.783,45.335", "125.783,45.335"),
    "survey-above-village": edit("villages/220881", "荣华村,100,300", "荣华村,100,49"),
    "survey-group-above-poor": edit("village_surveys/220882", "3,8,2,1", "3,8,9,1"),
    "survey-households-above-persons": edit("village_surveys/220881", "2018-06-01,20,52", "2018-06-01,60,52"),
    "survey-aware-above-asked": edit("village_surveys/220882", ",8,3,调查甲", ",8,9,调查甲"),
    "needs-without-survey": edit("needs/220882", "220882202204", "220882202203"),
    "needs-above-group": edit("needs/220881", "labour_pay,7", "labour_pay,13"),
    "edition-altered": edit(
        "published_counts", "220881,needs,migrant_workers,all,12", "220881,needs,migrant_workers,all,13"
    ),
    "edition-exposed": edit(
        "published_counts", "220881,needs,disabled,all,1,true", "220881,needs,disabled,all,1,false"
    ),
    "delivery-recipient": edit("deliveries/220881", "220881100200", "220881100202"),
    "delivery-audience": plaque_for_a_village,
    "delivery-before-printing": edit("materials", "A4,2018年第1版,2018-03-01", "A4,2018年第1版,2018-04-01"),
    "feedback-not-reviewed": edit("feedback/220881", "内部答复，不公布,,,", "内部答复，不公布,问,答,"),
    "village-county": edit("activities/220881", "220881,220881100200", "220881,220882202203"),
    "indicator-sum": append("indicators/220881", *INDICATORS),
    "activity-ahead": edit("activities/220881", "便民服务点,,", "便民服务点,3,"),
    "case-not-reviewed": page("cases/draft.md", "---\ntitle: 讨薪\n---\n\n# 讨薪\n"),
    "indicator-verification": edit("indicators/220881", "12,,,,,,,,demo", "12,11,,2018-05-08,,,,,demo"),
    "indicator-panel": append("indicators/220881", "220881,2018-H1,consultations,70,,,,,70,,,demo"),
    "indicator-panel-period": edit("indicators/220881", "12,,,,,,,,demo", "12,,,,,12,2018-06-20,省考评一组,demo"),
    "indicator-period-ahead": edit("indicators/220881", "2018-04", "2018"),
    "indicator-order": edit("indicators/220881", "12,,,,", "12,12,site_visit,2018-04-20,样例核验"),
    "case-page": append("cases", "C-2018-001,220881,labour_pay,,讨薪,2018-04-20,2018-05-22,cases/wages.md,demo"),
}
FAULTS: dict[str, Fault] = FILES | HEADER_AND_ROWS | CELLS | RULES
