"""One fault for each problem of collecting: a file as a county may send it, taken in by the tiny campaign."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import openpyxl
from faulty_project import Fault, Project, raised
from last_good_faults import committed
from openpyxl.comments import Comment
from openpyxl.styles import Font

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.commands import collect
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import BEFORE_SHEET, KIT_SHEET
from site_builder.record.cell_digests import digest
from site_builder.shared.problems import Problem

NAME = "220881.xlsx"
LIAISONS, SURVEYS, ACTIVITIES = "联络员名单", "摸底调查", "宣传服务活动"
VILLAGE, OTHER_VILLAGE = "220881100201", "220881100200"

Row = dict[str, object]
LIAISON: Row = {
    "村代码": VILLAGE,
    "姓名": "李春花",
    "身份": "村委会主任",
    "工作电话": "0436-0000101",
    "同意公布电话": "否",
    "任职日期": "2018-06-01",
    "确定单位": "样例法律援助中心",
    "村内公示日期": "2018-06-05",
}
SURVEY: Row = {
    "村代码": VILLAGE,
    "调查日期": "2018-06-10",
    "贫困户数": 21,
    "贫困人口": 51,
    "农民工": 12,
    "老年人": 15,
    "残疾人": 1,
    "留守妇女": 6,
    "留守儿童": 0,
    "被询问人数": 30,
    "知晓12348人数": 19,
}
ACTIVITY: Row = {
    "活动编号": "A-220881-0001",
    "种类": "集中宣传",
    "名称": "端午集市宣传",
    "日期": "2018-06-18",
    "地点": "镇集市",
    "受众人数": 200,
}
WINDOWS, INDICATORS = "法律援助窗口", "绩效指标自评"
WINDOW: Row = {
    "窗口编号": "W-220881-2018",
    "活动年度": 2018,
    "窗口名称": "样例窗口",
    "地址": "团结路1号",
    "接待时间": "周一至周五",
    "窗口电话": "0436-0000003",
}
INDICATOR: Row = {"期间": "2018-Q2", "指标": "法律咨询（人次）", "自我评估数": 86}
KIT = {"kit_version": "2018.4", "county_code": "220881", "data_status": "demo"}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A workbook to send. rows: by sheet, cell by head, the heads of the first row; kit, before: hidden ones."""

    rows: dict[str, Sequence[Row]] = field(default_factory=lambda: {LIAISONS: [LIAISON]})
    below: Sequence[Sequence[object]] = ()
    merged: str = ""
    hidden: tuple[int | str, ...] = ()
    struck: str = ""
    comment: str = ""
    kit: dict[str, str] = field(default_factory=lambda: KIT)
    before: Sequence[Sequence[str]] = ()
    options: CollectOptions = field(default_factory=CollectOptions)

    def write(self, project: Project) -> None:
        """Put the workbook beside the project's folders."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in self.rows.items():
            sheet = book.create_sheet(name)
            sheet.append(list(rows[0]))
            for row in rows:
                sheet.append(list(row.values()))
            for line in self.below:
                sheet.append(list(line))
            if self.merged:
                sheet.merge_cells(self.merged)
            for place in self.hidden:
                part = sheet.row_dimensions[place] if isinstance(place, int) else sheet.column_dimensions[place]
                part.hidden = True
            if self.comment:
                sheet["B2"].comment = Comment(self.comment, "a")
            if self.struck:
                sheet[self.struck].font = Font(strike=True)
        if self.kit:
            hidden = book.create_sheet(KIT_SHEET)
            for pair in self.kit.items():
                hidden.append(pair)
        if self.before:
            hidden = book.create_sheet(BEFORE_SHEET)
            for record in self.before:
                hidden.append(list(record))
        book.save(project.root / NAME)


def taken(
    project: Project, options: CollectOptions, context: CollectionContext | None = None, name: str = NAME
) -> list[Problem]:
    """What collecting finds in the file that was written; with `met`, the record takes it in as well."""
    return raised(lambda: _take(project, options, context, name))


def _take(project: Project, options: CollectOptions, context: CollectionContext | None, name: str) -> list[Problem]:
    returns = intake.take(untrusted_files.read(project.root / name), context or context_of(project), options)
    if context:
        for one in returns:
            context.take_in(one.drafted, one.rows)
    return [problem for one in returns for problem in one.problems]


def unit_sends(unit: str, sent: Sent) -> Fault:
    """A unit sends a workbook."""

    def spoil(project: Project) -> list[Problem]:
        sent.write(project)
        known = schemas.load(project.root)
        of_units = forms.load_of_units(project.root, known)
        context = collection_context.load(project.root, campaign.load(project.root), known, of_units)
        return taken(project, replace(sent.options, county=unit), context)

    return spoil


def context_of(project: Project) -> CollectionContext:
    """The record that a return meets."""
    known = schemas.load(project.root)
    return collection_context.load(project.root, campaign.load(project.root), known, forms.load(project.root, known))


def sends(sent: Sent) -> Fault:
    """A county sends a workbook."""

    def spoil(project: Project) -> list[Problem]:
        sent.write(project)
        return taken(project, sent.options)

    return spoil


def liaison(**cells: object) -> Fault:
    """A county sends one liaison with other cells."""
    return sends(Sent(rows={LIAISONS: [{**LIAISON, **cells}]}))


def posted_again(day: str, kept: frozenset[tuple[str, int | str]] = frozenset()) -> Fault:
    """A county sends a day of posting in a kit that said the 10th, of which the record has come to say the 12th."""
    return changed_again("posted_on", "2018-03-10", {"工作电话": None, "村内公示日期": day}, kept)


def changed_again(name: str, text: str, cells: Row, kept: frozenset[tuple[str, int | str]] = frozenset()) -> Fault:
    """A county sends a liaison with some cells in a kit that said something of one, where the record has another."""

    def spoil(project: Project) -> list[Problem]:
        table = schemas.load(project.root).tables["liaisons"]
        said = digest("220881", table, (VILLAGE, "2018-03-05"), name, text)
        before = [["liaisons", "", name], ["liaisons", f"{VILLAGE}|2018-03-05", said]]
        row = {**LIAISON, **TERM, "姓名": "斯琴高娃", **cells}
        Sent(rows={LIAISONS: [row]}, before=before).write(project)
        return taken(project, CollectOptions(kept=kept))

    return spoil


def rekeyed() -> Fault:
    """A county sends a row of its kit with another material in it."""

    def spoil(project: Project) -> list[Problem]:
        table, said = schemas.load(project.root).tables["deliveries"], {"quantity": "60", "delivered_on": "2018-03-25"}
        digests = [digest("220881", table, (OTHER_VILLAGE, "M-02"), name, text) for name, text in said.items()]
        before = [["deliveries", "", " ".join(said)], ["deliveries", f"{OTHER_VILLAGE}|M-02", " ".join(digests)]]
        row = {"接收单位代码": OTHER_VILLAGE, "材料编号": "M-01", "数量": 60, "发放日期": "2018-03-25"}
        Sent(rows={"材料发放与悬挂": [row]}, before=before).write(project)
        return taken(project, CollectOptions())

    return spoil


def survey(**cells: object) -> Fault:
    """A county sends one survey with other cells."""
    return sends(Sent(rows={SURVEYS: [{**SURVEY, **cells}]}))


def mend_day(project: Project) -> None:
    """The day of a survey that is in git is put right in the record."""
    committed(project)
    path = "data/village_surveys/220881.csv"
    project.write(path, project.path(path).read_text(encoding="utf-8").replace("2018-05-20", "2018-05-19"))


def without(row: Row, *heads: str) -> Row:
    """A row without some of its columns."""
    return {head: value for head, value in row.items() if head not in heads}


def after(spoil: Callable[[Project], None], then: Sent | Fault) -> Fault:
    """A county sends a workbook to a record that was changed before."""

    def both(project: Project) -> Iterable[Problem]:
        spoil(project)
        return (sends(then) if isinstance(then, Sent) else then)(project)

    return both


def lists(*villages: Row) -> Fault:
    """Somebody sends a list of the campaign's villages."""

    def spoil(project: Project) -> list[Problem]:
        Sent(rows={"名单": villages}, kit={}).write(project)
        known = schemas.load(project.root)
        asked = forms.load_village_list(project.root, known)
        context = collection_context.load(project.root, campaign.load(project.root), known, asked)
        return taken(project, CollectOptions(), context)

    return spoil


