"""What one head means: exactly a name that is known, once what only dresses it is taken off. Nothing is guessed.

Numbers, marks, questions, notes and whose it is are taken off (survey_schemas/heads.json has the words); what is left
must be a name of survey_schemas/forms.json to the letter. What a head that is none may have meant is only ever asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from site_builder.collect.values import named_records
from site_builder.collect.values.choices import without_mark
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.model.head_words import HeadWords
from site_builder.shared.text_forms import caseless

_LONGEST = 60  # characters of a head; what is longer is none
_LIKE = 0.6  # how much of two texts must agree for the one to be asked for the other
_VERY_LIKE = 0.75  # of two texts, for the one to be hardly anything else than the other
_UNSEEN = re.compile("[*★\xad\u200b-\u200d\u2060\ufeff]|[가-힣]+[/·]?(?=.*[一-鿿])|(?<=[一-鿿])[/(（·]*[가-힣]+[)）]?")
_BRACKETS = str.maketrans("[]{}【】〔〕〖〗「」〈〉《》", "()" * 8)
_ENDS = ":?。.,、;!-_"
_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"^(?:q|no\.?|第|题目?|问题)?(?:\([0-9]{{1,3}}\)|\({_HAN}\)|[0-9]{{1,3}}(?:\.[0-9]{{1,3}})*(?![0-9])|{_HAN}(?=[、.,:题]))"
    r"题?[、.,:)\-]*"
)
_NOTE = re.compile(r"\(([^()]*)\)$")
_DIGITS = re.compile("[0-9]{1,2}位(?:数字|代码|数|号码)?")
_OPTION = re.compile(r"(?P<question>.*?[^a-z])(?:\((?P<inside>[^()]+)\)|[:_/|\-—]+(?P<behind>[^:_/|\-—]+))")
_ABOVE = "above"
_AUTOMATIC = "(自动)"
_PLACES = frozenset(("village_code", "recipient_code", "county_code"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """A head without some of what dressed it.

    is_own: it asked about whoever fills the form in; is_theirs: about the village or the county.
    """

    text: str
    notes: tuple[str, ...]
    is_own: bool = False
    is_theirs: bool = False


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Heads as they are looked up, whatever the form: each is taken apart once."""

    words: HeadWords
    known: dict[str, tuple[_Bare, ...]] = field(default_factory=dict)

    @cached_property
    def closed(self) -> Callable[[str], str]:
        """How a head is compared: width, case, spaces, brackets, Korean beside Chinese make no odds. Remembered."""
        return lru_cache(maxsize=1 << 14)(self._closed)

    def _closed(self, head: str) -> str:
        text = _UNSEEN.sub("", caseless(head)).translate(_BRACKETS)
        return text.translate(self._simplified).strip(_ENDS)

    def core(self, head: str) -> str:
        """A head without its number and marks, as it is known by when somebody says what it means."""
        return self.unmarked(_NUMBER.sub("", self.closed(head), count=1)) or self.closed(head)

    def bare(self, head: str) -> tuple[_Bare, ...]:
        """What is left of a head, with less and less around it."""
        if head not in self.known:
            self.known[head] = tuple(dict.fromkeys(self._bare(self.closed(head)))) if len(head) <= _LONGEST else ()
        return self.known[head]

    def counts_rows(self, head: str) -> bool:
        """Whether a column only numbers its rows."""
        return self.closed(head) in self._counted

    def is_of_service(self, head: str) -> bool:
        """Whether a form service has added the column, by its name or because nobody fills it in."""
        is_known = any(bare.text in self._of_services and not bare.is_own for bare in self.bare(head))
        return is_known or self.closed(head).endswith(_AUTOMATIC)

    def tells_time(self, head: str) -> bool:
        """Whether a service's column says when a row was sent."""
        return any(bare.text in self._submitted for bare in self.bare(head))

    @cached_property
    def _counted(self) -> frozenset[str]:
        return frozenset(map(self.closed, self.words.counted))

    @cached_property
    def _submitted(self) -> frozenset[str]:
        return frozenset(map(self.closed, self.words.submitted))

    @cached_property
    def _of_services(self) -> frozenset[str]:
        return frozenset(map(self.closed, (*self.words.service, *self.words.submitted)))

    @cached_property
    def _simplified(self) -> dict[int, str]:
        return str.maketrans(dict(self.words.traditional))

    @cached_property
    def _required(self) -> re.Pattern[str]:
        return re.compile(rf"\((?:{_any_of(self.words.required)})\)|(?<=.)(?:{_any_of(self.words.required)})$")

    @cached_property
    def _question(self) -> re.Pattern[str]:
        words = self.words
        asking, own, theirs = map(_any_of, (words.asking, words.own, words.theirs))
        counted = f"(?P<counted>{_any_of(words.counters)})?"
        whose = rf"(?:(?P<theirs>(?:{theirs})+)|(?P<own>{own}))?"
        return re.compile(rf"(?:{asking})*{whose}(?:{asking})*(?P<text>.+?)(?:(?:{_any_of(words.ends)}){counted})?")

    def _bare(self, head: str) -> Iterator[_Bare]:
        yield _Bare(text=head, notes=())
        for text in dict.fromkeys((head, _NUMBER.sub("", head, count=1))):
            rest, notes = self.unmarked(text), tuple[str, ...]()
            while rest:
                yield _Bare(text=rest, notes=notes)
                yield from self._asked(rest, notes)
                note = _NOTE.search(rest)
                if not note:
                    break
                rest, notes = rest[: note.start()].strip(_ENDS), (*notes, note[1].strip(_ENDS))

    def unmarked(self, text: str) -> str:
        """A head, as it is compared, without what says that it must be filled in, or how."""
        return self._required.sub("", text).strip(_ENDS)

    def _asked(self, text: str, notes: tuple[str, ...]) -> Iterator[_Bare]:
        asked = self._question.fullmatch(text)
        if asked:
            whose = {f"is_{name}": asked[name] is not None for name in ("own", "theirs")}
            counted = (asked["counted"],) if asked["counted"] else ()
            yield _Bare(text=asked["text"].strip(_ENDS), notes=(*notes, *counted), **whose)


