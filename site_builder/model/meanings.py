"""Values by their meaning: what a free text that reaches the public says, and what in its place says something else.

One function for each kind of value, for every stage alike: collecting, the check of the record and the gate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.shared.characters import CLASSES
from site_builder.shared.codes import Code

WORDS_FILE = Path(__file__).parents[1] / "templates" / "meanings.zh-CN.yml"
_CLAUSE = re.compile("[,，、;；。()（）]")
_LONGEST_WORD = 24  # of characters that say that something does not count
_MOST = 15  # Han characters of the longest name
_HAN = f"[{CLASSES['ideograph']}々]"
# A name of Han characters, in parts where it is a translation; or one written out in the script of its own people.
_HAN_NAME = re.compile(rf"{_HAN}+(?:·{_HAN}+)*")
_OWN_SCRIPT = re.compile(
    rf"[가-힣]{{2,7}}|(?:(?:[{CLASSES['arabic']}]{{2,}}|[{CLASSES['mongolian']}]{{2,}}|[{CLASSES['cyrillic']}]{{2,}})"
    r"[ ·\u202f\u180e-]?)+"
)
# Lost on the way from one encoding to another: question marks, boxes, the geta of printers, replacement, private use.
_LOST = re.compile(r"[?？□■〓▯▢\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_MASKED = re.compile(r"[*＊○◯〇●◎×✕✗✘△▲☆★#＃_＿Xx]|某|(?<=.)(?:-|—|…|\.\.)+")
# A name with a telephone behind it, perhaps in brackets; and one with what leads to a footnote behind it.
_WITH_PHONE = re.compile(r"(.+?)[\s(（:：,，、/]*[0-9０-９](?:[\s—–－-]*[0-9０-９]){6,}[)）]?")
_WITH_MARK = re.compile(r"(.+?)\s*([*＊※#＃★☆△▲①-⑩])")
_BRACKETED = re.compile(r"[(（\[【〔<《][^)）\]】〕>》]*[)）\]】〕>》]?")
_BETWEEN = re.compile(r"\s*[、,，/;；&+|｜┋\\]\s*|(?:\s+(?:和|与|及|或|兼)\s+)")
_JOINED = re.compile("[和与及或]")
_AND_OTHERS = re.compile(r"(.*[^平均高同])等(?:[0-9一二两三四五六七八九十几]*人)?")
_BLANKS = re.compile(r"\s+")
_SENTENCE_ENDS = re.compile(r"[。；;！!\n\r]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoName:
    """Why a text is no person's name.

    code: of the problem; character: the one at fault, or ""; offered: the name that is in it, or "".
    """

    code: Code
    character: str = ""
    offered: str = ""

    @property
    def details(self) -> dict[str, str]:
        """What fills the sentence of its problem."""
        of_footnote = {"note": ""} if self.code is Code.NAME_MARKED else {}
        return {"character": self.character, "name": self.offered, **of_footnote}


@lru_cache(maxsize=1 << 17)
def no_name(text: str) -> NoName | None:
    """Why a text is not the full name of one person; None where it is one.

    A name is 2 to 15 Han characters, rare ones too, perhaps in parts with · between, or stands in Hangul, Mongolian,
    Arabic or Cyrillic letters. Digits, Latin letters, marks and brackets are in no name.
    """
    whole = text.strip()
    closed = _BLANKS.sub("", whole)
    bare = _BLANKS.sub("", _BRACKETED.sub("", whole)).strip("-—:：.。 ")
    if _means("vacant", bare) or (not bare and _means("vacant", closed.strip("()（）[]【】"))):
        return NoName(code=Code.NAME_VACANT)
    found = _of_no_person(whole, closed, bare) or _with_sign(closed) or _spoiled(whole)
    return found or _of_two(whole) or _with_more(whole, closed, bare)


def no_names(text: str) -> NoName | None:
    """Why a text is not the full names of one or more persons: of fields that only the office reads."""
    found = no_name(text)
    if found is None or found.code != Code.NAME_SEVERAL:
        return found
    return next(filter(None, map(no_name, _apart(text))), None)


def _apart(text: str) -> list[str]:
    """The pieces of a text that names several persons; two names apart by a blank are told by their blanks."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    return parts if len(parts) > 1 else [part for part in _BLANKS.split(text.strip()) if part]


@lru_cache(maxsize=1 << 17)
def no_text(text: str) -> bool:
    """Whether a free text says nothing, but that there is nothing to say, or where it is said.

    For texts that the public reads, such as an address: 同上 is none on any page.
    """
    return _means("no_texts", text.strip().lower())


@lru_cache(maxsize=1 << 12)
def of_leaving(text: str) -> str:
    """The sentence of a text that says that somebody left, or was followed, or that a post is vacant; "" for none."""
    sentences = (_BLANKS.sub("", part) for part in _SENTENCE_ENDS.split(text))
    return next(filter(_leaving("leaving").search, sentences), "")


