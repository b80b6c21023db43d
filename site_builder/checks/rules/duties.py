"""Rules of what the notice lists for a window: what is lacking is named, and a board says what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.model import window_duties
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem


def windows_have_what_the_notice_lists(scope: Scope) -> Iterator[Problem]:
    """A window has its person, team, hours, plaque and board, the waiver and the five priorities; a gap is named."""
    for window in scope.records.windows:
        found = window_duties.lacking(window)
        if found:
            day, as_of = window_duties.due(window.campaign_year), scope.campaign.data_as_of
            code = Code.WINDOW_DUTY_LATE if day < as_of else Code.WINDOW_DUTY
            words = {"county": scope.county_name(window.county_code), "lacking": _titles(scope, found)}
            yield scope.problem(code, window, found[0], **words, due=day)


def boards_say_what_is_done(scope: Scope) -> Iterator[Problem]:
    """Where the board hangs, the record denies nothing that stands on every board."""
    for window in scope.records.windows:
        found = window_duties.denied(window)
        if window.board_hung_on and found:
            words = {"denied": _titles(scope, found), "day": window.board_hung_on}
            yield scope.problem(Code.WINDOW_BOARD, window, found[0], **words)


def _titles(scope: Scope, names: Iterable[str]) -> str:
    table = scope.schemas.tables["windows"]
    return "、".join(table.field(name).title for name in names)
