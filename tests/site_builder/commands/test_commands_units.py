"""Units that are no counties report as a clerk of theirs would: a kit, a workbook filled in, taken in, counted."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from site_builder.cli import main
from site_builder.kit.workbook import looks

Edit = Callable[[str, str, str], None]
PLAN = "落实方案情况"


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def filled_in(root: Path, unit: str, cells: Mapping[str, Mapping[str, object]], day: str = "2018-05-14") -> Path:
    """A unit's workbook as it comes back: cells by sheet and place."""
    assert run(root, "kit", "--unit", unit, "--out", str(root / "kits")) == 0
    path = next((root / "kits").glob(f"unit-{unit}/*.xlsx"))
    book = load_workbook(path)
    book["填写说明"]["B4"] = day
    for sheet, values in cells.items():
        for place, value in values.items():
            book[sheet][place] = value
    book.save(root / path.name)
    return root / path.name


def record(root: Path, name: str) -> list[str]:
    """The lines of a file of the record; none where it is not there."""
    file = root / "content/data" / name
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def test_each_unit_gets_a_workbook_of_what_it_owes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Prefectures, counties and departments alike, each in a folder of its own, with what it has said before."""
    assert run(root, "kit", "--unit", "all", "--out", str(root / "kits")) == 0
    codes = ["22-01", "2201", "220104", "2208", "220881", "220882"]
    assert sorted(path.name for path in (root / "kits").glob("unit-*")) == [f"unit-{code}" for code in codes]
    sheet = load_workbook(root / "kits/unit-2201/单位报表-2201.xlsx")[PLAN]
    assert [cell.value for cell in sheet[4]][:3] == ["单位名称", "报送落实情况日期", "成立领导小组日期"]
    assert str(sheet["D5"].value) == "赵样例"
    assert "共6个单位" in capsys.readouterr().out


def test_a_unit_may_be_called_by_its_name_and_an_unknown_one_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the kit of the one that is meant is made; one that is nearly written so is offered."""
    assert run(root, "kit", "--unit", "样例处", "--out", str(root / "kits")) == 0
    assert [path.name for path in (root / "kits").glob("unit-*")] == ["unit-22-01"]
    assert run(root, "kit", "--unit", "2209", "--out", str(root / "kits")) == 1
    assert "kit-unit-unknown" in capsys.readouterr().err
    assert run(root, "kit", "--unit", "洮南", "--out", str(root / "kits")) == 1
    shown = capsys.readouterr().err
    assert "洮南市司法局（220881）" in shown
    assert "县" not in shown.split("kit-unit-unknown")[1].split("怎么办")[0]


