"""The questions of a form as a form service asks them: one after the other, each with its kind and its options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.kit.county import KitCounty
from site_builder.kit.workbook.choices import options_of
from site_builder.kit.workbook.entry import description, is_required
from site_builder.kit.workbook.lines import lines_of
from site_builder.model.forms import Form, FormColumn, Forms, RowKind

FILE = Path(__file__).parents[2] / "templates" / "kit" / "services.zh-CN.yml"
_ASKED = (RowKind.VILLAGES, RowKind.WINDOWS, RowKind.FREE)


class QuestionKind(StrEnum):
    """What kind of answer a question takes; the words for it are the services' own."""

    ONE = "one"  # of several options
    SEVERAL = "several"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. title: as it comes back at the head of a column; hint: what belongs there."""

    title: str
    kind: QuestionKind
    is_required: bool
    options: tuple[str, ...]
    hint: str


@cache
def words() -> dict[str, Any]:
    """The words of the question lists by section and key."""
    content: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def asked_forms(forms: Forms) -> list[Form]:
    """The forms that can be gathered so; one with a number for each record needs a person who gives the numbers out."""
    return [form for form in forms.forms.values() if form.rows in _ASKED]


def questions_of(form: Form, forms: Forms, county: KitCounty) -> Iterator[Question]:
    """The questions of a form for a county, in the order of its columns; those that belong together as one."""
    together = forms.head_words.together.get(form.table.name)
    fields = together.fields if together else ()
    for column in form.columns:
        if column.field.name not in fields:
            yield _question(column, form, county)
        elif together and column.field.name == fields[0]:
            titles = tuple(each.title for each in form.columns if each.field.name in fields)
            yield Question(
                title=together.names[0],
                kind=QuestionKind.SEVERAL,
                is_required=False,
                options=titles,
                hint=words()["several"],
            )


def _question(column: FormColumn, form: Form, county: KitCounty) -> Question:
    options = tuple(options_of(column, form, county).values()) or _named(column, form, county)
    return Question(
        title=column.title + words()["notes"].get(column.kind or column.field.type, "") * (not options),
        kind=QuestionKind.ONE if options else QuestionKind.TEXT,
        is_required=is_required(column),
        options=options,
        hint=column.field.description if options else description(column, form),
    )


def _named(column: FormColumn, form: Form, county: KitCounty) -> tuple[str, ...]:
    """What the kit fills in and locks where it is no code of a list: the number and the year of a window."""
    if form.rows is not RowKind.WINDOWS or column.field.name not in ("window_id", "campaign_year"):
        return ()
    return tuple(dict.fromkeys(line.texts[form.columns.index(column)] for line in lines_of(form, county)))
