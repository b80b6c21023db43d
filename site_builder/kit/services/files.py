"""The files of the question lists: for each form a text that 问卷星 imports, and a list to paste from for others."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from site_builder.kit.county import KitCounty
from site_builder.kit.services.questions import Question, asked_forms, questions_of, words
from site_builder.kit.workbook.wording import attribute, sheet_title
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Form, Forms

_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = (6, 28, 10, 8, 46, 46)


def service_files(county: KitCounty, forms: Forms, campaign: Campaign) -> dict[str, bytes]:
    """The county's question lists by file name; none for a county without villages, which nobody could be asked of."""
    if not county.villages:
        return {}
    asked = [(form, list(questions_of(form, forms, county))) for form in asked_forms(forms)]
    names = words()["files"]
    texts = {
        names["import"].format(sheet=form.sheet, county=county.code): import_text(
            sheet_title(form, county, campaign), questions
        ).encode()
        for form, questions in asked
    }
    return texts | {names["list"].format(county=county.code): _list(county, asked, campaign)}


def import_text(title: str, questions: Sequence[Question]) -> str:
    """A form as 问卷星 takes it in: its title, what must not be written, numbered questions, options line by line.

    As its own wjx-ai-kit reads such a text (text-to-survey.ts): `1. 题目[单选题]（选填）`.
    """
    return "\n\n".join([title, words()["intro"], *_blocks(questions)]) + "\n"


def _blocks(questions: Sequence[Question]) -> Iterator[str]:
    texts = words()["import"]
    for number, question in enumerate(questions, start=1):
        head = texts["question"].format(
            number=number,
            title=question.title,
            kind=words()["kinds"][question.kind],
            optional="" if question.is_required else texts["optional"],
        )
        yield "\n".join([head, *question.options])


def _list(county: KitCounty, asked: Sequence[tuple[Form, list[Question]]], campaign: Campaign) -> bytes:
    """A workbook to type or paste from: how it is used, then a sheet for each form; the same input, the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, _SETTINGS)
    book.set_properties({"created": datetime.combine(campaign.data_as_of, time()), "title": attribute(county.name)})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    about = book.add_worksheet(words()["about"]["sheet"])
    about.set_column(0, 0, 110)
    for row, line in enumerate(words()["about"]["lines"]):
        about.write_string(row, 0, line, wrapped)
    for form, questions in asked:
        sheet = book.add_worksheet(form.sheet)
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width, wrapped)
        _write_questions(sheet, questions)
    book.close()
    return out.getvalue()


def _write_questions(sheet: Worksheet, questions: Sequence[Question]) -> None:
    """One question a row; its options in one cell, one a line, as the services let them be pasted."""
    for place, head in enumerate(words()["list"]["heads"]):
        sheet.write_string(0, place, head)
    for row, question in enumerate(questions, start=1):
        texts = [
            *(str(row), question.title, words()["list"]["kinds"][question.kind]),
            words()["list"]["required"][question.is_required],
            *("\n".join(question.options), question.hint),
        ]
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text)
    sheet.freeze_panes(1, 0)
