"""What the notice lists for a window, and what a record does not show of it."""

from datetime import date
from types import SimpleNamespace

from site_builder.model import window_duties

BUILT = SimpleNamespace(
    hours="周一至周五",
    responsible_person="赵样例",
    plaque_hung_on=date(2018, 4, 1),
    board_hung_on=date(2018, 4, 1),
    service_team="样例服务团",
    **dict.fromkeys(window_duties.PROMISES, True),
)


def without(duty: str, value: object) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(BUILT), duty: value})


def test_a_window_lacks_what_is_blank_or_denied() -> None:
    """Each duty alone: a blank text, a day that is not there, a promise that is blank or denied."""
    assert window_duties.lacking(BUILT) == ()
    for duty in window_duties.DUTIES:
        for value in ("", None, False):
            assert window_duties.lacking(without(duty, value)) == (duty,)


def test_only_what_the_record_denies_is_denied() -> None:
    """A blank promise is not known; `false` is an answer."""
    assert window_duties.denied(without("priority_follow_up", None)) == ()
    assert window_duties.denied(without("priority_follow_up", False)) == ("priority_follow_up",)


def test_a_window_has_time_until_its_year_ends() -> None:
    """The notice names the year, no day."""
    assert window_duties.due(2018) == date(2018, 12, 31)
