"""What landing decides of a return by itself: whether it comes too late."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from site_builder.collect import apply

BEFORE = {"file_hash": "a", "received_on": "2018-06-20", "tables": "liaisons needs"}


def shown(day: str, *tables: str, digest: str = "b", accept_older: bool = False) -> str:
    """The code of what is said of a return that comes after one of 20 June; "" when it is taken."""
    collection = SimpleNamespace(rows={"content/data/submissions/220881.csv": [BEFORE]})
    job = SimpleNamespace(
        collection=collection,
        received=SimpleNamespace(digest=digest),
        collect_options=SimpleNamespace(accept_older=accept_older),
        is_dated_by_answers=False,
    )
    taken = SimpleNamespace(county="220881", received_on=date.fromisoformat(day), file_name="a.xlsx")
    problem = apply._earlier_return(cast("Any", taken), cast("Any", job), tables)
    return problem.code if problem else ""


def test_a_return_may_follow_on_the_same_day_but_not_before() -> None:
    """A county that mends its return the same day is heard; an older one is reported, unless it is wanted."""
    assert shown("2018-06-20", "liaisons") == shown("2018-06-21", "needs") == ""
    assert shown("2018-06-19", "liaisons") == "return-older"
    assert shown("2018-06-19", "windows") == ""
    assert shown("2018-06-19", "liaisons", accept_older=True) == ""
    assert shown("2018-06-21", "liaisons", digest="a") == "return-known"
