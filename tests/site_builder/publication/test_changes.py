"""Changes are reported from the records' own dates: who came, who followed whom, who left nobody behind."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from site_builder.publication.changes import changes, identifier
from site_builder.publication.public import FormerLiaison, PublicChange, PublicCounty, PublicRecords, PublicVillage

Edit = Callable[[str, str, str], None]
Public = Callable[[], PublicRecords]
LIAISONS = "data/liaisons/220881.csv"
VILLAGE = "220881100200"


def shown(public: PublicRecords, place: str) -> list[tuple[str, str, str, str]]:
    return [(f"{c.day}", c.kind, c.person, c.before) for c in public.changes if c.place_code == place]


def test_a_liaison_who_follows_the_next_day_replaces_the_other(public: Public) -> None:
    """Appointment, posting, verification and replacement come latest first; the post was never vacant."""
    assert shown(public(), VILLAGE) == [
        ("2018-05-06", "posted", "朴银姬", ""),
        ("2018-05-02", "replaced", "朴银姬", "欧阳䶮"),
        ("2018-04-10", "verified", "欧阳䶮", ""),
        ("2018-03-10", "posted", "欧阳䶮", ""),
        ("2018-03-01", "appointed", "欧阳䶮", ""),
    ]


def test_a_gap_is_a_vacancy_and_then_an_appointment(public: Public, edit: Edit) -> None:
    """One day between two liaisons is enough for the post to have been vacant."""
    edit(LIAISONS, "2018-03-01,2018-05-01", "2018-03-01,2018-04-30")
    kinds = [(day, kind, before) for day, kind, _, before in shown(public(), VILLAGE)]
    assert ("2018-04-30", "vacant", "") in kinds
    assert ("2018-05-02", "appointed", "") in kinds
    assert not any(kind == "replaced" for _, kind, _ in kinds)


def test_who_follows_themselves_goes_on(public: Public, edit: Edit) -> None:
    """A second term of the same person is neither an appointment nor a replacement; one posting is reported once."""
    edit(LIAISONS, "2018-05-02,,朴银姬", "2018-05-02,,欧阳䶮")
    edit(LIAISONS, "样例法律援助中心,2018-05-06", "样例法律援助中心,2018-05-10")
    assert [kind for _, kind, _, _ in shown(public(), VILLAGE)] == ["posted", "verified", "posted", "appointed"]


def test_the_last_liaison_left_the_post_vacant(public: Public) -> None:
    """Where nobody followed, the last day in office is reported, and that alone."""
    assert shown(public(), "220882202204") == [
        ("2018-06-01", "vacant", "王小二", ""),
        ("2018-03-09", "appointed", "王小二", ""),
    ]


def test_windows_tell_of_opening_plaque_and_board(public: Public) -> None:
    """A board that does not hang yet is no change."""
    assert shown(public(), "W-220881-2018") == [
        ("2018-04-01", "plaque_hung", "", ""),
        ("2018-03-20", "opened", "", ""),
    ]


def test_a_move_is_reported_with_the_earlier_address(public: Public, edit: Edit) -> None:
    """By its own day, and known by that day: a window may move again."""
    edit("data/windows/220881.csv", "2018-03-20,,,", "2018-03-20,2018-05-08,人民路12号,")
    assert shown(public(), "W-220881-2018")[0] == ("2018-05-08", "moved", "", "人民路12号")
    (moved,) = (change for change in public().changes if change.kind == "moved")
    assert identifier(moved) == "W-220881-2018/2018-05-08/moved"


DAYS = st.dates(date(2018, 1, 1), date(2018, 1, 20))


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from("甲乙"), st.none() | DAYS), max_size=5))
def test_any_terms_give_changes_in_order_each_once(terms: list[tuple[date, date, str, date | None]]) -> None:
    """Whatever the dates, in overlap or in disorder: latest first, nothing twice, every posting shown."""
    former = tuple(
        FormerLiaison(name=name, role="", from_date=a, to_date=b, posted_on=posted, posting_verified_on=None)
        for a, b, name, posted in sorted(terms, key=lambda term: term[0], reverse=True)
    )
    found = changes([county_of(former)])
    days = [change.day for change in found]
    assert days == sorted(days, reverse=True)
    assert len({identity(change) for change in found}) == len(found)
    assert {(c.day, c.person) for c in found if c.kind == "posted"} == {
        (f.posted_on, f.name) for f in former if f.posted_on
    }


def identity(change: PublicChange) -> tuple[str, str, date, str]:
    return change.place_code, change.kind, change.day, change.person


def county_of(former: tuple[FormerLiaison, ...]) -> PublicCounty:
    blank: dict[str, object] = dict.fromkeys(PublicCounty.__dataclass_fields__, "")
    village = PublicVillage(
        code=VILLAGE,
        name="甲村",
        township="乙镇",
        county_code="220881",
        campaign_year=2018,
        consultation_platform="",
        liaison=None,
        former=former,
        surveyed=False,
    )
    return PublicCounty(**(blank | {"villages": (village,), "windows": ()}))  # type: ignore[arg-type]
