"""Choices from a list, by title, by another word for it or by code; yes or no; which of several answers were chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from site_builder.collect.values.cells import CellError, is_blank, narrow, plain
from site_builder.model.forms import FormColumn
from site_builder.model.head_words import HeadWords
from site_builder.shared.codes import Code
from site_builder.shared.text_forms import caseless, simplified
from site_builder.untrusted_files import Value

_CONSENT = re.compile("(?:本人|已|均|都)*(不|未|没有?)?(?:同意|愿意?|可以?)(?:公布|公开|公示|对外)*(?:电话|号码)?")
_AND = re.compile(r"兼任?|[、,，/;；+&和与及()\s]+")
_EXTENT = re.compile(r"\(?(?:兼职|专职)\)?")
_ANSWER = re.compile(r"(?:〖[^〗]*〗|[^┋;；,，、|\n\r])+")  # what is filled in behind an option holds whatever it likes
_MARK = re.compile(r"^(?:[a-z][.、):]|\([a-z]\)|[0-9]{1,2}[.、):])\s*", re.IGNORECASE)
_OPEN = "〖"
_MOST_OFFERED, _FIRST_OFFERED = 12, 8  # choices that are all named, and of more
_TRUE = frozenset("true 是 yes y t 1 √ ✓ ✔ ☑ 有 已 对 同意 愿意".split())  # noqa: SIM905
_FALSE = frozenset("false 否 no n f 0 × ✗ ✘ ☐ x 未 不 不是 不同意 不愿意".split())  # noqa: SIM905


def read_boolean(value: Value) -> str:
    """Yes or no, as true or false: a word, a tick, or what was said when somebody was asked."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = narrow(value).lower() if not isinstance(value, str) or value.strip() != "×" else "×"
    if text in _TRUE:
        return "true"
    if text in _FALSE:
        return "false"
    said = _CONSENT.fullmatch(text)
    if said:
        return "false" if said[1] else "true"
    raise CellError(Code.CELL_NOT_YES_OR_NO)


def _combined(codes: Mapping[str, str], text: str) -> str | None:
    """The choice that stands for several that are named together."""
    named = [caseless(part) for part in _AND.split(text) if part]
    parts = {codes.get(part, "") for part in named}
    if len(parts) == 1:
        return next(iter(parts)) or None
    return codes.get("兼".join(named)) or codes.get("+".join(sorted(parts)))


def choice_reader(choices: Mapping[str, str], aliases: Mapping[str, str]) -> Callable[[Value], str]:
    """Reads choices of a list.

    aliases: other words, to its codes; two codes with + between, in their order, for the one that is both at once.
    """
    codes = {caseless(title): code for code, title in choices.items()}
    codes |= {caseless(word): code for word, code in aliases.items()}
    codes |= {caseless(code): code for code in choices}

    def read(value: Value) -> str:
        text = narrow(value)
        plainly = simplified(text)
        code = codes.get(caseless(text)) or _combined(codes, _EXTENT.sub("", plainly))
        if code is None:
            raise CellError(Code.CELL_CHOICE, choices=_offered(plainly, list(choices.values())))
        return code

    return read


def _offered(text: str, titles: Sequence[str]) -> str:
    """The choices that a message names: of a long list those that a word is short for, else the first and the last."""
    if len(titles) <= _MOST_OFFERED:
        return "；".join(titles)
    likely = [title for title in titles if text in title]
    named = likely or titles[:_FIRST_OFFERED]
    return "；".join(named) + ("……" if likely else f"……；{titles[-1]}")


# ---- questions that allow several answers, joined in one cell or in a column for each option


class Answers(NamedTuple):
    """What one cell says. chosen: fields; strange: parts that are no option; written: those written beside them."""

    chosen: frozenset[str]
    strange: tuple[str, ...]
    written: tuple[str, ...]


def read_answers(value: Value, columns: Sequence[FormColumn], words: HeadWords) -> Answers:
    """The answers of a cell in which they are joined."""
    by_name = {caseless(name): column for column in columns for name in column.names}
    chosen, strange, written = [], [], []
    for part in _ANSWER.findall(plain(value)) if not is_blank(value) else ():
        option, is_written, _ = part.partition(_OPEN)
        name = caseless(without_mark(option))
        if name in by_name:
            chosen.append(by_name[name].field.name)
        elif part.strip() and name not in words.others:
            strange.append(part.strip())
        if is_written or name in words.others:
            written.append(part.strip())
    return Answers(frozenset(chosen), tuple(strange), tuple(written))


def without_mark(answer: str) -> str:
    """An answer without the letter or number that a service puts before it: 优先接待 of A.优先接待."""
    return _MARK.sub("", answer.strip())


def is_chosen(value: Value, title: str, words: HeadWords) -> Value:
    """Whether an option was chosen; a cell that does not say so plainly stays as it is."""
    said = caseless(plain(value))
    if said in words.not_chosen:
        return False
    is_option = caseless(without_mark(plain(value).partition(_OPEN)[0])) == caseless(title)
    return True if said in words.chosen or is_option else value


def of_options(values: Sequence[Value]) -> list[Value]:
    """The options of one row: where any was chosen, a blank says that its own was not."""
    return [False if is_blank(value) and True in values else value for value in values]
