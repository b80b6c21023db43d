"""Persons in free texts: whether a text about work names somebody who was helped, or says that there were but few.

The public need not know either. One function for each text of the kind, for every stage alike. A name is told by what
stands before it and after it: Chinese has no capitals, and 高度 after 当事人 is no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from site_builder.model.meanings import words
from site_builder.shared.characters import CLASSES

_HAN = f"[{CLASSES['ideograph']}]"
_MARKS = re.compile(rf"[\s{CLASSES['punctuation']}]+")
_AGE = r"[0-9一二三四五六七八九十两]{1,3}周?岁(?![以之]|及以|至|到|[-—~～])"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """That a text names a person.

    text: the part of it that does; is_plain: whether it can hardly mean another thing.
    """

    text: str
    is_plain: bool


@lru_cache(maxsize=1 << 16)
def person_said(text: str) -> PersonSaid | None:
    """Who a free text names, as it is written there; None for nobody.

    Plain is a name behind what a person in a case is called (受援人李成浩), or a sex with an age (男，46岁).
    Likely is one behind words of helping or of a group (帮李成浩讨薪, 老人王桂兰), also a covered one, and where
    somebody lives; behind an age (82岁的赵桂芝), behind the place of whom is helped (帮助腰甸村的孙玉珍), before a case
    or others who were helped too (孙玉珍赡养案, 张强等12名农民工), and a child that is called 小明.
    """
    plain = _plain().search(text)
    likely = None if plain else _likely().search(text)
    found = plain or likely
    return PersonSaid(text=found.group(), is_plain=plain is not None) if found else None


@lru_cache(maxsize=1 << 16)
def small_count_said(text: str) -> str:
    """The part of a text that says that one to nine persons were helped, or cases handled (3名聋哑人); "" for none.

    So few may be known to their neighbours: no figure of the site is so small either. Lawyers, volunteers and things
    may be counted.
    """
    found = _small_count().search(text)
    return found.group() if found else ""


@lru_cache(maxsize=1 << 12)
def named_alone(text: str) -> str:
    """The clause of a text that is nothing but somebody's name; "" for none."""
    return next((clause for clause in _MARKS.split(text) if _whole_name().fullmatch(clause)), "")


@cache
def _whole_name() -> re.Pattern[str]:
    return re.compile(_name())


def _name(*, covered: bool = False) -> str:
    """A usual surname and one or two characters that are not the rest of a word which only begins like a surname."""
    content = words()["persons_in_texts"]
    surname = "|".join((rf"[{words()['surnames']}]", *words()["compound_surnames"]))
    no_names, never = "|".join(content["no_names"]), content["never_given"]
    plain = rf"(?!{no_names})(?:{surname})(?![{never}])(?:(?!某){_HAN}(?![{never}]))?(?!某){_HAN}(?<![{never}])"
    return rf"(?:{plain}|(?:{surname})(?:某{{1,2}}|[某○×*Xx]{{1,2}}))" if covered else f"(?:{plain})"


def _end() -> str:
    """What may stand behind a name: an end, a mark, or what is done by or for a person."""
    follows = "|".join(words()["persons_in_texts"]["follows"])
    return rf"(?=$|[\s{CLASSES['punctuation']}]|{follows})"


@cache
def _plain() -> re.Pattern[str]:
    content = words()["persons_in_texts"]
    called = rf"(?:{'|'.join(content['called'])})(?:系|是|为|[:：“（(])?{_name()}{_end()}"
    sex = rf"(?<!{_HAN})[男女]性?[，,、\s]*(?:现年)?{_AGE}"
    of_name = rf"{_name()}[，,（(、\s]{{0,2}}[男女][，,、）)\s]"
    return re.compile(rf"{called}|{sex}|{of_name}")


@cache
def _likely() -> re.Pattern[str]:
    content = words()["persons_in_texts"]
    before = rf"(?:{'|'.join(content['helping'])})(?:{'|'.join(content['groups'])})?|(?:{'|'.join(content['groups'])})"
    helped = rf"(?:{before}){_name(covered=True)}{_end()}"
    called = rf"(?:{'|'.join(content['called'])})(?:系|是|为|[:：“（(])?{_name(covered=True)}"
    lives = rf"家住(?!{'|'.join(content['anywhere'])}){_HAN}{{1,12}}[村屯镇乡街路组社区号]"
    return re.compile(rf"{helped}|{called}|{lives}|{_among_others()}")


def _among_others() -> str:
    """Names that stand apart from the word that tells that somebody was helped, or have none before them."""
    content = words()["persons_in_texts"]
    groups, helping, cases = ("|".join(content[key]) for key in ("groups", "helping", "cases"))
    aged = rf"{_AGE}的?(?:{groups}|男孩|女孩)?{_name()}{_end()}"
    child = rf"(?:[男女]孩|孩子|儿童|少年)小{_HAN}(?=的|[，,。；]|被|在|因|$)"
    place = rf"[{CLASSES['ideograph']}0-9]{{1,16}}?[市县区镇乡村屯组社户]的?"
    placed = rf"(?:{helping}){place}(?:{groups})?{_name()}{_end()}"
    begins = rf"(?:(?<![{CLASSES['ideograph']}0-9])|办理|受理|代理|调解|处理|解决)"
    with_others = r"等[0-9一二三四五六七八九十]{1,3}[名位户人]"
    of_case = rf"的{_HAN}{{0,6}}?(?:{cases})|(?![{content['never_given']}]){_HAN}{{0,4}}?(?:案|纠纷|官司)"
    return rf"{aged}|{child}|{placed}|{begins}{_name()}(?:{with_others}|(?:[（(]{_HAN}{{2,12}}[）)])?(?:{of_case}))"


@cache
def _small_count() -> re.Pattern[str]:
    content = words()["small_counts_in_texts"]
    persons, cases, before, handling = (
        f"(?:{'|'.join(content[key])})" for key in ("persons", "cases", "before", "handling")
    )
    number = r"(?<![0-9０-９.．第十百千万亿每])(?:[1-9１-９]|[一二两三四五六七八九])\s*"
    between = rf"(?:(?!律师|志愿者|工作人员|干部){_HAN}){{0,8}}?"
    patterns = (
        rf"{number}[名位个户]{between}{persons}",  # 3名聋哑人, 两位行动不便的老人
        rf"{before}{persons}?(?:了)?{number}(?:名|位|户|人次?)(?!{_HAN}*?(?:律师|志愿者|工作人员|干部))",
        rf"{persons}(?:共|计|等)?{number}(?:名|位|户|人次?)",  # 受援人2名
        rf"(?!一\s*起){number}[件起宗]{between}{cases}",  # 3起欠薪纠纷; 一起 is mostly together
        rf"{handling}了?一起{between}{cases}",
        rf"{handling}{between}{number}(?:件|宗|起|人次)",  # 调解纠纷4起
    )
    return re.compile("|".join(patterns))