@lru_cache(maxsize=1 << 12)
def has_left(text: str) -> str:
    """The sentence of a text beside a person's name that says that this one has left; "" for none.

    Of somebody before, of a relative or of a telephone it may say anything.
    """
    sentences = (_BLANKS.sub("", part) for part in _SENTENCE_ENDS.split(text))
    other = re.compile("|".join(words()["of_others"]))
    return next((one for one in sentences if _leaving("gone").search(one) and not other.search(one)), "")


@lru_cache(maxsize=1 << 12)
def has_changed(text: str) -> bool:
    """Whether a text beside a person's name says that another one has come: 已换人，现为王立新."""
    return _leaving("changed").search(_BLANKS.sub("", text)) is not None


@lru_cache(maxsize=1 << 12)
def annuls(text: str, *, is_delivery: bool = False) -> bool:
    """Whether a short text beside a record says somewhere that it does not count: 作废, 未发, 示例, 重复，不报."""
    return _is_said(text, "annulled", "undone", *(["unhung"] if is_delivery else []))


@lru_cache(maxsize=1 << 12)
def undone(text: str) -> bool:
    """Whether what should name something done says that it was not: 因雨取消, 未开展."""
    return _is_said(text, "undone")


@lru_cache(maxsize=1 << 12)
def contradicts(text: str, table: str) -> bool:
    """Whether a remark says of a record of a table that it is not so: 已退回 of a delivery, 改期 of an event."""
    patterns, closed = words()["not_so"].get(table, ()), _BLANKS.sub("", text)
    return any(re.search(pattern, closed) for pattern in patterns)


@lru_cache(maxsize=1 << 12)
def moves(text: str) -> bool:
    """Whether an address says that whoever is there moves: 团结路48号（6月11日起迁至光明街5号）."""
    return any(re.search(pattern, _BLANKS.sub("", text)) for pattern in words()["moves"])


@lru_cache(maxsize=1 << 12)
def no_village(text: str) -> bool:
    """Whether behind a village's name stands in brackets that it is none any more: 北郊村（已并入南郊村）."""
    return any(
        _means("no_village", _BLANKS.sub("", inside).strip("()（）[]【】")) for inside in _BRACKETED.findall(text)
    )


@lru_cache(maxsize=1 << 12)
def may_change(text: str) -> bool:
    """Whether a remark that goes into no field may change what its row says: a day, a figure, a word of change."""
    closed = _BLANKS.sub("", text)
    has_sign = any(character.isdigit() for character in closed) or any(w in closed for w in words()["of_change"])
    return has_sign and not _means("harmless", closed.strip("。.")) and not closed.isdigit()


def counts_none(text: str) -> bool:
    """Whether a short text in a row without a figure says that there is nothing to count: 无需求."""
    return _is_said(text, "none_to_count")


def _is_said(text: str, *kinds: str) -> bool:
    """Whether a short text, or a clause of it, is one of these kinds of words."""
    closed = _BLANKS.sub("", text).strip("()（）[]【】。.!！*＊")
    clauses = (closed, *_CLAUSE.split(closed))
    return len(closed) <= _LONGEST_WORD and any(_means(kind, clause) for kind in kinds for clause in clauses)


def _of_no_person(whole: str, closed: str, bare: str) -> NoName | None:
    """A post, a body or a word of the form where somebody's name should stand."""
    if {bare, closed} & _listed() or _means("bodies", bare) or _means_post(bare) or _means_post(closed):
        return NoName(code=Code.NAME_POST)
    return NoName(code=Code.NAME_NICKNAME) if _nickname().fullmatch(closed) else None


def _with_sign(closed: str) -> NoName | None:
    """A whole name with a telephone behind it, or with the mark of a footnote, which covers no character of it."""
    phone, mark = _WITH_PHONE.fullmatch(closed), marked_name(closed)
    if phone and _is_name(phone[1]):
        return NoName(code=Code.NAME_WITH_PHONE, offered=phone[1])
    covers_none = mark is not None and len(mark[0]) > 2 and mark[0][:2] not in words()["compound_surnames"]
    return NoName(code=Code.NAME_MARKED, character=mark[1], offered=mark[0]) if mark and covers_none else None


def marked_name(text: str) -> tuple[str, str] | None:
    """A name with the mark of a footnote behind it, as both: 于月荣 and * of 于月荣*; None for anything else."""
    found = _WITH_MARK.fullmatch(_BLANKS.sub("", text))
    return (found[1], found[2]) if found and _is_name(found[1]) else None


def _spoiled(whole: str) -> NoName | None:
    """A name in which a character was lost, or was covered on purpose."""
    lost, masked = _LOST.search(whole), _MASKED.search(whole)
    if lost:
        return NoName(code=Code.NAME_DAMAGED, character=lost.group())
    return NoName(code=Code.NAME_MASKED, character=masked.group()) if masked else None


