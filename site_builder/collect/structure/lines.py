"""What kind a line of a sheet is, by the look of its cells alone: heads, a sum, a note, units, numbers of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from site_builder.collect.values.cells import are_tags, is_blank
from site_builder.untrusted_files import Value

_NOT_A_HEAD = re.compile(r"[0-9]{6}|^\s*[0-9]{4}\s*[-./年]\s*[0-9]|^[0-9.,%\s-]+$")
_SUM = re.compile(
    r"(?P<of>[^:：,，。;；0-9]{0,14}?)(?P<kind>小计|合计|总计|共计|总数|累计|汇总)"
    r"(?:数|[(（][^()（）]*[)）])?[:：]?(?:(?P<count>[0-9]+)个?(?P<unit>村|行政村|贫困村|乡镇|人|名|户)?)?[:：。]?"
)
_SUM_OF_VILLAGES = re.compile(
    "(?P<of>)(?P<kind>全[乡镇县市区]|全街道|[共计]{0,2}(?=[0-9]))(?:(?P<count>[0-9]+)个?(?P<unit>村|行政村|贫困村))?"
)
_SIGNED = (
    "其中|填表|填报|审核|复核|单位|联系|负责|制表|经办|主管|分管|"
    "注|备注|说明|示例|例|日期|时间|电话|签字|签名|盖章|报送"
)
_NOTE = re.compile(rf"[(（]?(?:{_SIGNED})[^:：]{{0,8}}[:：][\s\S]*")
_ALONE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明)(?:[0-9一、.．\s][\s\S]*)?|[(（]?(?:公章|盖章|以下为?空白)[)）]?"
    r"|[带标]?有?[*＊※#＃★☆△▲①-⑩](?!.*[村乡镇]$).{3,}"  # what a mark behind a name leads to
)
_RULE = re.compile(r"[.。…·\-—–_=~*＊/\s]+")
_SIGNER = re.compile(
    r"(?:(?:填表|填报|审核|复核|制表|经办|报送)人(?:[(（]?签[字名章][)）]?)?|[(（]?(?:公章|盖章)[)）]?)"
)
_SIGNED_LABEL = re.compile(r"[^:：，。；0-9]{0,10}(?:签字|签名|盖章|签章)[:：][\s\S]*")
_LABEL_OF_SIGNER = re.compile(
    r"[^:：，。；0-9]{0,8}(?:负责人|签字|签名|盖章|(?:填表|填报|审核|复核|制表|经办|报送)人)[:：]"
)
_SIGNED_BY = re.compile(
    r"[^:：，。；0-9]{0,6}(?:负责人|调查[人员]|(?:填表|填报|审核|复核|核实|审批|制表|统计|登记|经办|报送|联系|签收|记录)人员?|领导|站长|所长|书记|主任)"
    r"(?:[(（]?(?:签[字名章]|盖章)[)）]?)?[:：][^:：]{0,12}|(?:联系)?电话[:：][-0-9\s]*|"
    r"(?:[^:：，。；0-9]{0,4})(?:日期|时间)[:：][-0-9年月日./\s]*|[(（]?(?:公章|盖章)[)）]?"
)
_MOST_SIGNED = 2  # cells of the line that ends a letter
_SEAL = "[(（]?(?:公章|盖章|印章|签章|签字|签名|章)[)）]?"
_SIGNED_OFF = re.compile(
    rf"[^:：,，。；0-9]{{2,20}}(?:局|所|中心|政府|委员会|站|办公室|办事处|厅|院)(?:{_SEAL})?|{_SEAL}|"
    "[0-9]{4}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?|[〇零○O一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DATED = re.compile("(?:填表|填报|审核|报送)?(?:日期|时间)")
_HEAD_WORD = re.compile(
    r"[^。，；:：]{0,8}(?:名称|姓名|电话|日期|时间|数量|金额|地址|备注|序号|编号|单位|类别|人数|内容|项目)"
)
_ITEM = re.compile(r"[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）、.．][\s\S]*")
_SENTENCE = re.compile(r"[。；;！!]|[，,].*[，,]|^[\s\S]{25,}$|^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$|^第[0-9]+页")
_DATE_LINE = re.compile(r"[^0-9]*[0-9]{4}[年./-][0-9]{1,2}(?:[月./-](?:[0-9]{1,2}日?)?)?[)）]?")
_UNIT = re.compile(
    r"[(（]?(?:单位[:：])?(?:人数|户数|数量|户|人|名|口|个|件|次|人次|元|份|张|本|块|套|条|场|年|年月日|年-月-日|年/月/日|文字|文本|数字|"
    r"数值|日期|整数|必填|选填|可空|[0-9]+位(?:代码|数字|编码)?|是[/、或]否)[)）]?|[(（][^()（）]*[)）]"
)
_EXPLAINING = re.compile(
    r"[(（]?(?:例如|例[:：]|如[:：]|示例|格式|填写|请填|须填|应填|填[“\"]|从下拉|下拉选|选填|必填|截至|按)"
)
_VILLAGES = ("村", "行政村", "贫困村")
_TOWNSHIP = re.compile(
    r"(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．])?([^0-9、.．(（]{1,12}(?:镇|乡|街道))(?:办事处)?"
    r"(?:[:：]?[(（][^()（）]*[)）]|[:：]?[共计]{0,2}[0-9]+个?(?:村|行政村|贫困村|人|名|户))?[:：]?"
)
_SENDER = re.compile(r"(?:单位|乡镇|街道)(?:名称)?(?:[(（][^()（）]*[)）])*[:：]\s*(\S+)")
_ORDINAL = frozenset("甲乙丙丁戊己庚辛")


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """The pieces of a line of sums: what it is of ("" for what stands before it), its word, and a count of places."""

    of: str
    kind: str
    count: int | None = None


PARTIAL_SUM = SumLine(of="", kind="小计")


def is_headlike(row: Sequence[Value]) -> bool:
    """Whether a line could be one of heads: words only, no numbers, days or codes."""
    is_filled = False
    for value in row:
        if value is None or value == "":
            continue
        if value.__class__ is not str or _NOT_A_HEAD.search(value):
            return False
        is_filled = True
    return is_filled


def filled(row: Sequence[Value]) -> list[tuple[int, Value]]:
    """The places, from 1, and values of the cells that hold something."""
    return [(place, value) for place, value in enumerate(row, start=1) if not is_blank(value)]


def sum_line(value: Value) -> SumLine | None:
    """What a cell says when it names its line a sum."""
    if value.__class__ is not str or not any(word in value for word in "计总汇"):
        return None
    found = _SUM.fullmatch("".join(value.split()))
    return _sum_line(found) if found else None


def _sum_line(found: re.Match[str], kind: str = "") -> SumLine:
    counts_rows = found["count"] and found["unit"] in _VILLAGES
    return SumLine(of=found["of"], kind=kind or found["kind"], count=int(found["count"]) if counts_rows else None)


def sum_of_villages(value: Value) -> SumLine | None:
    """What a cell for a village's name says when it counts villages instead: 2个村, 全乡."""
    found = _SUM_OF_VILLAGES.fullmatch("".join(value.split())) if isinstance(value, str) else None
    return _sum_line(found, PARTIAL_SUM.kind) if found else None


