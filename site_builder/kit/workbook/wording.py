"""The words of the workbook, and what they are filled in with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.kit.county import KitCounty
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.model.forms import Form
from site_builder.record.returns import MONTHS

_SENTENCE = re.compile("[^。；]+[。；]?")
_HINT_LINE, _MOST_TITLE, _MOST_NAME = 62, 56, 48  # characters
_NOT_IN_XML = re.compile("[\x00-\x1f\ufffe\uffff]")
FILE = Path(__file__).parents[2] / "templates" / "kit" / "workbook.zh-CN.yml"


@cache
def words() -> dict[str, Any]:
    """The workbook's words by section and key."""
    content: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def day_in_words(day: date) -> str:
    """A day as it stands in a sentence, such as 2018年3月31日."""
    return str(words()["date"].format(year=day.year, month=day.month, day=day.day))


def attribute(text: str) -> str:
    """A text for places other than cells, where xlsxwriter does not escape what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def due_day(form: Form, campaign: Campaign) -> date | None:
    """The day by which a form is due; None when it has none of its own."""
    return next((milestone.due for milestone in campaign.milestones if milestone.key == form.milestone), None)


def demo_mark(campaign: Campaign) -> str:
    """What stands before every title of a workbook that holds invented data."""
    return str(words()["demo_mark"]) if campaign.data_status is DataStatus.DEMO else ""


def sheet_title(form: Form, county: KitCounty, campaign: Campaign) -> str:
    """The first line of a form's sheet."""
    names = {"county": county.name, "sheet": form.sheet, "year": campaign.year, "demo": demo_mark(campaign)}
    return str(words()["sheet"]["title"].format_map(names))


def sheet_hint(form: Form, campaign: Campaign, is_empty: bool) -> str:
    """The second line of a form's sheet: what is a row, by when, what the marks mean."""
    texts = words()["sheet"]
    if is_empty:
        return str(texts["nothing"])
    return f"{deadline(form, campaign, texts)}{form_hint(form)}{texts['legend']}"


def deadline(form: Form, campaign: Campaign, texts: Mapping[str, Any]) -> str:
    """By when a form is due, in words: by its day, each month, or whenever there is something.

    texts: the section of the words of the place where it is said.
    """
    if form.table.name == MONTHS:
        return str(texts["months_due"].format(day=campaign.pilot_months_due_day))
    due = due_day(form, campaign)
    return str(texts["due"].format(due=day_in_words(due)) if due else texts["no_due"])


def printed_header(title: str, hint: str) -> str:
    """The header of a printed sheet: its title, and its hint in lines that a page is wide enough for."""
    lines = [""]
    for part in _SENTENCE.findall(hint):
        is_full = lines[-1] and len(lines[-1]) + len(part) > _HINT_LINE
        lines.append(part) if is_full else lines.append(lines.pop() + part)
    return f"&L&B&14{_escaped(title, _MOST_TITLE)}&B&9\n" + "\n".join(lines)


def printed_footer(name: str) -> str:
    """The footer of a printed sheet: whose it is, who signs for it, the number of the page."""
    texts = words()["sheet"]
    return f"&L{_escaped(name, _MOST_NAME)}&C{texts['signature']}&R{texts['printed']}"


def _escaped(text: str, most: int) -> str:
    """A text for a header or footer, which has room for 255 characters in all."""
    return attribute(text)[:most].replace("&", "&&")


def form_hint(form: Form) -> str:
    """What one row of a form is about."""
    texts = words()["sheet"]
    return str(texts["table_hint"].get(form.table.name) or texts["hint"][form.rows])


def cover_names(county: KitCounty, campaign: Campaign) -> dict[str, str]:
    """What the sentences of the cover sheet are filled in with."""
    footer, texts = campaign.site.footer, words()["cover"]
    operator = footer.operator or footer.organiser or texts["operator"]
    if footer.phone:
        operator = texts["operator_with_phone"].format(operator=operator, phone=footer.phone)
    return {
        "county": county.name,
        "campaign": campaign.title,
        "year": str(campaign.year),
        "demo": demo_mark(campaign),
        "submitting_body": county.submitting_body or operator,
        "operator": operator,
        "hotline": campaign.hotline,
    }