def another_number() -> Fault:
    """A county's list has another number of somebody who agreed to the publication of the one before."""
    row = {**without(LIAISON, "同意公布电话"), "村代码": OTHER_VILLAGE, "姓名": "朴银姬", "任职日期": "2018-05-02"}
    return sends(Sent(rows={LIAISONS: [{**row, "身份": "人民调解员", "工作电话": "13900005678"}]}, kit={}))


def fails(project: Project) -> list[Problem]:
    """A mistake of the software over a file; its line is another one in each version of the library."""
    try:
        json.loads("")
    except ValueError as error:
        problem = collect.failure(project.root / NAME, error)
    return [replace(problem, details={"place": re.sub(":[0-9]+$", ":92", problem.details["place"])})]


def lose_county(project: Project) -> None:
    text = project.path("data/counties.csv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines(keepends=True) if not line.startswith("220881,")]
    project.write("data/counties.csv", "".join(rows))


def sent_twice(project: Project) -> list[Problem]:
    Sent().write(project)
    context = context_of(project)
    taken(project, CollectOptions(), context)
    return taken(project, CollectOptions(), context)


def spoil_record(project: Project) -> None:
    path = "data/liaisons/220881.csv"
    project.write(path, project.path(path).read_text(encoding="utf-8").encode("gb18030"))


def name_villages_alike(project: Project) -> None:
    project.edit("data/villages/220882.csv", "永昌村", "荣华村")


BY_NAME = {"村名": "荣华村", **without(LIAISON, "村代码")}
SHIFTED: Row = {
    "村名": "荣华村",
    "姓名": None,
    "身份": "李春花",
    "任职日期": "村会计",
    "工作电话": "2018-03-05",
    "备注": "0436-0000101",
}
VACANT = {**dict.fromkeys(LIAISON), "村代码": VILLAGE}
TERM = {"任职日期": "2018-03-05", "身份": "村党组织书记", "村内公示日期": "2018-03-12"}

RETURNS: dict[str, Fault] = {
    "return-unrecognised": sends(Sent(rows={"通讯录": [{"单位": "司法局", "值班室": "二楼"}]}, kit={})),
    "return-other-kit": sends(
        Sent(
            rows={"落实方案情况": [{"报送落实情况日期": "2018-04-20"}]},
            kit={**KIT, "schema_digest_responsible_units": "-"},
        )
    ),
    "return-villages": sends(Sent(rows={"村名单": [{"乡镇": "瓦房镇", "村名": "荣华村", "总户数": 300}]})),
    "return-failed": fails,
    "return-empty": sends(Sent(rows={LIAISONS: [dict.fromkeys(LIAISON)]})),
    "return-known": sent_twice,
    "return-older": sends(Sent(options=CollectOptions(received_on=date(2018, 6, 1)))),
    "answers-older": liaison(**{"提交答卷时间": "2018/6/1 9:12:33"}),
    "return-wrong-county": sends(Sent(options=CollectOptions(county="220882"))),
    "kit-renamed": sends(Sent(rows={"填写说明": [{"报送单位": "大安市法律援助中心"}], LIAISONS: [LIAISON]})),
    "return-county-unknown": sends(Sent(kit={**KIT, "county_code": "220999"})),
    "return-mixed": sends(
        Sent(
            rows={
                LIAISONS: [
                    {"县（市、区）": "洮南市", **LIAISON},
                    {"县（市、区）": "大安市", **LIAISON, "村代码": "220882202204"},
                ]
            },
            kit={},
        )
    ),
    "return-unowned": sends(Sent(rows={LIAISONS: [LIAISON, {**LIAISON, "村代码": "220882202204"}]}, kit={})),
    "return-date-future": sends(Sent(options=CollectOptions(received_on=date(2018, 7, 15)))),
    "return-date-unused": sends(Sent(kit={}, below=[["填报日期：2018年6月20日"], ["2018年6月21日"]])),
    "kit-changed": sends(Sent(kit={**KIT, "schema_digest_liaisons": "0" * 64})),
    "kit-old": sends(Sent(kit={**KIT, "kit_version": "2017.1"})),
    "kit-data-status": sends(Sent(kit={**KIT, "data_status": "official"})),
    "record-unread": after(spoil_record, Sent()),
    "sheet-heads-lost": sends(Sent(rows={LIAISONS: [{"甲": "荣华村", "乙": "李春花"}]})),
    "sheet-ignored": sends(Sent(rows={LIAISONS: [LIAISON], "通讯录": [{"单位": "司法局", "值班室": "二楼"}]})),
    "sheet-unfilled": sends(Sent(rows={LIAISONS: [LIAISON], SURVEYS: [dict.fromkeys(SURVEY)]})),
    "villages-missing": sends(Sent()),
}
COLUMNS_AND_ROWS: dict[str, Fault] = {
    "column-missing": sends(Sent(rows={LIAISONS: [without(LIAISON, "姓名")]})),
    "row-lacks-columns": sends(
        Sent(
            rows={LIAISONS: [{"村代码": VILLAGE, "姓名": "斯琴高娃"}, {"村代码": OTHER_VILLAGE, "姓名": "李春花"}]},
            kit={},
        )
    ),
    "column-repeated": sends(Sent(rows={LIAISONS: [{**LIAISON, "联络员姓名": "李春花"}]})),
    "column-likely": sends(Sent(rows={SURVEYS: [{**without(SURVEY, "调查人"), "同去调查人": "调查乙"}]})),
    "column-ignored": liaison(**{"民族": "汉族"}),
    "column-figures": sends(Sent(rows={SURVEYS: [{**SURVEY, "养蜂（户）": 12}]})),
    "column-choice-unclear": sends(
        Sent(rows={"法律援助需求": [{"村代码": VILLAGE, "农民工·劳动报酬": 3, "农民工·社保和低保": 4}]})
    ),
    "answers-unclear": sends(Sent(rows={WINDOWS: [{**WINDOW, "五优先": "1┋2┋4┋5"}]})),
    "answers-written": sends(Sent(rows={WINDOWS: [{**WINDOW, "五优先": "优先接待┋其他〖优先送水〗"}]})),
    "column-confirmed": sends(
        Sent(
            rows={LIAISONS: [{**without(LIAISON, "姓名"), "驻村干部名字": "李春花"}]},
            options=CollectOptions(columns={"驻村干部名字": "姓名"}),
        )
    ),
    "column-unmet": sends(Sent(options=CollectOptions(columns={"驻村干部名字": "姓名"}))),
    "columns-of-service": liaison(**{"来自IP": "192.0.2.1"}),
    "column-headless": sends(Sent(below=[[OTHER_VILLAGE, *[None] * 8, "李春花"]])),
    "column-personal": liaison(**{"身份证号": "见附件"}),
    "row-shifted": sends(Sent(rows={LIAISONS: [SHIFTED]})),
    "row-annulled": survey(**{"备注": "作废"}),
    "address-moves": sends(Sent(rows={WINDOWS: [{**WINDOW, "地址": "团结路1号（6月11日起迁至光明街5号）"}]}, kit={})),
    "row-says-none": sends(
        Sent(rows={"法律援助需求": [{"村代码": VILLAGE, "农民工·劳动报酬": None, "备注": "无需求"}]})
    ),
    "rows-marked-none": sends(Sent(rows={"法律援助需求": [{"村代码": VILLAGE, "农民工·劳动报酬": "/"}]})),
    "place-village-unknown": sends(
        Sent(
            rows={ACTIVITIES: [{**without(ACTIVITY, "活动编号"), "日期": "2018-06-19", "地点": "瓦房镇桃源村"}]},
            kit={},
            options=CollectOptions(county="220881"),
        )
    ),
    "place-villages": sends(
        Sent(
            rows={ACTIVITIES: [{**without(ACTIVITY, "活动编号"), "日期": "2018-06-19", "地点": "荣华村、瓦房村"}]},
            kit={},
            options=CollectOptions(county="220881"),
        )
    ),
    "rows-hidden": sends(Sent(hidden=(2,))),
    "columns-hidden": sends(Sent(hidden=("B",))),
    "cells-struck": sends(Sent(struck="B2")),
    "sheet-form-unclear": sends(Sent(rows={"法律援助需求": [{"村代码": VILLAGE, "农民工": 3, "老年人": 4}]})),
    "region-unclear": sends(
        Sent(below=[[], ["二、车辆"], ["车牌号码", "购置日期", "金额"], ["吉A1", "2018-01-02", 3000]])
    ),
    "sheet-of-signatures": sends(Sent(rows={LIAISONS: [LIAISON], "签到表": [{"签名": "", "单位": "瓦房镇"}]})),
    "sheet-of-others": sends(Sent(rows={"村干部通讯录": [LIAISON]}, kit={})),
    "sheet-void": sends(Sent(rows={"旧名单（勿用）": [LIAISON]}, kit={})),
    "sheet-not-yet": sends(Sent(rows={"活动安排表": [ACTIVITY]}, kit={})),
    "sheet-of-leavers": sends(Sent(rows={"离任联络员名单": [LIAISON]}, kit={})),
    "sheet-other-year": sends(Sent(rows={"2017年度摸底调查": [SURVEY]}, kit={})),
    "sheet-of-names": sends(Sent(rows={"名册": [{"姓名": "李春花", "性别": "女", "工作单位": "某所"}]}, kit={})),
    "day-not-taken": sends(
        Sent(
            rows={LIAISONS: [without(LIAISON, "村内公示日期")]},
            below=[[], ["注：公示期2018年6月20日至6月26日"]],
            kit={},
        )
    ),
    "sheet-of-stations": sends(Sent(rows={"工作站": [{"名称": "法院工作站", "设在单位": "某法院"}]}, kit={})),
    "rows-of-stations": sends(
        Sent(rows={WINDOWS: [{**without(WINDOW, "窗口编号"), "窗口名称": "瓦房镇法律援助工作站"}]}, kit={})
    ),
    "region-without-villages": sends(
        Sent(rows={"汇总": [{"乡镇": "瓦房镇", "贫困户数": 20, "贫困人口": 52, "农民工": 12}]}, kit={})
    ),
    "unit-other": sends(Sent(rows={SURVEYS: [SURVEY]}, below=[["注：表中数字单位：百人"]])),
    "sum-differs": sends(Sent(rows={SURVEYS: [SURVEY]}, below=[["合计", None, 22, 51]])),
    "row-sum-differs": sends(
        Sent(
            rows={
                "法律援助需求": [{"村代码": VILLAGE, "农民工·劳动报酬": 3, "农民工·土地承包经营权": 4, "合计": 8}],
                SURVEYS: [SURVEY],
            }
        )
    ),
    "row-skipped": sends(Sent(below=[list(LIAISON)])),
    "county-unsaid": sends(Sent(rows={INDICATORS: [INDICATOR]}, kit={})),
    "row-unidentified": sends(Sent(below=[[None, "李春花"]])),
    "row-other-county": liaison(**{"村代码": "220882202204"}),
    "liaison-other-county": liaison(**{"确定单位": "大安市法律援助中心"}),
    "accept-unmet": sends(Sent(options=CollectOptions(accepted=frozenset({(LIAISONS, 9)})))),
    "county-not-found": liaison(**{"县（市、区）": "天涯县"}),
    "row-county-unknown": liaison(**{"村代码": "990881100201"}),
    "village-not-found": sends(Sent(rows={LIAISONS: [{**BY_NAME, "村名": "桃源村"}]})),
    "villages-outside": sends(Sent(rows={LIAISONS: [{**BY_NAME, "村名": "长山村"}]})),
    "village-no-code": lists({"县区": "洮南市", "乡镇": "瓦房镇", "村名": "桃源村"}),
    "villages-in-one-cell": lists({"县区": "洮南市", "村名": "桃源屯；柳河子、太平"}),
    "villages-of-no-county": after(lose_county, lists({"县区": "洮南市", "乡镇": "瓦房镇", "村名": "荣华村"})),
    "village-ambiguous": after(name_villages_alike, Sent(rows={LIAISONS: [BY_NAME]}, kit={})),
    "village-name-mismatch": liaison(**{"村名": "瓦房村"}),
    "village-tab-differs": sends(
        Sent(
            rows={"瓦房村": [{"洮南市瓦房镇荣华村法律援助需求调查表": "人群", "": "社会保险", " ": "劳动报酬"}]},
            below=[["农民工", 1, 2], ["老年人", 2, 1]],
            kit={},
        )
    ),
    "village-township-differs": sends(
        Sent(rows={"大赉乡": [BY_NAME]}),
    ),
    "liaison-term-moved": liaison(**{**TERM, "姓名": "斯琴高娃", "任职日期": "2018-03-06"}),
    "liaison-preceding": liaison(**{**TERM, "姓名": "李春花", "任职日期": "2018-03-04"}),
    "survey-again": survey(),
    "survey-redated": survey(
        **{"贫困户数": 20, "贫困人口": 50, "知晓12348人数": 18}  # all as on record, under another day
    ),
    "survey-twice": sends(Sent(rows={SURVEYS: [SURVEY, {**SURVEY, "调查日期": "2018-06-11"}]})),
    "survey-twice-same": sends(
        Sent(
            rows={
                SURVEYS: [
                    {"提交答卷时间": "2018/6/21 9:12:33", **SURVEY},
                    {"提交答卷时间": "2018/6/22 9:12:33", **SURVEY, "调查日期": "2018-06-11"},
                ]
            },
            kit={},
        )
    ),
    "day-mended": after(mend_day, Sent(rows={SURVEYS: [{**SURVEY, "调查日期": "2018-05-20"}]}, kit={})),
    "rows-differ": sends(Sent(rows={SURVEYS: [SURVEY, {**SURVEY, "贫困户数": 25}]})),
    "row-repeated": sends(Sent(rows={SURVEYS: [SURVEY, SURVEY]})),
    "day-before-campaign": survey(**{"调查日期": "2017-06-10"}),
    "needs-kept": sends(Sent(rows={"法律援助需求": [{"村代码": VILLAGE, "农民工·劳动报酬": 6}]}, kit={})),
    "text-person-asked": sends(
        Sent(
            rows={ACTIVITIES: [{**without(ACTIVITY, "活动编号"), "日期": "2018-06-19", "名称": "帮农民工李成浩讨薪"}]},
            kit={},
            options=CollectOptions(county="220881"),
        )
    ),
    "day-after-return": unit_sends(
        "2208",
        Sent(
            rows={"案件质量评估": [{"评估期间": "2018-Q1", "评估日期": "2018-06-20", "抽查件数": 40}]},
            kit={},
            options=CollectOptions(received_on=date(2018, 6, 11)),
        ),
    ),
    "plan-moved-back": unit_sends(
        "220881", Sent(rows={"落实方案情况": [{"报送落实情况日期": "2018-04-27", "单位名称": "洮南市司法局"}]}, kit={})
    ),
    "unit-renamed": unit_sends(
        "220881",
        Sent(rows={"落实方案情况": [{"报送落实情况日期": "2018-05-03", "单位名称": "洮南市法律援助局"}]}, kit={}),
    ),
    "record-unnumbered": sends(
        Sent(rows={ACTIVITIES: [{**without(ACTIVITY, "活动编号"), "日期": "2018-05-12", "受众人数": 86}]})
    ),
    "window-other": sends(
        Sent(
            rows={
                WINDOWS: [
                    {
                        **without(WINDOW, "窗口编号"),
                        "窗口名称": "便民大厅",
                        "地址": "民主路9号",
                        "窗口电话": "0436-0000019",
                    }
                ]
            },
        )
    ),
    "number-taken": sends(Sent(rows={ACTIVITIES: [ACTIVITY]}, before=[["activities", "", "title held_on"]])),
    "record-overwritten": sends(Sent(rows={ACTIVITIES: [ACTIVITY]})),
    "row-rekeyed": rekeyed(),
    "hung-on-nothing": sends(
        Sent(
            rows={
                "材料发放与悬挂": [
                    {
                        "接收单位代码": VILLAGE,
                        "材料编号": "M-02",
                        "数量": 5,
                        "发放日期": "2018-06-26",
                        "悬挂日期": "2018-06-27",
                    }
                ]
            },
        )
    ),
    "delivery-again": sends(
        Sent(
            rows={
                "材料发放与悬挂": [
                    {"接收单位代码": OTHER_VILLAGE, "材料编号": "M-02", "数量": 5, "发放日期": "2018-06-26"}
                ]
            },
            kit={},
        )
    ),
    "consent-of-other-phone": another_number(),
    "cells-stale": posted_again("2018-03-10"),
    "answers-skipped": liaison(
        **{"提交答卷时间": "2018/6/21 9:12:33", **TERM, "姓名": "斯琴高娃", "村内公示日期": "(跳过)"}
    ),
    "answers-outdated": liaison(
        **{
            "提交答卷时间": "2018/6/1 9:12:33",
            **TERM,
            "姓名": "斯琴高娃",
            "工作电话": None,
            "村内公示日期": "2018-03-14",
        }
    ),
    "cell-conflict": posted_again("2018-03-14"),
    "conflicts-kept": posted_again("2018-03-14", frozenset([(LIAISONS, 2)])),
    "cell-conflict-hidden": changed_again("work_phone", "0436-0000777", {"工作电话": "0436-0000888"}),
    "kit-without-base": liaison(**{**TERM, "姓名": "斯琴高娃", "工作电话": None, "村内公示日期": "2018-03-14"}),
    "liaison-corrected": liaison(**{**TERM, "姓名": "斯琴高瓦", "工作电话": None}),
    "liaison-left-otherwise": liaison(**{"原联络员卸任时间": "2018-05-10", "任职日期": "2018-06-18"}),
    "liaison-former-differs": liaison(**{"原联络员": "李建国", "任职日期": "2018-06-18"}),
    "posting-emptied": liaison(**{**TERM, "姓名": "斯琴高娃", "工作电话": None, "村内公示日期": None}),
    "liaison-replaced": liaison(**{**TERM, "姓名": "李春花"}),
    "liaison-rivals": sends(Sent(rows={LIAISONS: [LIAISON, {**LIAISON, "姓名": "刘桂芬"}]})),
    "liaison-elsewhere": sends(
        Sent(
            rows={LIAISONS: [LIAISON, {**LIAISON, "村代码": "220882202204", "任职日期": "2018-03-09"}]},
            options=CollectOptions(accepted=frozenset({(LIAISONS, 3)})),
        )
    ),
    "liaison-still-serving": sends(Sent(rows={LIAISONS: [{**LIAISON, "村代码": OTHER_VILLAGE}, VACANT]})),
    "liaison-not-ended": sends(
        Sent(rows={LIAISONS: [{**LIAISON, "村代码": OTHER_VILLAGE}, {**VACANT, "姓名": "暂缺"}]})
    ),
    "liaison-none": sends(
        Sent(rows={LIAISONS: [{**LIAISON, **TERM, "离任日期": "2018-06-01"}, {**VACANT, "姓名": "待定"}]})
    ),
    "liaison-said-gone": liaison(**{"备注": "该同志6月5日已去世，待补选"}),
    "note-of-leaving": liaison(**{"备注": "号码已停用"}),
    "remarks-left-out": liaison(**{"备注": "兼任两个村"}),
    "comments-left-out": sends(Sent(comment="电话还没有问到，下周报")),
    "liaison-of-two-villages": sends(Sent(rows={LIAISONS: [LIAISON, {**LIAISON, "村代码": OTHER_VILLAGE}]})),
}


def in_three_villages(*names: str) -> Fault:
    """A county with one village more than the tiny campaign's sends a list of the liaisons of all three."""
    villages = (OTHER_VILLAGE, VILLAGE, "220881100202")
    rows = [{**LIAISON, "村代码": village, "姓名": name} for village, name in zip(villages, names, strict=True)]

    def spoil(project: Project) -> list[Problem]:
        project.append("data/villages/220881.csv", "220881100202,2018,220881100,长山村,100,300,,demo")
        return list(sends(Sent(rows={LIAISONS: rows}))(project))

    return spoil


def with_phones(*phones: str) -> Fault:
    """A county whose liaisons have landlines of 0436, beside one whose have 0438, sends these phones."""
    names, villages = ("李春花", "王秀兰", "赵国军", "孙桂芝"), (VILLAGE, OTHER_VILLAGE, "220881100202", "220881100203")
    rows = [
        {**LIAISON, "村代码": village, "姓名": name, "工作电话": phone}
        for village, name, phone in zip(villages, names, phones, strict=False)
    ]

    def spoil(project: Project) -> list[Problem]:
        project.append("data/divisions.csv", "220881100203,东明村委会,village,220881100")
        for n, name in ((2, "长山村"), (3, "东明村")):
            project.append("data/villages/220881.csv", f"22088110020{n},2018,220881100,{name},100,300,,demo")
        for county, village, phone in (
            ("220881", "220881100202", "0436-0000177"),
            ("220882", "220882202204", "0438-0000178"),
        ):
            term = (
                f"{village},2017-03-05,2017-12-31,某人,party_secretary,{phone},false,样例法律援助中心,2017-03-12,,,demo"
            )
            project.append(f"data/liaisons/{county}.csv", term)
        return list(sends(Sent(rows={LIAISONS: rows}, kit={}))(project))

    return spoil


NEIGHBOURS: dict[str, Fault] = {
    "liaison-phone-elsewhere": with_phones("0438-0000152"),
    "liaison-phone-shared": with_phones("0436-0000131", "0436-0000131"),
    "liaison-phones-rising": with_phones("0436-0000131", "0436-0000132", "0436-0000133", "0436-0000134"),
    "rows-slipped": in_three_villages("李春花", "朴银姬", "斯琴高娃"),
    "liaison-of-many-villages": in_three_villages("李春花", "李春花", "李春花"),
    "villages-elsewhere": sends(
        Sent(
            rows={
                LIAISONS: [{"乡镇": "大赉乡", "村名": "永昌村", **{k: v for k, v in LIAISON.items() if k != "村代码"}}]
            },
            kit={},
            options=CollectOptions(county="220881"),
        )
    ),
    "consent-unasked": sends(
        Sent(rows={LIAISONS: [{k: v for k, v in LIAISON.items() if k != "同意公布电话"}]}, kit={})
    ),
    "sheet-unsplit": sends(
        Sent(rows={"名单": [{"村名 姓名 身份 工作电话": "荣华村 李春花 村会计 0436-0000101"}]}, kit={})
    ),
    "village-figures-differ": survey(**{"总户数": 110, "总人口": 300}),
}
CELLS: dict[str, Fault] = {
    "cell-mobile": liaison(**{"工作电话": "1380000000"}),
    "cell-landline": liaison(**{"工作电话": "0436-00001"}),
    "cell-phone-area": liaison(**{"工作电话": "0000101"}),
    "phone-masked": liaison(**{"工作电话": "0436-00001**"}),
    "cell-phone-letter": liaison(**{"工作电话": "0436-00001O1"}),
    "cell-phone-noted": liaison(**{"工作电话": "0436-0000101 张三"}),
    "cell-month-alone": liaison(**{"任职日期": "2018年6月"}),
    "cell-period": sends(
        Sent(rows={"绩效指标自评": [{"期间": "1-6月", "指标": "法律咨询（人次）", "自我评估数": 86}]})
    ),
    "cell-option-alone": survey(**{"村代码": 3}),
    "cell-placeholder": survey(**{"贫困户数": "不详"}),
    "cell-formula-error": survey(**{"贫困户数": "#REF!"}),
    "cell-formula-empty": survey(**{"贫困户数": "=10+11"}),
    "cell-digits-lost": liaison(**{"村代码": 22088110020100000}),
    "cell-became-date": liaison(**{"村代码": date(2018, 3, 5)}),
    "cell-not-text": liaison(**{"村代码": 2208.5}),
    "cell-choice-like": sends(
        Sent(
            rows={
                "材料发放与悬挂": [
                    {"接收单位代码": OTHER_VILLAGE, "材料编号": "折页", "数量": 5, "发放日期": "2018-06-26"}
                ]
            }
        )
    ),
    "cell-not-number": survey(**{"贫困户数": "约21户"}),
    "cell-unit": survey(**{"贫困户数": "21人"}),
    "cell-not-date": liaison(**{"任职日期": "春节后"}),
    "cell-date-unclear": liaison(**{"任职日期": "3月5日"}),
    "cell-clock": liaison(**{"任职日期": datetime(2018, 5, 31, 16)}),
    "dates-with-clock": liaison(
        **{"任职日期": datetime(2018, 5, 31, 16), "村内公示日期": datetime(2018, 6, 4, 16)},
    ),
    "day-above": sends(
        Sent(
            rows={"材料发放与悬挂": [{"发放时间：2018年6月12日": "接收单位代码", "": "材料编号", " ": "数量"}]},
            below=[[VILLAGE, "M-02", 4]],
        )
    ),
    "dates-without-year": sends(
        Sent(rows={LIAISONS: [{**LIAISON, "任职日期": "6月1日"}]}, below=[["填报日期：2018年6月20日"]])
    ),
    "cell-no-such-day": liaison(**{"任职日期": "2018-02-30"}),
    "cell-not-yes-or-no": liaison(**{"同意公布电话": "看情况"}),
    "cell-zero-lost": liaison(**{"工作电话": 4360000101}),
    "cell-two-values": liaison(**{"工作电话": "0436-0000101/0436-0000102"}),
    "cell-lookalike": liaison(**{"姓名": "李⼩花"}),
    "name-vacant": liaison(**{"姓名": "待定"}),
    "name-post": liaison(**{"姓名": "司法所"}),
    "name-masked": liaison(**{"姓名": "王某某"}),
    "name-marked": liaison(**{"姓名": "于月荣*"}),
    "name-with-phone": liaison(**{"姓名": "龙丽娟0438-0229999"}),
    "name-damaged": liaison(**{"姓名": "王?"}),
    "name-several": liaison(**{"姓名": "王五、赵六"}),
    "name-glued": liaison(**{"姓名": "王敏李强"}),
    "name-annotated": liaison(**{"姓名": "王五主任"}),
    "name-unlike": liaison(**{"姓名": "王1"}),
    "name-nickname": liaison(**{"姓名": "老李"}),
    "cell-ditto": liaison(**{"姓名": "同上"}),
    "cell-emptied": liaison(**{**TERM, "姓名": "斯琴高娃", "工作电话": None, "同意公布电话": None}),
    "cells-left-empty": sends(
        Sent(
            rows={
                LIAISONS: [
                    {"村代码": village, "姓名": name, "身份": role, "任职日期": day, "确定单位": None}
                    for village, name, role, day in (
                        (VILLAGE, "斯琴高娃", "村党组织书记", "2018-03-05"),
                        (OTHER_VILLAGE, "朴银姬", "人民调解员", "2018-05-02"),
                    )
                ]
            },
            kit={},
        )
    ),
    "cell-merged": sends(Sent(rows={SURVEYS: [SURVEY, {**SURVEY, "村代码": OTHER_VILLAGE}]}, merged="C2:C3")),
}
FAULTS: dict[str, Fault] = RETURNS | COLUMNS_AND_ROWS | NEIGHBOURS | CELLS
