"""The page of county feedback: one HTML file that loads nothing, for a phone, a desk and paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from site_builder import look
from site_builder.county_feedback.context import TEMPLATES, FeedbackContext, words
from site_builder.county_feedback.understood import descriptions
from site_builder.model.forms import PROBLEM_SHEET
from site_builder.shared import content_policy
from site_builder.shared.problems import Problem, catalogue, folded, layout, remedy, sentence, shown_name
from site_builder.untrusted_files import Sheet

MOST_LINES = 50


def html(
    file_name: str, sheets: Sequence[Sheet], problems: Sequence[Problem], context: FeedbackContext, workbook: str
) -> bytes:
    """The page. workbook: the name of the marked copy that goes with it, or ""."""
    errors = sum(problem.is_error for problem in problems)
    state = _state(context, errors, len(problems), workbook)
    content = (
        _environment()
        .get_template("feedback.html.jinja")
        .render(
            file=shown_name(file_name),
            context=context,
            workbook=workbook,
            state=state,
            verdict=_sound(context, len(problems)) if context.accepted else "refused",
            errors=errors,
            warnings=len(problems) - errors,
            parts=_parts(problems, sheets),
            most=MOST_LINES,
            sheet_name=PROBLEM_SHEET,
            understood=list(descriptions(context.tables)),
        )
    )
    return content.encode("utf-8", errors="replace")


def _state(context: FeedbackContext, errors: int, count: int, workbook: str) -> str:
    """Which steps come next: a key of the words."""
    if context.accepted and not errors:
        return _sound(context, count)
    return "refused_with_workbook" if workbook else "refused_without_workbook"


def _sound(context: FeedbackContext, count: int) -> str:
    """What is said of a return without errors. count: of its problems."""
    return ("seen" if context.is_look else "accepted") + ("_with_warnings" if count else "")


def _parts(problems: Sequence[Problem], sheets: Sequence[Sheet]) -> list[dict[str, object]]:
    """The problems of the whole file, then those of each sheet in the order of the workbook."""
    places = {sheet.name: place for place, sheet in enumerate(sheets)}
    hidden = {sheet.name for sheet in sheets if sheet.is_hidden}
    names = sorted({problem.sheet for problem in problems}, key=lambda name: (name != "", places.get(name, 999), name))
    by_sheet = {name: [problem for problem in problems if problem.sheet == name] for name in names}
    return [
        {"sheet": name, "count": len(own), "is_hidden": name in hidden, "groups": folded(own)}
        for name, own in by_sheet.items()
    ]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"words": words(), "layout": layout(), "levels": layout()["levels"]}
    environment.filters |= {"sentence": sentence, "remedy": remedy, "cut": shown_name}
    environment.filters |= {"level": level, "address": address, "day": _day}
    style = Markup(look.style("county_feedback/feedback.css"))  # noqa: S704  (ours)
    environment.globals |= {"style": style, "policy": content_policy.of_plain_page(style)}
    environment.filters["fill"] = lambda text, **values: text.format(**values)
    return environment


def level(problem: Problem) -> str:
    """The level of a problem: error or warning."""
    return catalogue()[problem.code].level


def address(problem: Problem) -> str:
    """Where in its sheet a problem is: a cell, a line, or all of it."""
    if problem.cell or problem.line:
        return problem.cell or str(words()["line"].format(line=problem.line))
    return str(words()["whole_sheet" if problem.sheet else "whole_file"])


def _day(value: date) -> str:
    day: str = words()["date"].format(year=value.year, month=value.month, day=value.day)
    return day
