"""An XLSForm as data, and as the workbook that pyxform, ODK Central and Kobo read (https://xlsform.org/en/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from site_builder.model.campaign import Campaign

_WIDTH = 24
_MESSAGES = ("label", "hint", "constraint_message", "required_message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A line of the survey sheet; the fields are the columns of the XLSForm standard. Expressions are XPath."""

    type: str
    name: str
    label: str = ""
    hint: str = ""
    required: str = ""
    required_message: str = ""
    constraint: str = ""
    constraint_message: str = ""
    relevant: str = ""
    default: str = ""
    calculation: str = ""
    choice_filter: str = ""
    appearance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line of the choices sheet; township: what a village is chosen by, else ""."""

    list_name: str
    name: str
    label: str
    township: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneForm:
    """A whole form. language: name and code, such as `中文 (zh)`; instance_name: XPath that names a filled-in form."""

    form_id: str
    title: str
    version: str
    language: str
    instance_name: str
    questions: Sequence[Question]
    choices: Sequence[Choice]


def begin(kind: str, name: str, **more: str) -> Question:
    """The line that opens a group or repeat."""
    return Question(type=f"begin_{kind}", name=name, **more)


def end(kind: str) -> Question:
    """The line that closes a group or repeat."""
    return Question(type=f"end_{kind}", name="")


def named(text: str) -> str:
    """A text with names from the record in it: `${` would begin a reference, which XLSForm has no way to escape."""
    return text.replace("${", "＄{")


def workbook(form: PhoneForm, campaign: Campaign) -> bytes:
    """The form as .xlsx; the same form gives the same bytes."""
    settings = {
        "form_title": named(form.title),
        "form_id": form.form_id,
        "version": form.version,
        "default_language": form.language,
        "instance_name": form.instance_name,
    }
    sheets = {
        "survey": [_line(asdict(question), form.language) for question in form.questions],
        "choices": [_line(asdict(choice) | {"label": named(choice.label)}, form.language) for choice in form.choices],
        "settings": [settings],
    }
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": form.title, "created": datetime.combine(campaign.data_as_of, time())})
    head = book.add_format({"bold": True, "bg_color": "#E7EEF7", "bottom": 1})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        columns = [column for column in lines[0] if any(line[column] for line in lines)]
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.write_row(0, 0, columns, head)
        for number, line in enumerate(lines, start=1):
            _write_line(sheet, number, [line[column] for column in columns])
    book.close()
    return memory.getvalue()


def _line(entry: Mapping[str, str], language: str) -> dict[str, str]:
    """A line by column head; what people read is marked with its language."""
    return {f"{key}::{language}" if key in _MESSAGES else key: text for key, text in entry.items()}


def _write_line(sheet: xlsxwriter.worksheet.Worksheet, number: int, texts: Sequence[str]) -> None:
    """Texts stay texts: a twelve-digit code must not become a number."""
    for place, text in enumerate(texts):
        if text:
            sheet.write_string(number, place, text)