def test_a_prefecture_reports_its_plan(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its row of the common file changes and no other; the file is registered as its own; status counts it as late."""
    before = record(root, "responsible_units.csv")
    path = filled_in(root, "2208", {PLAN: {"B5": "2018-05-14", "F5": "2018-05-11"}})
    assert run(root, "status") == 0
    assert "没有报的1个：白城市司法局（逾期61天）" in capsys.readouterr().out
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--answers", str(root / "answers")) == 0
    changed = "2208,白城市司法局,prefecture,2018-05-14,2018-04-02,赵样例,白城市法律援助中心,2018-05-11,demo"
    assert set(record(root, "responsible_units.csv")) - set(before) == {changed}
    assert len(record(root, "responsible_units.csv")) == len(before)
    assert record(root, "submissions/2208.csv")[1].split(",")[1] == "2208"
    assert run(root, "status") == 0
    assert "迟报的2个：白城市司法局（迟14天）、洮南市司法局（迟3天）" in capsys.readouterr().out
    assert run(root, "check") == 0


@pytest.mark.parametrize("unit", ["all", "样例处"])
def test_a_workbook_without_its_hidden_sheets_is_taken_in_for_the_unit_that_is_named(root: Path, unit: str) -> None:
    """By the titles of its sheets, or by `--unit` with a name."""
    path = filled_in(root, "22-01", {PLAN: {"B5": "2018-04-11"}})
    book = load_workbook(path)
    for name in ("_kit", "_before"):
        del book[name]
    del book["填写说明"]
    path = root / "报表.xlsx"
    book.save(path)
    assert run(root, "collect", "--unit", unit, str(path), "--write", "--answers", str(root / "answers")) == 0
    assert "22-01,样例处,department,2018-04-11,,,,,demo" in record(root, "responsible_units.csv")


def test_a_workbook_of_the_other_kind_is_refused_in_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A unit's workbook among the counties' returns, and a county's among the units', change nothing."""
    path = filled_in(root, "2208", {PLAN: {"B5": "2018-05-14"}})
    assert run(root, "collect", str(path), "--write", "--answers", str(root / "answers")) == 1
    assert "return-other-kit" in capsys.readouterr().out
    assert not record(root, "submissions/2208.csv")


def test_a_file_of_a_unit_stands_only_in_tables_of_units(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of villages under a prefecture's code is an error: no county would miss it."""
    (root / "content/data/villages/220881.csv").rename(root / "content/data/villages/2208.csv")
    assert run(root, "check") == 1
    assert "file-county" in capsys.readouterr().out


def test_a_unit_in_detail_lacks_what_its_level_asks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a county that has reported the leading group is asked for, of a department nothing; an unknown one is said."""
    run(root, "status", "--county", "大安市司法局")
    assert "“成立领导小组日期”还空着的1个" in capsys.readouterr().out
    run(root, "status", "--county", "22-01")
    assert "还空着" not in capsys.readouterr().out
    assert run(root, "status", "--county", "2299") == 2


def test_only_a_pilot_area_is_asked_for_its_months(root: Path) -> None:
    """The monthly figures of pilots are a sheet of the pilots' workbooks alone, the assessments one of prefectures."""
    assert run(root, "kit", "--unit", "all", "--out", str(root / "kits")) == 0
    sheets = {path.parent.name: load_workbook(path).sheetnames for path in (root / "kits").glob("unit-*/*.xlsx")}
    assert [name for name, found in sheets.items() if "试点月报" in found] == ["unit-220104"]
    assert sorted(name for name, found in sheets.items() if "案件质量评估" in found) == ["unit-2201", "unit-2208"]


def test_a_prefecture_reports_all_that_it_owes(root: Path) -> None:
    """Each sheet goes to the unit's own file, in words and units as a clerk writes them; what it said before stays."""
    cells: dict[str, dict[str, object]] = {
        "律师和志愿者": {"A5": "退休法官", "B5": "2人", "C5": 5, "D5": "2018年5月3日"},
        "专项行动": {"A6": "老年人", "B6": "2018-05-04", "D6": "老年人维权专项行动", "E6": "进养老院", "G6": "30人"},
        "案件质量评估": {"A6": "2018年4月", "B6": "2018-05-12", "C6": 20, "D6": 19, "F6": "合格"},
        "贫困县摸底调研": {"A6": "220881 洮南市", "B6": "2018-05-01", "E6": "赡养"},
        "工作记录": {"A6": "2018-05-01", "B6": "向党委政府报告", "C6": "汇报进展"},
        "指标分解": {"A5": "办理法律援助案件（件）", "B5": "2018-04-01", "C5": "120件", "E5": "2018-12-20"},
    }
    path = filled_in(root, "2208", cells)
    assert run(root, "collect", "--unit", "2208", str(path), "--write", "--answers", str(root / "answers")) == 0
    assert record(root, "helpers/2208.csv")[1:] == ["2208,retired_judge,2,5,2018-05-03,demo"]
    assert (
        record(root, "special_actions/2208.csv")[1] == "2208,elderly,2018-05-04,,老年人维权专项行动,进养老院,,30,demo"
    )
    assert len(record(root, "special_actions/2208.csv")) == 3
    assert record(root, "quality_assessments/2208.csv")[1] == "2208,2018-04,2018-05-12,20,19,,合格,,demo"
    assert record(root, "county_surveys/2208.csv")[1] == "2208,220881,2018-05-01,,,赡养,demo"
    assert "2208,2018-05-01,government_report,汇报进展,,,,demo" in record(root, "unit_work/2208.csv")
    assert record(root, "unit_targets/2208.csv")[1:] == ["2208,cases_accepted,2018-04-01,120,,2018-12-20,,demo"]
    assert run(root, "check") == 0


def test_more_good_files_than_were_sampled_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is part of a count is not above it: the cell is named and nothing is written."""
    path = filled_in(root, "2208", {"案件质量评估": {"A6": "2018年上半年", "B6": "2018-05-12", "C6": 20, "D6": 21}})
    assert run(root, "collect", "--unit", "2208", str(path), "--write", "--answers", str(root / "answers")) == 1
    assert "“案件质量评估”表" in capsys.readouterr().out
    assert len(record(root, "quality_assessments/2208.csv")) == 2


def own_table(root: Path, file: str, title: str) -> Path:
    """A pilot's monthly figures in a workbook that is not ours."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([title])
    sheet.append(["月份", "报送日期", "被告人数", "法律援助辩护人数", "委托辩护人数"])
    sheet.append(["2018-04", "2018-05-08", 11, 6, 4])
    book.save(root / file)
    return root / file


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("月报.xlsx", "朝阳区司法局试点月报"),
        ("月报.xlsx", "朝阳区刑事案件律师辩护全覆盖试点月报"),
        ("朝阳区试点月报.xlsx", "试点月报"),
        ("单位报表-220104.xlsx", "试点月报"),
    ],
)
def test_a_file_that_names_its_unit_is_that_unit_s(root: Path, file: str, title: str) -> None:
    """In its title or its name, whole or by its place, or by the code in the name that our kits bear."""
    path = own_table(root, file, title)
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--answers", str(root / "answers")) == 0
    assert "220104,2018-04,2018-05-08,11,6,4,,,,demo" in record(root, "pilot_months/220104.csv")