def _of_two(whole: str) -> NoName | None:
    """More than one person in one cell."""
    outside = _BRACKETED.sub("", whole)
    parts = [_BLANKS.sub("", part) for part in _BETWEEN.split(outside) if part and part.strip()]
    pieces = [part for part in _BLANKS.split(outside.strip()) if part]
    joined = _JOINED.split(_BLANKS.sub("", outside))
    if (
        (len(parts) > 1 and sum(len(part) > 1 for part in parts) > 1)
        or (len(pieces) > 1 and all(map(_is_plainly_whole, pieces)))
        or (len(joined) > 1 and all(map(_is_plainly_whole, joined)))
        or _AND_OTHERS.fullmatch(outside.strip())
    ):
        return NoName(code=Code.NAME_SEVERAL)
    return None


@lru_cache(maxsize=1 << 17)
def glued_names(text: str) -> tuple[str, str] | None:
    """The two names that a text may be, written without anything between: 王敏 and 李强 of 王敏李强; None for none.

    Only likely: a name in four characters may be one person's, so this is asked and never refused.
    """
    if not 4 <= len(text) <= 6 or text[:2] in words()["compound_surnames"]:
        return None
    if text[-2:] in words()["mongolian_ends"]:
        return None
    pairs = ((text[:place], text[place:]) for place in (2, 3))
    return next((pair for pair in pairs if all(map(_is_plainly_whole, pair))), None)


def is_plain_name(text: str) -> bool:
    """Whether a text is somebody's full name and hardly anything else, where a post should stand."""
    return no_name(text) is None and _is_plainly_whole(text)


def _is_plainly_whole(part: str) -> bool:
    """Whether a piece of a text is itself a common name: a usual surname and one or two characters after it."""
    is_surname_alone = part in words()["compound_surnames"]
    return 2 <= len(part) <= 3 and part[0] in words()["surnames"] and not is_surname_alone


def _with_more(whole: str, closed: str, bare: str) -> NoName | None:
    """A name with a note or an office beside it, or what is no name for another reason."""
    inside = _without_post(bare)
    if _means("unlike", closed):
        return NoName(code=Code.NAME_UNLIKE)
    if _is_name(closed) and inside == closed:
        return None
    if inside != closed and _is_name(inside):
        return NoName(code=Code.NAME_ANNOTATED, offered=inside)
    return NoName(code=Code.NAME_UNLIKE)


def _is_name(text: str) -> bool:
    """Whether a text without blanks is made as names are."""
    if _HAN_NAME.fullmatch(text):
        return 2 <= len(text.replace("·", "")) <= _MOST
    return _OWN_SCRIPT.fullmatch(text) is not None


def _without_post(bare: str) -> str:
    """A name without the office or form of address before or after it."""
    after, before = _post_patterns()
    for pattern in (after, before):
        found = pattern.fullmatch(bare)
        if found:
            return str(found["name"])
    return bare


def _means_post(bare: str) -> bool:
    """Whether a text is an office, alone or after no more than a surname."""
    return _post_alone().fullmatch(bare) is not None


def _means(kind: str, text: str) -> bool:
    return _patterns(kind).fullmatch(text) is not None


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words()[kind]))


@cache
def _post_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An office after a name, and one before it."""
    posts, ranks = "|".join(words()["posts"]), "|".join(words()["ranks"])
    after = re.compile(rf"(?P<name>.{{2,}}?)[:：,，、-]?(?:{ranks})*(?:{posts})+")
    return after, re.compile(rf"(?:{ranks})*(?:{posts})+[:：,，、-]?(?P<name>.{{2,4}})")


@cache
def _post_alone() -> re.Pattern[str]:
    content = words()
    ranks, posts = "|".join(content["ranks"]), "|".join(content["posts"])
    alone = "|".join(content["posts_alone"])
    surname = "|".join((rf"[{content['surnames']}]", *content["compound_surnames"]))
    office = rf"(?:{ranks})*(?:{posts})+"
    return re.compile(rf"(?:{surname})?{office}(?:[兼、/]{office})*|(?:村|驻村|乡|镇)?(?:{alone})(?:{posts})?")


@cache
def _leaving(kind: str) -> re.Pattern[str]:
    """A word of leaving that nothing before it denies, and that is no instruction for what to fill in."""
    said, no = "|".join(words()[kind]), words()["not_leaving"]
    before = "".join(f"(?<!{word})" for word in no["before"])  # each of its own width, as `re` asks
    return re.compile(rf"{before}(?:{said})(?!{'|'.join(no['after'])})")


@cache
def _nickname() -> re.Pattern[str]:
    """A surname with what neighbours call somebody by: 老李, 王大爷."""
    surname = f"[{words()['surnames']}]"
    return re.compile("|".join(pattern.replace("{surname}", surname) for pattern in words()["nicknames"]))


@cache
def _listed() -> frozenset[str]:
    return frozenset([*words()["words"], *words()["roles"]])


@cache
def words() -> dict[str, Any]:
    """The words and patterns of what is no name."""
    content: dict[str, Any] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content
