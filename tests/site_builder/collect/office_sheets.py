"""Sheets as offices lay them out: the same two villages in many shapes, by what is read of them."""

from collections.abc import Sequence
from dataclasses import dataclass

Cells = Sequence[Sequence[object]]
Merged = tuple[tuple[int, int, int, int], ...]
N = None


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A sheet in some shape."""

    rows: Cells
    merged: Merged = ()
    name: str = "Sheet1"


GROUPS = ["农民工", "老年人", "残疾人", "留守妇女", "留守儿童"]
HEADS = ["调查日期", "贫困户数", "贫困人口", *GROUPS, "询问热线人数", "知道热线人数"]
ONE: list[object] = ["2018-06-10", 21, 51, 12, 15, 1, 6, 0, 30, 19]
OTHER: list[object] = ["2018-06-11", 10, 30, 5, 6, 2, 3, 1, 20, 10]
TOTAL: list[object] = [N, 31, 81, 17, 21, 3, 9, 1, 50, 29]
TOWN, VILLAGE, SECOND = "瓦房镇", "荣华村", "瓦房村"
PLAIN: Cells = [["乡镇", "村名", *HEADS], [TOWN, VILLAGE, *ONE], [TOWN, SECOND, *OTHER]]
TITLE: Cells = [["2018年贫困村摸底调查表"], ["填报单位：洮南市司法局", N, N, N, N, "填报日期：2018年6月20日"]]
UPPER: list[object] = ["乡镇", "村名", "调查日期", "贫困情况", N, "特殊群体人数（人）", N, N, N, N, "热线", N]
LOWER: list[object] = [N, N, N, "贫困户数", "贫困人口", *GROUPS, "询问人数", "知晓人数"]
THREE: Cells = [
    ["乡镇", "村名", "基本情况", N, N, "人群情况", N, N, N, N, "宣传情况", N],
    [N, N, "调查日期", "贫困情况", N, "特殊群体", N, N, N, N, "热线", N],
    LOWER,
]
BODY = PLAIN[1:]


def turned(rows: Cells) -> list[list[object]]:
    """Lines as columns."""
    width = max(map(len, rows))
    return [[row[place] if place < len(row) else N for row in rows] for place in range(width)]


def numbered(rows: Cells) -> Cells:
    """With serial numbers before all others."""
    return [["序号", *rows[0]], *[[number, *row] for number, row in enumerate(rows[1:], start=1)]]


SURVEYS: dict[str, Shape] = {
    "title and unit above": Shape(rows=[*TITLE, *PLAIN], merged=((1, 1, 1, 12),)),
    "serial numbers": Shape(rows=numbered(PLAIN)),
    "two lines, merged": Shape(
        rows=[UPPER, LOWER, *BODY],
        merged=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (1, 6, 1, 10), (1, 11, 1, 12)),
    ),
    "two lines, not merged": Shape(rows=[UPPER, LOWER, *BODY]),
    "three lines, not merged": Shape(rows=[*TITLE, *THREE, *BODY]),
    "three lines, merged": Shape(
        rows=[*THREE, *BODY],
        merged=((1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 5), (2, 3, 3, 3), (2, 4, 2, 5), (1, 6, 1, 10), (2, 6, 2, 10)),
    ),
    "units below the heads": Shape(rows=[PLAIN[0], [N, N, "（年月日）", "户", *["人"] * 8], *BODY]),
    "units in brackets": Shape(rows=[PLAIN[0], [N, N, N, "（户）", *["（人）"] * 8], *BODY]),
    "heads merged over the line of units": Shape(
        rows=[UPPER, LOWER, [N, N, N, "（户）", *["（人）"] * 8], *BODY],
        merged=((1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 3, 3), (1, 4, 1, 5), (1, 6, 1, 10), (1, 11, 1, 12)),
    ),
    "three lines of heads, merged over the line of units": Shape(
        rows=[[*THREE[0], "备注"], *THREE[1:], [N, N, N, "（户）", *["（人）"] * 8], *BODY],
        merged=(
            (1, 13, 4, 13),
            (1, 1, 4, 1),
            (1, 2, 4, 2),
            (1, 3, 1, 5),
            (2, 3, 3, 3),
            (2, 4, 2, 5),
            (1, 6, 1, 10),
            (2, 6, 2, 10),
        ),
    ),
    "numbers of columns": Shape(rows=[PLAIN[0], ["甲", "乙", *range(1, 11)], *BODY]),
    "numbers of columns as text": Shape(rows=[PLAIN[0], [str(number) for number in range(1, 13)], *BODY]),
    "a line that explains": Shape(
        rows=[PLAIN[0], ["填写全称", "填写全称", "如：2018-05-16", "填整数", *["填写人数"] * 8], *BODY]
    ),
    "a line of tags": Shape(rows=[PLAIN[0], ["#adm3", "#loc", *["#affected"] * 10], *BODY]),
    "sum below": Shape(rows=[*PLAIN, ["合计", N, *TOTAL]]),
    "sum in the column of villages": Shape(rows=[*PLAIN, [N, "合　计", *TOTAL]]),
    "sum of the county": Shape(rows=[*PLAIN, ["洮南市合计", N, *TOTAL], ["共计2个村"]]),
    "sum first": Shape(rows=[PLAIN[0], ["总计", N, *TOTAL], *BODY]),
    "sum of the township first": Shape(rows=[PLAIN[0], [TOWN, "小计", *TOTAL], *BODY, ["合计", N, *TOTAL]]),
    "township merged, with its sum": Shape(
        rows=[PLAIN[0], BODY[0], [N, *BODY[1][1:]], [N, "小计", *TOTAL], ["总计", N, *TOTAL]], merged=((2, 1, 4, 1),)
    ),
    "township as a line of its own": Shape(rows=[PLAIN[0][1:], ["一、瓦房镇"], *[row[1:] for row in BODY]]),
    "sums after each": Shape(rows=[PLAIN[0], BODY[0], ["小计", N, *ONE], BODY[1], ["小计", N, *OTHER]]),
    "heads on each page": Shape(
        rows=[["调查表"], PLAIN[0], BODY[0], ["第1页"], ["调查表"], PLAIN[0], BODY[1], ["合计", N, *TOTAL]]
    ),
    "two lines of heads on each page": Shape(rows=[UPPER, LOWER, BODY[0], UPPER, LOWER, BODY[1]]),
    "notes between and below": Shape(
        rows=[
            PLAIN[0],
            BODY[0],
            ["注：以下为补报。"],
            BODY[1],
            [],
            ["填表说明："],
            ["1、本表一式两份。"],
            ["填表人：张某", N, N, N, "审核人：李某", N, N, "联系电话：0436-6222222"],
            ["（盖章）"],
            ["2018年6月20日"],
        ]
    ),
    "a record in each column": Shape(rows=turned(PLAIN)),
    "a record in each column, with a title": Shape(rows=[["2018年摸底调查"], *turned(PLAIN)]),
    "a record in each column, with sums": Shape(rows=turned([*PLAIN, ["合计", N, *TOTAL]])),
    "a record in each column, two columns of heads": Shape(
        rows=turned([UPPER, LOWER, *BODY]), merged=((4, 1, 5, 1), (6, 1, 10, 1), (11, 1, 12, 1))
    ),
    "printed in two halves": Shape(rows=[[*PLAIN[0], *PLAIN[0]], [*BODY[0], *BODY[1]]]),
    "side by side": Shape(rows=[[*PLAIN[0], N, *PLAIN[0]], [*BODY[0], N, *BODY[1]]]),
    "one table below the other": Shape(rows=[["一、甲组"], *PLAIN[:2], [], ["二、乙组"], PLAIN[0], BODY[1]]),
    "keys and values below one another": Shape(rows=[*turned(PLAIN[:2]), [], *turned([PLAIN[0], BODY[1]])]),
}

PAIRS: Cells = [["村名", "农民工", N, "残疾人", N], [N, "劳动报酬", "土地承包经营权", "劳动报酬", "土地承包经营权"]]
NEEDS_ONE, NEEDS_OTHER = [VILLAGE, 6, 1, 1, 0], [SECOND, 2, 0, 0, 1]
NEEDS_BODY: Cells = [NEEDS_ONE, NEEDS_OTHER]
NEEDS: dict[str, Shape] = {
    "matters under groups": Shape(rows=[*PAIRS, *NEEDS_BODY]),
    "matters under groups, merged": Shape(
        rows=[*PAIRS, *NEEDS_BODY], merged=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)), name="法律援助需求"
    ),
    "persons under matters under groups": Shape(rows=[*PAIRS, [N, *["人数"] * 4], *NEEDS_BODY]),
    "groups under matters": Shape(
        rows=[
            ["村名", "劳动报酬", N, "土地承包经营权", N],
            [N, "农民工", "残疾人", "农民工", "残疾人"],
            *[[row[0], row[1], row[3], row[2], row[4]] for row in NEEDS_BODY],
        ]
    ),
    "other words": Shape(
        rows=[
            ["村", "农民工", N, "残疾人", N],
            [N, "拖欠工资", "土地承包经营权", "拖欠工资", "土地承包经营权"],
            *NEEDS_BODY,
        ]
    ),
    "short words": Shape(
        rows=[
            ["村名", "农民工", N, "残疾人", N],
            [N, "拖欠劳动报酬", "土地承包", "拖欠劳动报酬", "土地承包"],
            *NEEDS_BODY,
        ],
        merged=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)),
    ),
    "group and matter in one head": Shape(
        rows=[["村名", "农民工劳动报酬", "农民工：土地承包", "残疾人拖欠工资", "残疾人的土地承包"], *NEEDS_BODY]
    ),
    "groups as rows, the village merged": Shape(
        rows=[
            ["村名", "群体", "劳动报酬", "土地承包经营权"],
            [VILLAGE, "农民工", 6, 1],
            [N, "残疾人", 1, 0],
            [SECOND, "农民工", 2, 0],
            [N, "残疾人", 0, 1],
        ],
        merged=((2, 1, 3, 1), (4, 1, 5, 1)),
        name="法律援助需求",
    ),
    "one row for each, the village merged": Shape(
        rows=[
            ["村名", "群体", "事项", "人数"],
            [VILLAGE, "农民工", "劳动报酬", 6],
            [N, "农民工", "土地承包经营权", 1],
            [N, "残疾人", "劳动报酬", 1],
            [N, "残疾人", "土地承包经营权", 0],
            [N, "小计", N, 8],
            [SECOND, "农民工", "劳动报酬", 2],
            [N, "农民工", "土地承包经营权", 0],
            [N, "残疾人", "劳动报酬", 0],
            [N, "残疾人", "土地承包经营权", 1],
        ],
        merged=((2, 1, 6, 1), (7, 1, 10, 1)),
    ),
    "a village in each column": Shape(rows=turned([*PAIRS, *NEEDS_BODY]), merged=((2, 1, 3, 1), (4, 1, 5, 1))),
    "two tables one above the other": Shape(
        rows=[
            ["一、甲组法律援助需求"],
            *PAIRS,
            NEEDS_ONE,
            ["合计", 6, 1, 1, 0],
            [],
            ["二、乙组法律援助需求"],
            *PAIRS,
            NEEDS_OTHER,
        ]
    ),
    "a table for each group": Shape(
        rows=[
            *[row[:3] for row in (*PAIRS, *NEEDS_BODY)],
            [],
            *[[row[0], *row[3:]] for row in (*PAIRS, *NEEDS_BODY)],
        ]
    ),
}


PERSON = ["姓名", "职务", "任职日期"]
CHEN, LIU = ["陈志高", "村会计", "2018-06-01"], ["刘长山", "村会计", "2018-06-02"]
LIAISONS: dict[str, Shape] = {
    "a list": Shape(rows=[["村名", *PERSON], [VILLAGE, *CHEN], [SECOND, *LIU]]),
    "the same in two halves": Shape(rows=[["村名", *PERSON] * 2, [VILLAGE, *CHEN, SECOND, *LIU]]),
    "keys and values in four columns": Shape(
        rows=[
            ["联络员登记表"],
            ["村名", VILLAGE, "姓名", CHEN[0]],
            ["职务", CHEN[1], "任职日期", CHEN[2]],
            [],
            ["村名", SECOND, "姓名", LIU[0]],
            ["职务", LIU[1], "任职日期", LIU[2]],
        ]
    ),
    "keys and values with notes": Shape(
        rows=[["联络员登记表"], *turned([["村名", *PERSON], [VILLAGE, *CHEN], [SECOND, *LIU]]), ["填表人：张某"]]
    ),
}