def test_a_file_of_no_unit_is_told_how_to_say_whose_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the option for units, and never as a county's; one that names two units is of neither."""
    for title in ("试点月报", "朝阳区、洮南市试点月报"):
        path = own_table(root, "月报.xlsx", title)
        assert run(root, "collect", "--unit", "all", str(path), "--answers", str(root / "answers")) == 1
        shown = capsys.readouterr().out
        assert "county-unsaid" in shown and "--unit 和单位的代码或者名称" in shown
        assert "--county" not in shown and "给县里" not in shown and "哪个县" not in shown


def test_checks_and_the_work_of_stations_are_taken_as_a_clerk_writes_them(root: Path) -> None:
    """The notice's ways under their common names, numbers with what was counted; each in the unit's own file."""
    checks = {
        "A6": "洮南",
        "B6": "2018.5.4",
        "C6": "专项督查",
        "D6": "案卷",
        "E6": "20卷",
        "F6": "19",
        "G6": "一卷缺笔录",
    }
    checks |= {"A7": "大安市", "B7": "2018-05-04", "C7": "走访核查", "D7": "公示", "E7": "12个村", "F7": "12个村"}
    work = {"A6": "2018-05-03", "B6": "业务指导", "C6": "到大安市指导"}
    path = filled_in(root, "2208", {"查访核验": checks, "工作记录": work})
    answers = ["--write", "--answers", str(root / "answers")]
    assert run(root, "collect", "--unit", "all", str(path), *answers) == 0
    assert record(root, "unit_checks/2208.csv")[2:] == [
        "2208,220881,2018-05-04,special_inspection,case_files,20,19,一卷缺笔录,demo",
        "2208,220882,2018-05-04,site_visit,liaisons,12,12,,demo",
    ]
    assert "2208,2018-05-03,guidance,到大安市指导,,,,demo" in record(root, "unit_work/2208.csv")
    station = {"A6": "2018年4月", "B6": "看守所", "C6": "2018-05-03", "D6": "9天", "E6": "11人"}
    path = filled_in(root, "220881", {"工作站工作": station})
    assert run(root, "collect", "--unit", "all", str(path), *answers) == 0
    assert "220881,2018-04,detention_centre,2018-05-03,9,11,,demo" in record(root, "station_work/220881.csv")