def is_note(text: str) -> bool:
    """Whether a text begins a line of notes or signatures: a label such as 填表人：, or 注：."""
    return (":" in text or "：" in text) and _NOTE.fullmatch("".join(text.split())) is not None


def is_signature(row: Sequence[Value]) -> bool:
    """Whether a line says who signs for a table, label by label: 填表人 张某 审核人 李某 日期 盖章, names or none.

    Its first cell is such a label, which no record begins with; a date comes first only where somebody signs after it.
    """
    first = next((value for value in row if not is_blank(value)), None)
    if _is_cell_of(_SIGNER, first) or _matches(_SIGNED_LABEL, first) or _is_of_labels(row) or _is_of_signers(row):
        return True
    return _is_cell_of(_DATED, first) and any(_is_cell_of(_SIGNER, value) for value in row)


def _is_of_labels(row: Sequence[Value]) -> bool:
    """Whether all that a line says is labels with nothing after their colons, one of them of somebody who signs."""
    values = [value for value in row if not is_blank(value)]
    is_open = all(isinstance(value, str) and value.rstrip().endswith((":", "：")) for value in values)
    return is_open and any(_matches(_LABEL_OF_SIGNER, value) for value in values)


def _is_of_signers(row: Sequence[Value]) -> bool:
    """Whether every cell of a line is a label of somebody who signs, with a name behind it or none."""
    values = [value for value in row if not is_blank(value)]
    return bool(values) and all(_matches(_SIGNED_BY, value) for value in values)


def _matches(pattern: re.Pattern[str], value: Value) -> bool:
    return isinstance(value, str) and pattern.fullmatch("".join(value.split())) is not None


