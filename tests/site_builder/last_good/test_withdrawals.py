"""What today's files withdraw is withdrawn from a county that is held back, whatever else is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from county_damages import DAMAGES, path_of
from git_campaign import KNOWN, by_code, commit, publishable, published

from site_builder.last_good import withdrawals
from site_builder.record import tables

COUNTY, VILLAGE = "220882", "220882202203"
NAME, PHONE, SHOWN = "那顺", "13900001234", "139******34"
SERVING = f"{VILLAGE},2017-06-01,,{NAME},volunteer,{PHONE},true,"
WITHDRAWN: dict[str, tuple[str, bool]] = {
    "the phone emptied": (SERVING.replace(PHONE, ""), True),
    "another phone": (SERVING.replace(PHONE, "13900009999"), True),
    "the consent taken back": (SERVING.replace(",true,", ",false,"), True),
    "the consent emptied": (SERVING.replace(",true,", ",,"), True),
    "the term over": (SERVING.replace(",,", ",2018-06-01,", 1), True),
    "another name": (SERVING.replace(NAME, "乌云"), False),
    "another village": (SERVING.replace(VILLAGE, "220882202204"), False),
}
"""By what is done: the row's new beginning, and whether the name stays."""
OTHER_ERRORS: dict[str, Callable[[Path], None]] = {
    "in another table": lambda root: DAMAGES["noise"](root, COUNTY),
    "in another encoding": lambda root: DAMAGES["another encoding"](root, COUNTY),
    "with semicolons": lambda root: edit(root, "liaisons", ",", ";"),
    "with marks of a conflict": lambda root: DAMAGES["marks of a conflict"](root, COUNTY),
}


def edit(root: Path, table: str, old: str, new: str) -> None:
    path = path_of(root, table, COUNTY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def shown(root: Path) -> str:
    return repr(by_code(published(root))[COUNTY])


@pytest.fixture
def root(root: Path) -> Path:
    """The tiny campaign, committed, in which one county shows a phone."""
    path_of(root, "activities", COUNTY).write_bytes(
        path_of(root, "activities", "220881").read_bytes().partition(b"\n")[0] + b"\n"
    )
    commit(root)
    return root


@pytest.mark.parametrize("change", WITHDRAWN)
def test_what_is_withdrawn_is_withdrawn_from_what_is_held_back(root: Path, change: str) -> None:
    """A phone emptied, a consent taken back, a row taken away or renamed: with another error of the county, too."""
    assert SHOWN in shown(root)
    row, has_name = WITHDRAWN[change]
    edit(root, "liaisons", SERVING, row)
    DAMAGES["noise"](root, COUNTY)
    found = shown(root)
    assert "held_back=datetime" in found
    assert (SHOWN in found, NAME in found) == (False, has_name)


@pytest.mark.parametrize("error", OTHER_ERRORS)
def test_a_file_that_cannot_be_read_as_data_withdraws_all_the_same(root: Path, error: str) -> None:
    """What stays in it stays shown; the phone that does not is gone."""
    OTHER_ERRORS[error](root)
    assert SHOWN in shown(root)
    path = path_of(root, "liaisons", COUNTY)
    path.write_bytes(path.read_bytes().replace(PHONE.encode(), b""))
    assert SHOWN not in shown(root)
    assert NAME in shown(root)


def test_what_a_commit_withdrew_stays_withdrawn_when_the_file_is_lost_after_it(root: Path) -> None:
    """A file of which nothing can be read says nothing: the last one that did counts."""
    edit(root, "liaisons", PHONE, "")
    DAMAGES["noise"](root, COUNTY)
    commit(root)
    path_of(root, "liaisons", COUNTY).write_bytes(b"PK\x03\x04")
    commit(root)
    assert (SHOWN in shown(root), NAME in shown(root)) == (False, True)


def test_the_emptied_phone_of_a_window_is_replaced_by_the_hotline(root: Path) -> None:
    """It may not be missing: whoever looks for a number finds one that answers. The list says how many went."""
    edit(root, "windows", "0436-0000005", "")
    (window,) = by_code(published(root))[COUNTY].windows
    assert window.phone == "12348"
    (told,) = [problem for problem in publishable(root).problems if problem.code == "withdrawn-held-back"]
    assert (told.county, told.details["names"], told.details["phones"]) == (COUNTY, "0", "1")


def test_every_name_and_phone_that_the_public_sees_can_be_withdrawn() -> None:
    """No table that a county reports in shows a person or a number that this does not know of."""
    found = {
        f"{table.name}.{field.name}"
        for table in KNOWN.tables.values()
        for field in table.fields
        if table.split_by_county and withdrawals.is_shown(field)
    }
    assert found == {
        "liaisons.name",
        "liaisons.work_phone",
        "windows.phone",
        "windows.responsible_person",
        "stations.phone",
    }


def test_a_state_of_which_all_is_allowed_is_the_same(root: Path) -> None:
    """With its digests, so that what was found valid need not be checked again."""
    reading = tables.read_all(root, KNOWN)
    files = [file for file in reading.files if file.county == COUNTY]
    state = tables.Reading(files=files, problems=[])
    today = {file.path: (root / file.path).read_bytes() for file in files}
    left = withdrawals.allowed(state, [today], KNOWN, "12348")
    assert (left.reading, left.names, left.phones) == (state, 0, 0)