def test_a_check_that_is_not_whole_is_told_in_full(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A prefecture's counties are offered; more that fit than were looked at, and a result that lacks, are told."""
    rows = {"A6": "白城市", "B6": "2018-05-04", "C6": "抽查", "D6": "公示", "E6": 20, "F6": 25}
    rows |= {"A7": "大安市", "B7": "2018-05-05", "C7": "抽查", "D7": "公示", "E7": 20, "F7": 15}
    path = filled_in(root, "2208", {"查访核验": rows})
    assert run(root, "collect", "--unit", "all", str(path), "--answers", str(root / "answers")) == 1
    shown = capsys.readouterr().out
    assert "洮南市（220881）；大安市（220882）。" in shown and "正确的例子：洮南市" in shown
    assert "part-above-whole" in shown
    assert "查看数量20，其中5和报送的不相符，没有写核验结果" in shown


def test_a_department_that_names_a_prefecture_is_offered_its_counties(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not those of the whole province."""
    rows = {"A5": "白城市", "B5": "2018-05-04", "C5": "抽查", "D5": "公示", "E5": 20, "F5": 20}
    path = filled_in(root, "22-01", {"查访核验": rows})
    assert run(root, "collect", "--unit", "all", str(path), "--answers", str(root / "answers")) == 1
    assert "可以填的是：洮南市（220881）；大安市（220882）。" in capsys.readouterr().out


def test_a_file_of_another_unit_changes_nothing_of_this_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the other reports is not listed as this one's changes; the option to put right is the units'."""
    path = filled_in(root, "2208", {PLAN: {"B5": "2018-05-14", "F5": "2018-05-11"}})
    assert run(root, "collect", "--unit", "样例处", str(path), "--answers", str(root / "answers")) == 1
    shown = capsys.readouterr().out
    assert "return-wrong-county" in shown and "收表时 --unit 写错的" in shown
    assert "→" not in shown and "新增" not in shown


def test_a_unit_names_the_county_that_it_surveyed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name does for its code; one that is another's is refused with those that are the unit's own."""
    path = filled_in(root, "2208", {"贫困县摸底调研": {"A6": "洮南市", "B6": "2018-05-02", "E6": "赡养"}})
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--answers", str(root / "answers")) == 0
    assert "2208,220881,2018-05-02,,,赡养,demo" in record(root, "county_surveys/2208.csv")
    assert "洮南市司法局" not in capsys.readouterr().out  # the place is meant, and not the unit of the same code
    path = filled_in(root, "2208", {"贫困县摸底调研": {"A7": "朝阳区", "B7": "2018-05-03", "E7": "赡养"}}, "2018-05-20")
    assert run(root, "collect", "--unit", "all", str(path), "--answers", str(root / "answers")) == 1
    assert "洮南市（220881）；大安市（220882）" in capsys.readouterr().out


def test_the_workbook_offers_the_cases_that_a_unit_may_review(root: Path) -> None:
    """By number and title; what is chosen is taken in, while the province has not approved the case yet."""
    cases = root / "content/data/cases.csv"
    cases.write_text(cases.read_text(encoding="utf-8").replace("2018-04-26,", ","), encoding="utf-8")
    for name in ("2208", "22-01"):
        (root / f"content/data/case_reviews/{name}.csv").unlink()
    chosen = "C-2018-009 为返乡农民工讨回工资"
    path = filled_in(root, "2208", {"案例逐级审核": {"A5": chosen, "C5": "2018-04-18", "D5": "同意"}})
    offered = {cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert chosen in offered
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--answers", str(root / "answers")) == 0
    assert record(root, "case_reviews/2208.csv")[1:] == ["2208,C-2018-009,,2018-04-18,passed,,demo"]


def test_a_late_unit_does_not_set_its_own_day_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The office registers it: over the last day it goes back only where a person accepts the row."""
    path = filled_in(root, "220881", {PLAN: {"B5": "2018-04-27"}})
    answers = ["--answers", str(root / "answers")]
    assert run(root, "collect", "--unit", "all", str(path), "--write", *answers) == 1
    assert "plan-moved-back" in capsys.readouterr().out
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--accept", f"{PLAN}!5", *answers) == 0
    assert any("2018-04-27" in line for line in record(root, "responsible_units.csv"))


def test_a_unit_does_not_rename_itself(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name in a unit's own row is taken where a person accepts that row, and not before."""
    path = filled_in(root, "220881", {PLAN: {"A5": "洮南市法律援助局"}})
    answers = ["--answers", str(root / "answers")]
    assert run(root, "collect", "--unit", "all", str(path), "--write", *answers) == 1
    assert "unit-renamed" in capsys.readouterr().out
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--accept", f"{PLAN}!5", *answers) == 0
    assert any("洮南市法律援助局" in line for line in record(root, "responsible_units.csv"))


def test_a_department_is_not_asked_for_a_group_or_a_budget(root: Path) -> None:
    """Those cells of its sheet are locked and grey, as is its name; a place may fill in all but its name."""
    locked = {"22-01": "ACDEF", "2208": "A"}
    for unit, columns in locked.items():
        assert run(root, "kit", "--unit", unit, "--out", str(root / "kits")) == 0
        sheet = load_workbook(next((root / "kits").glob(f"unit-{unit}/*.xlsx")))[PLAN]
        assert "".join(cell.column_letter for cell in sheet[5] if cell.protection.locked) == columns
        grey = [cell.column_letter for cell in sheet[5] if cell.fill.fgColor.rgb == f"FF{looks.LOCKED[1:]}"]
        assert "".join(grey) == columns


def test_columns_that_a_department_is_not_asked_for_are_told_nowhere(root: Path) -> None:
    """Their heads are grey like their cells, and the list of the columns leaves them out."""
    assert run(root, "kit", "--unit", "22-01", "--out", str(root / "kits")) == 0
    book = load_workbook(next((root / "kits").glob("unit-22-01/*.xlsx")))
    grey = [cell.column_letter for cell in book[PLAN][4] if cell.fill.fgColor.rgb == f"FF{looks.LOCKED[1:]}"]
    assert "".join(grey) == "CDEF"
    said = [str(cell.value) for cell in book["填写说明"]["B"]]
    assert "报送落实情况日期" in said
    assert "领导小组组长" not in said


def test_a_department_sets_targets_by_indicator_too(root: Path) -> None:
    """With target, measure, last day and who is in charge, as every other unit: the notice asks it of each level."""
    row = {
        "A5": "法律咨询（人次）",
        "B5": "2018-04-01",
        "C5": "800人次",
        "D5": "值班",
        "E5": "2018-12-20",
        "F5": "处长",
    }
    path = filled_in(root, "22-01", {"指标分解": row})
    assert run(root, "collect", "--unit", "all", str(path), "--write", "--answers", str(root / "answers")) == 0
    (line,) = record(root, "unit_targets/22-01.csv")[1:]
    assert line == "22-01,consultations,2018-04-01,800,值班,2018-12-20,处长,demo"


@pytest.mark.parametrize("unit", ["22-01", "2208", "220104"])
def test_headings_and_tables_of_a_unit_s_workbook_are_numbered_without_a_gap(root: Path, unit: str) -> None:
    """Whichever forms its level fills in: the cover's headings go from one to five, the tables from 1."""
    assert run(root, "kit", "--unit", unit, "--out", str(root / "kits")) == 0
    book = load_workbook(next((root / "kits").glob(f"unit-{unit}/*.xlsx")))
    cover = [str(cell.value) for cell in book["填写说明"]["A"] if cell.value]
    assert [text[0] for text in cover if text[1:2] == "、"] == list("一二三四五")
    sheets = [name for name in book.sheetnames if name[0] != "_"][1:]
    numbers = [f"{number}．{name}" for number, name in enumerate(sheets, start=1)]
    assert [text for text in cover if "．" in text[:3] and text.partition("．")[2] in sheets] == numbers * 2
    firsts = [str(book[name]["A3"].value).rstrip("＊") for name in sheets]
    assert firsts == [f"{number}.1" for number in range(1, len(sheets) + 1)]


def test_all_that_is_wrong_in_a_row_is_told_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a row says of itself does not wait for another cell of it, or another sheet, that cannot be read."""
    month = {"A6": "2018-04", "B6": "2018-04-20", "C6": 11, "D6": 6, "E6": 9, "F6": "很多"}
    other = {"A6": "2018-03", "B6": "2018-04-05", "C6": "十几个", "D6": 6, "E6": 9}
    cells = {"试点月报": {**month, **{place.replace("6", "7"): value for place, value in other.items()}}}
    path = filled_in(root, "220104", {**cells, "工作记录": {"A6": "2018-04-30", "B6": "借助媒体宣传", "C6": "报道"}})
    assert run(root, "collect", "--unit", "all", str(path), "--answers", str(root / "answers")) == 1
    shown = capsys.readouterr().out
    for code in ("period-not-over", "parts-above-whole", "cell-not-number", "work-without-media"):
        assert code in shown, code


@pytest.mark.parametrize(("options", "left"), [((), ()), (("--answer-all",), ("单位报表-2208-问题清单.html",))])
def test_what_was_refused_is_not_told_any_more_once_the_file_is_taken_in(
    root: Path, options: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """A look leaves the earlier answer; writing takes it away or puts its own there; those of other files stay."""
    folder = root / "answers/2208"
    folder.mkdir(parents=True)
    (folder / "别的-问题清单.html").write_text("", encoding="utf-8")
    asked = ["--unit", "all", "--answers", str(root / "answers")]
    page, other = "单位报表-2208-问题清单.html", "单位报表-2208-已标注.xlsx"

    def taken(persons: object, *more: str) -> list[str]:
        helpers = {"A5": "退休法官", "B5": persons, "D5": "2018-05-03"}
        cells: dict[str, dict[str, object]] = {PLAN: {"B5": "2018-05-14"}, "律师和志愿者": helpers}
        run(root, "collect", str(filled_in(root, "2208", cells)), *asked, *more)
        return sorted(each.name for each in folder.iterdir())

    assert taken("很多") == taken(2) == sorted(["别的-问题清单.html", page, other])
    assert "没有收下" in (folder / page).read_text(encoding="utf-8")
    assert taken(2, "--write", *options) == sorted(["别的-问题清单.html", *left])
    assert all("没有收下" not in (folder / name).read_text(encoding="utf-8") for name in left)


def test_what_is_dated_after_its_return_is_asked_about(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At its cell, and taken where the row is accepted; a day that is set may lie ahead, the same day is sound."""
    row = {"A6": "2018-04", "B6": "2018-05-15", "C6": 20}
    aim = {"A5": "法律咨询（人次）", "B5": "2018-05-14", "C5": 800, "E5": "2018-12-20"}
    path = filled_in(root, "2208", {"案件质量评估": row, "指标分解": aim})
    asked = ["collect", "--unit", "all", str(path), "--answers", str(root / "answers")]
    assert run(root, *asked) == 1
    shown = capsys.readouterr().out
    assert shown.count("day-after-return]") == 1
    assert "B6「评估日期」" in shown
    assert run(root, *asked, "--accept", "案件质量评估!6") == 0


def test_a_text_that_is_likely_to_name_somebody_is_looked_at_first(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is taken where its row is accepted; a plain name of a helped person never is."""
    cells = {"A6": "农民工", "B6": "2018-05-04", "D6": "讨薪专项行动", "E6": "帮农民工李成浩讨薪"}
    path = filled_in(root, "2208", {"专项行动": cells})
    answers = ["--answers", str(root / "answers")]
    accepts = ["--accept", "专项行动!6"]
    assert run(root, "collect", "--unit", "all", str(path), *answers) == 1
    assert "text-person-asked" in capsys.readouterr().out
    assert run(root, "collect", "--unit", "all", str(path), *accepts, *answers) == 0
    path = filled_in(root, "2208", {"专项行动": {**cells, "E6": "受援人李成浩，男，46岁"}})
    assert run(root, "collect", "--unit", "all", str(path), *accepts, *answers) == 1
    assert "text-names-person" in capsys.readouterr().out


def test_a_month_that_a_pilot_area_has_not_reported_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once it is over: on the month's last day it is not, and what is reported is not asked for."""
    assert run(root, "status") == 0
    assert "试点月报没有报全的1个：朝阳区司法局（2018-02、2018-03、2018-04）" in capsys.readouterr().out


def test_a_pilot_area_is_told_by_which_day_a_month_is_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the workbook, on its cover as on the sheet, from the settings; until that day nothing is late."""
    assert run(root, "kit", "--unit", "220104", "--out", str(root / "kits")) == 0
    book = load_workbook(next((root / "kits").glob("unit-220104/*.xlsx")))
    assert "次月10日前报" in book["试点月报"]["A2"].value
    lines = [row[:3:2] for row in book["填写说明"].iter_rows(values_only=True)]
    assert ("5．试点月报", "次月10日前") in lines
    assert ("8．工作记录", "随时") in lines
    assert run(root, "status", "--county", "朝阳区") == 0
    assert "2018年3月10日" in capsys.readouterr().out.replace("2018-03-10", "2018年3月10日")


def test_a_small_count_of_persons_in_a_public_text_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three deaf persons are known in their county; accepting the row does not let it through."""
    cells = {"A6": "残疾人", "B6": "2018-05-04", "D6": "助残专项行动", "E6": "为3名聋哑人请手语翻译"}
    path = filled_in(root, "2208", {"专项行动": cells})
    answers = ["--answers", str(root / "answers")]
    for accepts in ([], ["--accept", "专项行动!6"]):
        assert run(root, "collect", "--unit", "all", str(path), *accepts, *answers) == 1
        assert "text-small-count" in capsys.readouterr().out


def test_the_state_of_a_unit_is_asked_for_by_part_of_its_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """白城市 is the prefecture's office, and no county."""
    assert run(root, "status", "--county", "白城市") == 0
    shown = capsys.readouterr().out
    assert "白城市司法局" in shown
    assert "没有“白城市”" not in shown
