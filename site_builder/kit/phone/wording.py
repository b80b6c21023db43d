"""The words of the phone forms, and the names by which an export calls their questions."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.model.forms import FormColumn, Forms

FILE = Path(__file__).parents[2] / "templates" / "kit" / "phone.zh-CN.yml"
SURVEY, NEEDS = "village_surveys", "needs"
_SYNONYMS = 4  # up to so many words may mean the same unit; a longer list has different measure words


@cache
def words() -> dict[str, Any]:
    """The phone forms' words by section and key."""
    content: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def survey_label(column: FormColumn) -> str:
    """A question of the village survey, with the number that it has on paper, such as `3.3 贫困户数（户）`."""
    if 0 < len(column.units) <= _SYNONYMS:
        return str(words()["label_with_unit"].format(number=column.number, title=column.title, unit=column.units[0]))
    return str(words()["label"].format(number=column.number, title=column.title))


def need_label(column: FormColumn) -> str:
    """A question about one need. It has no number: on paper each pair of group and matter has its own."""
    return column.title


def residents_labels(hotline: str) -> dict[str, str]:
    """The questions of the residents' questionnaire by name."""
    return {name: label.format(hotline=hotline) for name, label in words()["residents"]["labels"].items()}


def survey_labels(forms: Forms) -> dict[str, str]:
    """The questions of the village survey by name, without those about each of its needs."""
    needs_asked = words()["label"].format(
        number=forms.forms[NEEDS].number, title=words()["village_survey"]["needs_asked"]
    )
    return {
        "township": str(words()["places"]["township"]),
        **{column.field.name: survey_label(column) for column in forms.forms[SURVEY].columns},
        "needs_asked": str(needs_asked),
    }


def needs_labels(forms: Forms) -> dict[str, str]:
    """The questions about one need by name."""
    return {column.field.name: need_label(column) for column in need_columns(forms)}


def need_columns(forms: Forms) -> list[FormColumn]:
    """The columns of one need: who, what, how many."""
    form = forms.forms[NEEDS]
    fixed = {name for column in form.columns for name in column.fixed}
    counted = {column.field.name for column in form.columns if column.fixed}
    return [column for column in form.record_columns if column.field.name in fixed | counted]
