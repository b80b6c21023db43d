"""The difference and the problems as Markdown, for the summary of a check on a forge."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.office.diff.sections import DiffSection, words
from site_builder.render.environment import markdown_environment
from site_builder.shared.words import Words


def markdown(compared: str, sections: Iterable[DiffSection], problems: str, *, stopped: bool) -> str:
    """A summary in which whatever stands in the data is text. problems: their list.

    stopped: nothing would be published.
    """
    nothing = Words("", {})
    return (
        markdown_environment(nothing, nothing)
        .get_template("diff.md.jinja")
        .render(
            texts=words(),
            compared=compared,
            sections=list(sections),
            problems=problems.splitlines(),
            stopped=stopped,
        )
    )
