"""Phones of a list of liaisons that are hardly each one's own: another county's, one for several, filled down."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import test_collect_slips
from collect_examples import take, write_workbook
from test_collect_slips import COUNTY, HEADS, SERVING, SHEET, VILLAGES

from site_builder.collect.incoming_file import CollectOptions
from site_builder.collect.neighbours import telephones
from site_builder.shared.problems import Problem

six_villages = test_collect_slips.root
OURS = ("liaison-phone-elsewhere", "liaison-phone-shared", "liaison-phones-rising")
TERM = "{village},2017-03-05,2017-12-31,某人,party_secretary,{phone},false,样例法律援助中心,2017-03-12,,,demo\n"


@pytest.fixture(scope="module")
def with_phones(six_villages: Path) -> Path:
    """The county of six villages, whose own landlines are of 0436, and another county's of 0438."""
    data = six_villages / "content" / "data" / "liaisons"
    for county, village, phone in (
        (COUNTY, "220881100202", "0436-0000177"),
        ("220882", "220882202204", "0438-0000178"),
    ):
        with (data / f"{county}.csv").open("a", encoding="utf-8") as terms:
            terms.write(TERM.format(village=village, phone=phone))
    return six_villages


def asked(root: Path, folder: Path, phones: Sequence[str], *accepted: int) -> list[tuple[str, str, str]]:
    """Code, cell and the places named of what is said of these phones, each at the liaison of a village."""
    rows = [[v, n, "村会计", "2018-06-03", p] for v, n, p in zip(VILLAGES, SERVING, phones, strict=False)]
    path = write_workbook(folder / "a.xlsx", {SHEET: [[*HEADS, "工作电话"], *rows]})
    options = CollectOptions(county=COUNTY, accepted=frozenset((SHEET, line) for line in accepted))
    (taken,) = take(root, path, options)
    found: list[Problem] = [one for one in taken.problems if one.code in OURS]
    return [(one.code, one.cell, one.details.get("rows", "")) for one in found]


def test_an_area_code_of_another_county_alone_is_asked_about(with_phones: Path, tmp_path: Path) -> None:
    """A merged cell of a county that reaches a row too far brings its neighbour's people; accepted, it is taken."""
    phones = ["0436-0000131", "0438-0000152"]
    assert asked(with_phones, tmp_path, phones) == [("liaison-phone-elsewhere", "E3", "")]
    assert asked(with_phones, tmp_path, phones, 3) == []


def test_an_area_code_that_no_county_has_is_no_question(with_phones: Path, tmp_path: Path) -> None:
    """Nor is a mobile phone: the record says nothing of these."""
    assert asked(with_phones, tmp_path, ["0436-0000131", "0999-0000152", "13800000000"]) == []


def test_one_phone_of_several_persons_is_told_once(with_phones: Path, tmp_path: Path) -> None:
    assert asked(with_phones, tmp_path, ["0436-0000131", "0436-0000149", "0436-0000131"]) == [
        ("liaison-phone-shared", "E2", "E2、E4")
    ]


def test_phones_that_grow_by_one_are_told_once(with_phones: Path, tmp_path: Path) -> None:
    """From four on, one below another: fewer may be of one switchboard."""
    rising = [f"0436-00001{n}" for n in range(31, 37)]
    assert asked(with_phones, tmp_path, rising) == [("liaison-phones-rising", "E2", "E2、E3、E4、E5、E6、E7")]
    assert asked(with_phones, tmp_path, [*rising[:3], "0436-0000177", *rising[3:5]]) == []


def test_codes_are_those_of_the_liaisons_on_record() -> None:
    """By county; mobile phones have none, and other tables' are none of a liaison's."""
    rows = [{"village_code": "220881100201", "work_phone": phone} for phone in ("0436-0000131", "13800000000", "")]
    record = {"content/data/liaisons/220881.csv": rows, "content/data/windows/220882.csv": [{"phone": "0438-0000178"}]}
    assert telephones.area_codes(record) == {"220881": {"0436"}}