def _is_cell_of(pattern: re.Pattern[str], value: Value) -> bool:
    return isinstance(value, str) and pattern.fullmatch("".join(value.split()).rstrip(":：")) is not None


def is_label(value: Value) -> bool:
    """Whether a cell says who fills a table in, when, or in which units: 填报单位：某所, 单位：人, 某局 2018年6月."""
    if value.__class__ is not str:
        return False
    closed = "".join(value.split())
    is_answered = is_note(closed) and closed[-1] not in ":："
    return is_answered or _DATE_LINE.fullmatch(closed) is not None


def is_signed_off(row: Sequence[Value]) -> bool:
    """Whether a line is the end of a letter: an office, its seal, who signs, the day, and nothing else."""
    cells = filled(row)
    return 0 < len(cells) <= _MOST_SIGNED and all(isinstance(v, date) or _matches(_SIGNED_OFF, v) for _, v in cells)


def is_open_label(value: Value) -> bool:
    """Whether a cell is a label whose answer is left for the cell after it: 填表人, 联系电话：."""
    if not isinstance(value, str):
        return False
    closed = "".join(value.split())
    is_asking = closed.endswith((":", "：")) or _DATED.fullmatch(closed) is not None
    return is_asking or _SIGNER.fullmatch(closed) is not None


def is_note_alone(text: str) -> bool:
    """Whether a text alone in its line is no row of a table: a note, prose, a date line, a page's number."""
    closed = "".join(text.split())
    return _ALONE.fullmatch(closed) is not None or _SENTENCE.search(closed) is not None


def township(row: Sequence[Value]) -> str:
    """The township that a line names, perhaps with a count of its rows, as a heading over its villages; "" for none."""
    cells = filled(row)
    found = (
        _TOWNSHIP.fullmatch("".join(cells[0][1].split())) if len(cells) == 1 and isinstance(cells[0][1], str) else None
    )
    return found[1] if found else ""


def sender(text: str) -> str:
    """Who sends a table, as a label in a text says: 万宝镇人民政府 of 填报单位：万宝镇人民政府; "" for nobody."""
    found = _SENDER.search(text)
    return found[1] if found else ""


def last_filled(rows: Sequence[Sequence[Value]], after: int, place: int) -> list[int]:
    """For each line the one at or above it, below the line `after`, in which a column is filled; 0 for none."""
    below = enumerate(rows, start=1)
    filled_in = (
        line if line > after and place <= len(row) and not is_blank(row[place - 1]) else 0 for line, row in below
    )
    return list(accumulate(filled_in, max))


def has_head_words(row: Sequence[Value]) -> bool:
    """Whether a line reads like the heads of a table, whichever it is."""
    texts = [value.strip() for _, value in filled(row) if isinstance(value, str)]
    return sum(_HEAD_WORD.fullmatch(text) is not None for text in texts) > 1 and is_headlike(row)


def is_rule(row: Sequence[Value]) -> bool:
    """Whether nothing stands in a line but dots or dashes, several of them somewhere."""
    texts = [value for _, value in filled(row)]
    are_marks = all(isinstance(text, str) and _RULE.fullmatch(text) for text in texts)
    return bool(texts) and are_marks and any(len(str(text).strip()) > 1 for text in texts)


def is_item(text: str) -> bool:
    """Whether a text goes on with numbered notes."""
    return _ITEM.fullmatch(text.strip()) is not None


def is_explaining(row: Sequence[Value]) -> bool:
    """Whether a line below heads explains them: units, the kind of the entry, or the numbers of columns."""
    cells = filled(row)
    texts = ["".join(value.split()) for _, value in cells if isinstance(value, str)]
    if texts and len(texts) == len(cells):
        if are_tags(list(row)):
            return True
        explained = sum(bool(_UNIT.fullmatch(text) or _EXPLAINING.match(text)) for text in texts)
        if explained * 2 > len(texts):
            return True
    return is_numbering(row)


def is_numbering(row: Sequence[Value]) -> bool:
    """Whether a line counts the columns: 甲 乙 1 2 3, or 1.1 1.2 1.3."""
    texts = [str(int(v)) if isinstance(v, float) and v.is_integer() else str(v).strip() for _, v in filled(row)]
    numbers = [text for text in texts if text not in _ORDINAL]
    if len(numbers) < 3 or texts[len(texts) - len(numbers) :] != numbers:
        return False
    last = [number.strip("()（）①").rpartition(".")[2] for number in numbers]
    return all(number.isdecimal() for number in last) and all(int(b) == int(a) + 1 for a, b in pairwise(last))
