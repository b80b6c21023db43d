"""Small makers of exports: what form services make of the same two answers of a survey of villages."""

from collections.abc import Callable, Sequence

Grid = list[list[object]]
QUESTIONS = [
    *("村代码", "调查日期", "贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童"),
    *("询问热线人数", "知道热线人数", "调查人"),
]
ANSWERS: list[list[object]] = [
    ["220881100200", "2018-06-12", 20, 45, 8, 18, 5, 1, 3, 15, 11, "尹调查"],
    ["220881100201", "2018-06-13", 22, 50, 9, 17, 4, 2, 0, 16, 12, "尹调查"],
]
_PLACE = {"220881100200": ("瓦房镇", "瓦房村"), "220881100201": ("瓦房镇", "荣华村")}
NAMES = ("微信用户小花", "36.48.1.2(吉林-白城)")
"""What a service adds of whoever answers, and what nobody may see."""

Dress = Callable[[int, str], str]


def by_name(joined: Callable[[str, str], Sequence[object]], heads: Sequence[str]) -> tuple[list[str], Grid]:
    """The questions and answers with the village told by its name instead of its code."""
    rows = [[*joined(*_PLACE[str(answer[0])]), *answer[1:]] for answer in ANSWERS]
    return [*heads, *QUESTIONS[1:]], rows


def export(before: Sequence[tuple[str, object]], dress: Dress, after: Sequence[tuple[str, object]] = ()) -> Grid:
    """A service's columns around the dressed questions and the answers."""
    return around(before, [dress(number, title) for number, title in enumerate(QUESTIONS, start=1)], ANSWERS, after)


def around(
    before: Sequence[tuple[str, object]],
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    after: Sequence[tuple[str, object]] = (),
) -> Grid:
    """A service's columns, the same in each row, around others."""
    made: Grid = [[*(head for head, _ in before), *heads, *(head for head, _ in after)]]
    return [*made, *([*(value for _, value in before), *row, *(value for _, value in after)] for row in rows)]


_WJX: list[tuple[str, object]] = [
    *(
        ("序号", 1),
        ("提交答卷时间", "2018/6/21 9:12:33"),
        ("所用时间", "182秒"),
        ("来源", "微信"),
        ("来源详情", NAMES[0]),
    ),
    ("来自IP", NAMES[1]),
]
_TENCENT: list[tuple[str, object]] = [("提交者（自动）", NAMES[0]), ("提交时间（自动）", "2018-06-20 09:12:33")]
_SURVEY: list[tuple[str, object]] = [
    *(("编号", 3), ("开始答题时间", "2018-06-20 09:10:00"), ("结束答题时间", "2018-06-20 09:12:33"), ("IP", NAMES[1])),
    *(
        ("UA", "Mozilla"),
        ("昵称", NAMES[0]),
        ("地理位置国家和地区", "中国"),
        ("地理位置省", "吉林"),
        ("地理位置市", "白城"),
    ),
]
_WPS: list[tuple[str, object]] = [("提交人", NAMES[0]), ("提交时间", "2018/06/20 09:12"), ("填写ID", "7")]
_WPS_AFTER: list[tuple[str, object]] = [("答题时长", "00:02:10"), ("填写设备", "手机"), ("提交者IP", NAMES[1])]


def _chain(*above: str, mark: str) -> Callable[[str, str], Sequence[object]]:
    return lambda township, village: [mark.join([*above, township, village])]


_COUNTY = ("吉林省", "白城市", "洮南市")
WJX: dict[str, Grid] = {
    "numbers and a comma": export(_WJX, lambda number, title: f"{number}、{title}"),
    "numbers and a dot": export(_WJX, lambda number, title: f"{number}.{title}"),
    "kinds of questions": export(_WJX, lambda number, title: f"{number}、{title}[填空题]"),
    "Q and a colon": export(_WJX, lambda number, title: f"Q{number}：{title}"),
    "the total beside": export(_WJX, lambda number, title: f"{number}、{title}", [("总分", 0)]),
    "please fill in": export(_WJX, lambda number, title: f"{number}、请填写{title}："),
    "stars": export(_WJX, lambda number, title: f"*{number}、{title}"),
    "breaks": export(_WJX, lambda number, title: f"{number}、\n{title}\n"),
    "bare": export(_WJX, lambda number, title: title),
    "a chain to the village": around(_WJX, *by_name(_chain(*_COUNTY, mark="-"), ["1、您所在的村（必填）"])),
    "township and village": around(_WJX, *by_name(lambda *place: place, ["1、所在乡镇", "2、所在村"])),
    "skipped": [[*row, "13、备注" if not line else "(跳过)"] for line, row in enumerate(export(_WJX, lambda n, t: t))],
}
TENCENT: dict[str, Grid] = {
    "numbers, required": export(_TENCENT, lambda number, title: f"{number}.{title} (必填)"),
    "required in full width": export(_TENCENT, lambda number, title: f"{title}（必填）"),
    "numbers": export(_TENCENT, lambda number, title: f"{number}. {title}"),
    "bare": export(_TENCENT, lambda number, title: title),
    "stars": export(_TENCENT, lambda number, title: f"{title}*"),
    "sections": export(_TENCENT, lambda number, title: f"（{number}）{title}"),
    "notes": export(_TENCENT, lambda number, title: f"{number}.{title}（请如实填写）"),
    "the survey's own": export(_SURVEY, lambda number, title: f"{number}.{title}"),
    "the survey's Q": export(_SURVEY, lambda number, title: f"Q{number}.{title}"),
    "region in one": around(_TENCENT, *by_name(_chain(*_COUNTY, mark="/"), ["1.所在地区 (必填)"])),
    "county and village": around(_TENCENT, *by_name(_chain("洮南市", mark="-"), ["1.所属村 (必填)"])),
    "filled in by itself": export(_TENCENT, lambda number, title: title, [("位置（自动）", "吉林")]),
}
WPS: dict[str, Grid] = {
    "bare": export(_WPS, lambda number, title: title, _WPS_AFTER),
    "numbers": export(_WPS, lambda number, title: f"{number}. {title}", _WPS_AFTER),
    "circles": export(_WPS, lambda number, title: f"{chr(0x245F + number)}{title}", _WPS_AFTER),
    "required": export(_WPS, lambda number, title: f"{title}（必填）", _WPS_AFTER),
    "square": export(_WPS, lambda number, title: f"[必填]{title}", _WPS_AFTER),
    "black brackets": export(_WPS, lambda number, title: f"【必填】{title}", _WPS_AFTER),
    "colons": export(_WPS, lambda number, title: f"{title}：", _WPS_AFTER),
    "questions": export(_WPS, lambda number, title: f"{number}.{title}是？", _WPS_AFTER),
    "spaces": export(_WPS, lambda number, title: " ".join(title), _WPS_AFTER),
    "chain with arrows": around(_WPS, *by_name(_chain(*_COUNTY, mark=" > "), ["省/市/县/乡/村"]), after=_WPS_AFTER),
    "region with spaces": around(_WPS, *by_name(_chain(*_COUNTY, mark=" "), ["所在地区"]), after=_WPS_AFTER),
    "updated": export(_WPS, lambda number, title: title, [("更新时间", "2018/06/21 10:00"), ("修改人", NAMES[0])]),
}
