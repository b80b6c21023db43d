"""County feedback: what was wrong with a county's return and how to correct it, as a page and in its own workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from site_builder.county_feedback import page
from site_builder.county_feedback.context import FeedbackContext, words
from site_builder.county_feedback.understood import descriptions
from site_builder.model.forms import PROBLEM_MARK as MARK
from site_builder.shared.characters import visible
from site_builder.shared.disk import fit_stem
from site_builder.shared.problems import Problem, cut_numbers
from site_builder.untrusted_files import UntrustedFile

__all__ = ["MARK", "FeedbackContext", "descriptions", "feedback_files", "file_names", "stems"]


def feedback_files(
    received: UntrustedFile | None, file_name: str, problems: Sequence[Problem], context: FeedbackContext
) -> dict[str, bytes]:
    """The files to send back to the county, by name.

    received: what was read, without its personal numbers; None when the file could not be read: then there is no
    workbook to mark.
    file_name: as the county named it; problems: those of this file. A sound file gets the page alone.
    """
    stem = context.stem or _stem(file_name)
    content = _marked(received, file_name, problems, context) if received and problems else None
    page_name, marked_name = file_names(stem)
    workbook = marked_name if content else ""
    sheets = received.sheets if received else ()
    files = {page_name: page.html(file_name, sheets, problems, context, workbook)}
    if content:
        files[workbook] = content
    return files


def file_names(stem: str) -> tuple[str, str]:
    """What the page and the marked workbook are called that go with a file. stem: as `stems` gives it."""
    names = words()["files"]
    return f"{stem}-{names['page']}", f"{stem}-{names['workbook']}"


def stems(sent: Sequence[str]) -> list[str]:
    """What the feedback on files taken in together is named after: each file's own name, numbered if it is in use."""
    used: dict[str, str] = {}
    for own in map(_stem, sent):
        names = (own, *(f"{own}-{number}" for number in range(2, len(sent) + 1)))
        stem = next(name for name in names if name.casefold() not in used)
        used[stem.casefold()] = stem
    return list(used.values())


def _marked(
    received: UntrustedFile, file_name: str, problems: Sequence[Problem], context: FeedbackContext
) -> bytes | None:
    from site_builder.county_feedback import marked  # noqa: PLC0415  (openpyxl takes a third of a second)

    return marked.workbook(received, file_name, problems, context)


def _stem(file_name: str) -> str:
    """The sender's own name for the file, fit for every file system; a marked workbook sent again keeps its name."""
    stem = visible(PurePath(cut_numbers(file_name)).stem, "")
    own = "-" + PurePath(words()["files"]["workbook"]).stem
    while stem.endswith(own):
        stem = stem.removesuffix(own)
    return fit_stem(stem) or words()["files"]["stem"]