def unmet(columns: Iterable[str], confirmed: Iterable[str], forms: Forms) -> list[str]:
    """Of the heads that somebody has confirmed, those that no sheet was read by."""
    wording = Wording(words=forms.head_words)
    met = set(map(wording.core, confirmed))
    return [head for head in columns if wording.core(head) not in met]


def of_forms(forms: Forms, confirmed: Mapping[str, str]) -> list[Titles]:
    """The heads of every form."""
    wording = Wording(words=forms.head_words)
    known = {wording.core(head): title for head, title in confirmed.items()}
    return [Titles(form=form, forms=forms, wording=wording, confirmed=known) for form in forms.forms.values()]


class Materials(NamedTuple):
    """What a head names of the materials on record, by number and title. is_sure: one, and its number below."""

    numbers: tuple[str, ...]
    is_sure: bool
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Titles:
    """The heads of one form. confirmed: heads that somebody has confirmed, bare, with the title they mean."""

    form: Form
    forms: Forms
    wording: Wording
    confirmed: Mapping[str, str]

    def column(self, head: str) -> FormColumn | None:
        """The column that a head names."""
        for bare in self.wording.bare(head):
            found = self._named(bare)
            if found:
                return found
        return self._one_of_several(head)

    def in_brackets(self, head: str) -> FormColumn | None:
        """The column whose name stands in brackets behind something that is no name: 16(工作电话)."""
        note = _NOTE.search(self.wording.closed(head))
        return self._names.get(note[1].strip(_ENDS)) if note else None

    def is_one_of_several(self, head: str) -> bool:
        """Whether a head names one answer of a question that allows several."""
        return self._one_of_several(head) is not None

    def context(self, head: str) -> str:
        """The kind of column that only helps the reader; "" for others."""
        for bare in self.wording.bare(head):
            kind = self._context.get(bare.text, "")
            if kind and all(self._says_nothing(note, "any") for note in bare.notes):
                return kind
        return self._level(head).replace(_ABOVE, "")

    def is_above_counties(self, head: str) -> bool:
        """Whether a head is a level of a place of which nothing is asked: 所在村_省 beside 所在村_村."""
        return self._level(head) == _ABOVE

    def several(self, head: str) -> tuple[FormColumn, ...]:
        """The columns of a question that allows several answers, all in one cell."""
        return tuple(self._together.values()) if any(map(self._is_together, self.wording.bare(head))) else ()

    def is_personal(self, head: str) -> bool:
        """Whether a head asks for what must not be collected."""
        return any(word in self.wording.closed(head) for word in self.wording.words.personal)

    def confirmed_meaning(self, head: str) -> FormColumn | str | None:
        """What somebody has confirmed that a head means: a column, or the kind of one that only helps the reader."""
        title = self.confirmed.get(self.wording.core(head))
        if title is None:
            return None
        titled = (column for column in (*self.form.columns, *self.form.record_columns) if column.title == title)
        return next(titled, None) or self._context.get(self.wording.closed(title))

    def materials(self, head: str, counted: FormColumn) -> Materials:
        """The materials on record that a head names: by number, by title, its end, most of it, or what is left of it.

        Several where it is the end of several titles, such as 公示板; sure only where what stands behind the name says
        no more than the column in which they are counted: not 宣传单（箱）.
        """
        for bare in self.wording.bare(head):
            found = tuple(named_records.materials_named(bare.text, self._materials))
            if found:
                is_sure = len(found) == 1 and all(self._fits(note, counted) for note in bare.notes)
                return Materials(found, is_sure, tuple(self.forms.materials[number] for number in found))
        return Materials((), is_sure=False)

    def of_kind(self, head: str) -> tuple[str, ...]:
        """The titles of the materials of the kind that a head names: a 海报 for 招贴画."""
        text = min((bare.text for bare in self.wording.bare(head)), key=len, default="")
        found = named_records.of_kind(text, self._materials, self.forms.material_words)
        return tuple(self.forms.materials[number] for number in found)

    @cached_property
    def _materials(self) -> dict[str, str]:
        return {number: self.wording.closed(title) for number, title in self.forms.materials.items()}

    def has_unit(self, head: str) -> bool:
        """Whether a head says in brackets in which unit its numbers are: 海报（张）, 帮扶（户）."""
        units = {*self.wording.words.counters, *(unit for column in self.form.columns for unit in column.units)}
        return any(note.removeprefix("单位:") in units for bare in self.wording.bare(head) for note in bare.notes)

    def likeliest(self, head: str, among: Iterable[FormColumn]) -> FormColumn | None:
        """The column that an unknown head may have meant; a person is asked."""
        texts = {bare.text for bare in self.wording.bare(head)}
        among = [column for column in among if any(not self.says_other(head, name) for name in self._meant(column))]
        scored = [(self._nearness(texts, column), column) for column in among if texts]
        score, column = max(scored, key=lambda each: each[0], default=(0.0, None))
        return column if score >= _LIKE else None

    def is_very_like(self, head: str, column: FormColumn) -> bool:
        """Whether an unknown head is so like a column's that it is hardly another one's."""
        texts = {bare.text for bare in self.wording.bare(head)}
        return self._nearness(texts, column) >= _VERY_LIKE

    def says_other(self, head: str, name: str) -> bool:
        """Whether a head asks for something else than a name: who was liaison before, who is poor no more."""
        return any(word in head and word not in name for word in self.wording.words.opposites)

    def is_of_others(self, outer: Sequence[str], column: FormColumn) -> bool:
        """Whether the heads over one make it another's: 联系电话 under 包保单位, 姓名 under 原联络员.

        A day under the head of another day is a part of that: the last day of a posting ends no term.
        """
        if not (column.kind or column.field.choices or column.field.type == "date"):
            return bool(column.field.each) and named_records.name_material(outer, self.forms.material_words)
        days = [each for each in map(self.column, outer) if each is not None and each.field.type == "date"]
        is_other_day = column.field.type == "date" and any(each is not column for each in days)
        words = (*self.wording.words.strangers, *self.wording.words.opposites)
        return is_other_day or any(word in self.wording.closed(head) for head, word in product(outer, words))

    def _nearness(self, texts: Iterable[str], column: FormColumn) -> float:
        """How much one of the texts looks like one of a column's names that it may mean."""
        aliases = self.forms.choice_aliases.get(column.field.each, {})  # of a group, where people of it are counted
        names = (*self._meant(column), *(word for word, code in aliases.items() if code == column.field.name))
        pairs = product(texts, map(self.wording.closed, names))
        return max((_nearness(text, name) for text, name in pairs if not self.says_other(text, name)), default=0.0)

    def _meant(self, column: FormColumn) -> tuple[str, ...]:
        """What a head may be that means a column, by its names and by those that are only asked about."""
        asked = self.wording.words.may_mean.get(self.form.table.name, {})
        return (*column.names, *asked.get(column.field.name, ()))

    # ---- names

    def _named(self, bare: _Bare) -> FormColumn | None:
        found = self._names.get(bare.text) or self._of_subject(bare.text)
        is_sure = found and self._is_sure_whose(bare, found) and all(self._fits(note, found) for note in bare.notes)
        return found if is_sure else None

    def _is_sure_whose(self, bare: _Bare, column: FormColumn) -> bool:
        """您的电话 may be that of whoever fills the form in, 本村电话 the office's; 您的村 and 本村农民工 are plain."""
        if bare.text.startswith(self._subjects):
            return True
        return (not bare.is_own or column.field.name in _PLACES) and not (bare.is_theirs and column.kind)

    @property
    def _subjects(self) -> tuple[str, ...]:
        return self.wording.words.subjects.get(self.form.table.name, ())

    def _of_subject(self, text: str) -> FormColumn | None:
        """联络员的职务 is 职务 where the form is of liaisons; of a code it could be another one's."""
        for subject in self._subjects:
            if text.startswith(subject):
                found = self._names.get(text.removeprefix(subject).removeprefix("的"))
                return found if found and found.field.name not in _PLACES else None
        return None

    def _fits(self, note: str, column: FormColumn) -> bool:
        """Whether a note in brackets says nothing else than the column means anyway."""
        kind = "code" if column.field.name in _PLACES else column.kind or column.field.type
        named = map(self.wording.closed, column.names)
        is_said = note in self._subjects or note.removeprefix("单位:") in column.units or note in named
        return is_said or self._says_nothing(note, kind) or self._lists_choices(note, column)

    def _says_nothing(self, note: str, kind: str) -> bool:
        words = self.wording.words
        is_known = note in words.notes["any"] or note in words.notes.get(kind, ()) or not note
        return is_known or note.startswith(words.notes_begin) or (kind == "code" and bool(_DIGITS.fullmatch(note)))

    def _lists_choices(self, note: str, column: FormColumn) -> bool:
        choices = set(map(self.wording.closed, column.field.choices.values()))
        choices |= set(map(self.wording.closed, self.forms.choice_aliases.get(column.field.code_list, {})))
        parts = re.split(r"[、,;/|或]", note.removesuffix("等"))
        return bool(choices) and choices.issuperset(part for part in parts if part not in self.wording.words.others)

    @cached_property
    def _names(self) -> dict[str, FormColumn]:
        """Columns by every name they are known by; a title goes before another column's alias."""
        columns = self._columns
        known: dict[str, FormColumn] = {}
        for column in columns:
            known.setdefault(self.wording.closed(column.title), column)
        for column in columns:
            for name in column.names:
                known.setdefault(self.wording.closed(name), column)
        return known

    @cached_property
    def _columns(self) -> list[FormColumn]:
        own = list(self.form.columns)
        present = {(column.field.name, tuple(column.fixed.values())) for column in own}
        return own + [column for column in self.form.record_columns if (column.field.name, ()) not in present]

    @cached_property
    def _context(self) -> dict[str, str]:
        return {self.wording.closed(name): kind for kind, names in self.forms.context.items() for name in names}

    def _level(self, head: str) -> str:
        """The kind of column that is one level of a place, which a service gives in a column each; "" for others."""
        match = _OPTION.fullmatch(self.wording.unmarked(self.wording.closed(head)))
        kind = self.context(match["question"]) if match else ""
        level = (match["inside"] or match["behind"]) if match else ""
        return self._levels.get(level, "") if kind == "region" or kind in self.wording.words.levels else ""

    @cached_property
    def _levels(self) -> dict[str, str]:
        kinds = self.wording.words.levels.items()
        return {self.wording.closed(name): kind for kind, names in kinds for name in names}

    # ---- questions that allow several answers

    @cached_property
    def _together(self) -> dict[str, FormColumn]:
        """The columns of such a question, by field."""
        group = self.wording.words.together.get(self.form.table.name)
        by_field = {column.field.name: column for column in self._columns}
        return {name: by_field[name] for name in group.fields} if group else {}

    def _is_together(self, bare: _Bare) -> bool:
        group = self.wording.words.together.get(self.form.table.name)
        return group is not None and bare.text in map(self.wording.closed, group.names)

    def _one_of_several(self, head: str) -> FormColumn | None:
        """The column of one answer, where a service gives each a column of its own: 题目:选项, 题目(选项), 16(选项)."""
        match = _OPTION.fullmatch(self.wording.closed(head)) if self._together else None
        if match and (self.several(match["question"]) or not _NUMBER.sub("", match["question"]).strip(_ENDS)):
            found = self._names.get(without_mark(match["inside"] or match["behind"]).strip(_ENDS))
            return found if found and found.field.name in self._together else None
        return None


def _nearness(text: str, name: str) -> float:
    """How much a text looks like a name: the last words of a Chinese head say what it is."""
    if len(name) > 1 and text.endswith(name):
        return 2 + len(name)
    if len(name) > 1 and name in text:
        return 1 + len(name) / len(text)
    return SequenceMatcher(None, text, name).ratio()


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
