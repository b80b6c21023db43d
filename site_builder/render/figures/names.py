"""Short forms of the names of counties and prefectures, as maps write them."""

from __future__ import annotations

from collections.abc import Collection

_PEOPLES = ("朝鲜族", "满族", "蒙古族")
_AUTONOMOUS = "自治"
_LONGEST = 3  # letters of a short name: 公主岭, but 前郭 for 前郭尔罗斯


def short_name(name: str, taken: Collection[str] = ()) -> str:
    """A name without what kind of place it is, such as 洮南 of 洮南市; the whole one where the short one is taken."""
    own = name.split(_AUTONOMOUS, maxsplit=1)[0] if _AUTONOMOUS in name else name[:-1]
    for people in _PEOPLES:
        own = own.removesuffix(people)
    if len(own) < 2 or own in taken:
        return name
    return own if len(own) <= _LONGEST else own[:2]


def short_prefecture(name: str) -> str:
    """A prefecture's name with one letter for its kind, such as 延边州."""
    return short_name(name) + name[-1]
