"""Ways to write to a person that offices publish too: looked for where data stand, and not in pages and programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.privacy.finder.kinds import Found, NumberKind, line_at
from site_builder.privacy.finder.plain import simple
from site_builder.privacy.finder.shapes import is_day

_MAY_HOLD = re.compile(r"[@＠]|[qQＱｑ]{2}|扣扣|[微薇威]信|[vVｖＶ][信xXｘＸ]|[wWｗＷ][xXｘＸeEｅＥ]")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_IS = r"[\s:是为]{0,3}"
_COUNTED = "次人条份户件元个名期张天群笔例场万篇封批组位岁起"  # after a figure that counts something
_NUMBER = rf"[1-9][0-9]{{4,10}}(?![0-9]|[\s余多]?[{_COUNTED}])"
_QQ = re.compile(rf"(?:(?<![A-Za-z])QQ|扣扣)(?:号码?)?{_IS}({_NUMBER})", re.IGNORECASE)
# After "号" or a colon any id; else one that is no word, with a digit or a low line in it; or a number. Official
# accounts, and figures that count messages, are nobody's.
_WECHAT = re.compile(
    rf"(?:(?<!公众)[微薇威]信|(?<![A-Za-z])(?:v信|wx|vx|weixin|wechat))(?:号码?|id)?{_IS}"
    r"((?:(?<=[号:是为])|(?<=[号:是为]\s)|(?=[A-Za-z-]*[0-9_]))[A-Za-z][A-Za-z0-9_-]{5,19}"
    rf"(?![A-Za-z0-9])|{_NUMBER}(?![A-Za-z]))",
    re.IGNORECASE,
)
_PATTERNS = ((NumberKind.EMAIL, _EMAIL), (NumberKind.QQ, _QQ), (NumberKind.WECHAT, _WECHAT))


def find(text: str) -> Iterator[Found]:
    """The addresses of e-mail, the QQ numbers and the WeChat ids within a text."""
    if not _MAY_HOLD.search(text):
        return
    text = simple(text)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            number = found.group(found.lastindex or 0)
            if not is_day(number):  # of a screenshot
                yield Found(kind=kind, number=number, line=line_at(text, found.start()))
