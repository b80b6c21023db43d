"""What three form services make of a question list when its answers are exported: twelve shapes each, described."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from form_services import _SURVEY as TENCENT_SURVEY
from form_services import _TENCENT as TENCENT
from form_services import _WJX as WJX
from form_services import _WPS as WPS
from form_services import _WPS_AFTER as WPS_AFTER

Columns = Sequence[tuple[str, object]]
Place = Callable[[str, str], dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One way of exporting.

    before, after: the service's own columns; dress: the head of a question, by number and title; joint: between several
    answers in one cell, "" where each has a column of its own; chosen: what stands in such a column; place: the
    columns in which a village stands, by township and name, None where the option that was chosen stands there;
    skipped: what stands for no answer.
    """

    before: Columns
    after: Columns = ()
    dress: Callable[[int, str], str] = lambda _, title: title
    joint: str = "┋"
    chosen: tuple[object, object] = (1, 0)
    place: Place | None = None
    skipped: object = None


def chain(head: str, mark: str, *above: str) -> Place:
    """A cascade of places in one column."""
    return lambda township, village: {head: mark.join([*above, township, village])}


_ABOVE = ("吉林省", "白城市", "洮南市")
_WJX = Shape(before=WJX, skipped="(跳过)")
_TENCENT = Shape(before=TENCENT, joint=",")
_WPS = Shape(before=WPS, after=WPS_AFTER, joint="、")
SHAPES: dict[str, Shape] = {
    "WJX: numbers and a comma": replace(_WJX, dress=lambda number, title: f"{number}、{title}"),
    "WJX: numbers and a dot": replace(_WJX, dress=lambda number, title: f"{number}.{title}"),
    "WJX: kinds": replace(_WJX, dress=lambda number, title: f"{number}、{title}[填空题]（选填）"),
    "WJX: Q": replace(_WJX, dress=lambda number, title: f"Q{number}：{title}"),
    "WJX: a total": replace(_WJX, dress=lambda number, title: f"{number}、{title}", after=[("总分", 0)]),
    "WJX: stars": replace(_WJX, dress=lambda number, title: f"*{number}、{title}"),
    "WJX: breaks": replace(_WJX, dress=lambda number, title: f"{number}、\n{title}\n"),
    "WJX: bare": replace(_WJX, skipped="(空)"),
    "WJX: an option a column": replace(_WJX, dress=lambda number, title: f"{number}、{title}", joint=""),
    "WJX: options in words": replace(_WJX, joint="", chosen=("选中", "未选中")),
    "WJX: a cascade": replace(_WJX, place=chain("1、所在地区", "-", *_ABOVE)),
    "WJX: township and village": replace(
        _WJX, place=lambda township, village: {"1、所在乡镇": township, "2、所在村": village}
    ),
    "Tencent: numbers, required": replace(_TENCENT, dress=lambda number, title: f"{number}.{title} (必填)"),
    "Tencent: required in full width": replace(_TENCENT, dress=lambda _, title: f"{title}（必填）"),
    "Tencent: numbers": replace(_TENCENT, dress=lambda number, title: f"{number}. {title}"),
    "Tencent: bare": _TENCENT,
    "Tencent: stars": replace(_TENCENT, dress=lambda _, title: f"{title}*"),
    "Tencent: sections": replace(_TENCENT, dress=lambda number, title: f"（{number}）{title}"),
    "Tencent: the survey's own": replace(
        _TENCENT, before=TENCENT_SURVEY, dress=lambda number, title: f"{number}.{title}"
    ),
    "Tencent: the survey's Q": replace(
        _TENCENT, before=TENCENT_SURVEY, dress=lambda number, title: f"Q{number}.{title}"
    ),
    "Tencent: several with a stroke": replace(_TENCENT, joint=";"),
    "Tencent: a cascade": replace(_TENCENT, place=chain("1.所在地区 (必填)", "/", *_ABOVE)),
    "Tencent: county and village": replace(_TENCENT, place=chain("1.所属村 (必填)", "-", "洮南市")),
    "Tencent: by itself": replace(_TENCENT, after=[("位置（自动）", "吉林")]),
    "WPS: bare": _WPS,
    "WPS: numbers": replace(_WPS, dress=lambda number, title: f"{number}. {title}"),
    "WPS: circles": replace(_WPS, dress=lambda number, title: f"{chr(0x245F + number)}{title}"),
    "WPS: required": replace(_WPS, dress=lambda _, title: f"{title}（必填）"),
    "WPS: square": replace(_WPS, dress=lambda _, title: f"[必填]{title}"),
    "WPS: black brackets": replace(_WPS, dress=lambda _, title: f"【必填】{title}"),
    "WPS: colons": replace(_WPS, dress=lambda _, title: f"{title}："),
    "WPS: spaces": replace(_WPS, dress=lambda _, title: " ".join(title)),
    "WPS: lines": replace(_WPS, joint="\n"),
    "WPS: a cascade": replace(_WPS, place=chain("省/市/县/乡/村", " > ", *_ABOVE)),
    "WPS: a region": replace(_WPS, place=chain("所在地区", " ", *_ABOVE)),
    "WPS: updated": replace(_WPS, after=[("更新时间", "2018/06/21 10:00"), ("修改人", "某人")]),
}
