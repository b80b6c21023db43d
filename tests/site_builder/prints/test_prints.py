"""Orders, wording, and what is remembered."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder.model.designs import Audience, Design
from site_builder.prints import glyphs, on_site
from site_builder.prints.items import Recipient, item, recipients, withheld
from site_builder.prints.making import PrintForm, Workshop, made
from site_builder.prints.memory import Memory
from site_builder.prints.orders import Order, content, ordered, sheet
from site_builder.publication.public import FormerLiaison
from site_builder.shared import typesetting
from site_builder.shared.problems import CampaignError

pytestmark = pytest.mark.needs("fonts-noto-cjk")
Afresh = Callable[[], Workshop]


def names(order: Order, designs: dict[str, Design], workshop: Workshop) -> list[str]:
    return [each.name for each in ordered(order, designs.values(), workshop)]


def test_a_county_gets_all_that_is_made_for_it(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Each design in each size and form, and texts to copy; nothing of other counties or of the whole province."""
    found = names(Order(county="222402"), all_designs, workshop)
    assert {"hotline-poster-222402-a2.pdf", "hotline-poster-222402-a3.pdf", "wechat-article-222402.png"} <= set(found)
    assert {"window-plaque-W-222402-2018-cut.pdf", "window-plaque-W-222402-2018-proof.pdf"} <= set(found)
    assert {"broadcast-script-222402.txt", "packing-list-222402.pdf", "receipt-form-222402.pdf"} <= set(found)
    assert all("222402" in name for name in found)
    assert len(found) == len(set(found))


def test_one_village_gets_its_sheet_and_board(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """An order for a village leaves out what is made for counties and windows."""
    assert names(Order(village="222402100201"), all_designs, workshop) == [
        "posting-sheet-222402100201.pdf",
        "village-board-222402100201-cut.pdf",
        "village-board-222402100201-proof.pdf",
    ]


def test_one_file_holds_every_sheet_of_a_county(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """In the order of the village codes, one page each."""
    (only,) = ordered(Order(county="222402", kind="posting", is_one_file=True), all_designs.values(), workshop)
    county = next(county for county in workshop.public.counties if county.code == "222402")
    assert only.name == "posting-sheet-222402.pdf"
    assert [each["village_code"] for each in only.sheet.items] == [village.code for village in county.villages]


def test_a_village_without_a_liaison_posts_the_vacancy(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Whose liaison has left gets a sheet that says so; where none was ever named there is none yet."""
    design = all_designs["posting-sheet"]
    recipient = next(each for each in recipients(workshop.public, design.settings.audience) if each.village)
    assert recipient.village
    left = FormerLiaison(
        name="王一",
        role="村文书",
        from_date=date(2018, 3, 1),
        to_date=date(2018, 4, 30),
        posted_on=None,
        posting_verified_on=None,
    )
    vacant = replace(recipient, village=replace(recipient.village, liaison=None, former=(left,)))
    found = item(vacant, design, workshop.public, workshop.words)
    assert found
    assert (found["liaison"], found["edition"], found["dated"]) == ("", "第2版", "2018年5月1日")
    never = replace(recipient, village=replace(recipient.village, liaison=None, former=()))
    assert item(never, design, workshop.public, workshop.words) is None


def test_a_sentence_without_its_particular_is_left_out(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Where a county has no line for complaints, no print says “call”, with nothing behind it."""
    design = all_designs["broadcast-script"]
    recipient = next(iter(recipients(workshop.public, design.settings.audience)))
    assert recipient.county
    silent = replace(recipient, county=replace(recipient.county, supervision_phone=""))
    lines = [item(each, design, workshop.public, workshop.words)["text"] for each in (recipient, silent)]  # type: ignore[index]
    assert len(lines[0]) == len(lines[1]) + 1
    assert not any("监督" in line for line in lines[1])


def test_the_same_print_has_the_same_bytes(afresh: Afresh, all_designs: dict[str, Design]) -> None:
    """Set twice, by two workshops that remember nothing, every kind of file is the same to the byte."""
    digests = []
    for workshop in (afresh(), afresh()):
        order = Order(county="222402")
        one_of_each = {each.sheet.design.design_id: each for each in ordered(order, all_designs.values(), workshop)}
        digests.append([hashlib.sha256(content(each, workshop)).hexdigest() for each in one_of_each.values()])
    assert digests[0] == digests[1]
    assert len(set(digests[0])) == len(digests[0]) > 10


def test_an_unchanged_print_is_not_set_again(
    afresh: Afresh, all_designs: dict[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken from the memory; one word changed in the record or the design, and it is set anew."""
    design, workshop = all_designs["posting-sheet"], afresh()
    recipient = next(iter(recipients(workshop.public, design.settings.audience)))
    each = item(recipient, design, workshop.public, workshop.words)
    assert each
    wanted = sheet(design, design.sizes[0], PrintForm.PLAIN, [each], workshop)
    before = made(wanted, workshop)
    monkeypatch.setattr(typesetting, "accessible_pdf", lambda *_, **__: b"set again")
    assert made(wanted, workshop) == before
    assert made(replace(wanted, items=[each | {"liaison": "别人"}]), workshop) == b"set again"
    other = replace(design, files={**design.files, "sheet.typ": design.files["sheet.typ"] + b"\n"})
    assert made(replace(wanted, design=other), workshop) == b"set again"
    workshop.memory.forget_the_rest()
    assert made(wanted, workshop) == before


def test_what_was_not_asked_for_is_forgotten(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """A new memory in the same folder keeps what it is asked for, and drops the rest."""
    folder = workshop.memory._folder
    first = Memory(folder / "small")
    for name in ("a", "b"):
        first.recall(name, lambda: b"made")
    second = Memory(folder / "small")
    second.recall("a", lambda: b"made again")
    second.forget_the_rest()
    assert [path.name for path in (folder / "small").iterdir()] == ["a"]
    assert second.recall("a", lambda: b"made again") == b"made"


def test_a_memory_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    """Where no folder can be made, every print is made anew, and there is nothing to forget."""
    (tmp_path / ".cache").write_bytes(b"a file")
    memory = Memory(tmp_path / ".cache" / "prints")
    assert memory.recall("a", lambda: b"one") == b"one"
    assert memory.recall("a", lambda: b"two") == b"two"
    memory.forget_the_rest()


def test_rare_characters_and_hangul_have_glyphs() -> None:
    """Names with 䶮 and 𬭎 and Korean words can be set; a character of no font is named, not printed as a box."""
    assert glyphs.without_glyph(["欧阳䶮", "金𬭎", "법률원조 련락원", "12348 □ ·", "换行\n零宽\u200b"]) == []
    assert glyphs.without_glyph(["王\U0010fffd", "\U000e0fff一"]) == ["\U000e0fff", "\U0010fffd"]


def test_a_character_without_a_glyph_stops_the_print(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """The problem says which character, which fonts were asked and what to install."""
    design = all_designs["posting-sheet"]
    recipient = next(iter(recipients(workshop.public, design.settings.audience)))
    each = item(recipient, design, workshop.public, workshop.words)
    assert each
    with pytest.raises(CampaignError) as caught:
        made(sheet(design, design.sizes[0], PrintForm.PLAIN, [each | {"liaison": "王\U0010fffd"}], workshop), workshop)
    (problem,) = caught.value.problems
    assert problem.code == "material-character"
    assert problem.details["number"] == "U+10FFFD"
    assert "Noto Sans CJK SC" in problem.details["fonts"]


def test_the_site_offers_a_sheet_for_every_village_of_the_year(
    workshop: Workshop, all_designs: dict[str, Design]
) -> None:
    """Each of the year's villages has its sheet, each county its sheets in one file, each window plaque and board."""
    offer = on_site.offer(all_designs.values(), workshop)
    for county in workshop.public.counties:
        year = {village.code for village in county.villages if village.campaign_year == 2018 and village.liaison}
        assert year <= offer.village_sheets.keys()
        assert not county.villages or f"prints/posting-sheet-{county.code}.pdf" in offer.files
        for window in county.windows:
            kinds = {each.design.settings.kind for each in offer.downloads[window.window_id]}
            refused = {title for title, _ in offer.withheld.get(window.window_id, ())}
            assert kinds == {"plaque", "board"} if not refused else {"plaque"}
            assert bool(refused) == (window.priority_follow_up is False)
    assert not any("packing" in path or "receipt" in path for path in offer.files)


PROMISES = ["means_test_waived"]
PROMISES += [f"priority_{name}" for name in ("reception", "acceptance", "assignment", "handling", "follow_up")]


def window_with(workshop: Workshop, **values: object) -> Recipient:
    """A window that lacks nothing, with other values."""
    (found,) = (each for each in recipients(workshop.public, Audience.WINDOW) if each.code == "W-220382-2018")
    assert found.window
    return replace(found, window=replace(found.window, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_board_is_withheld_while_the_record_denies_a_promise(
    workshop: Workshop, all_designs: dict[str, Design], promise: str
) -> None:
    """Every board has the waiver and all five priorities: a denied one stops it with the reason, a blank does not."""
    board = all_designs["window-board"]
    full = item(window_with(workshop), board, workshop.public, workshop.words)
    for value, is_made in ((None, True), (False, False)):
        changed = window_with(workshop, **{promise: value})
        found = item(changed, board, workshop.public, workshop.words)
        assert found == (full if is_made else None)
        reasons = withheld(changed, board, workshop.words)
        assert [workshop.words["windows"][promise] in reason for reason in reasons] == ([] if is_made else [True])
        assert item(changed, all_designs["window-plaque"], workshop.public, workshop.words)


@pytest.mark.parametrize(
    ("part", "field", "name"),
    [
        ("window", "responsible_person", "window-board"),
        ("window", "service_team", "window-board"),
        ("county", "legal_aid_centre", "window-plaque"),
    ],
)
def test_a_sign_without_a_name_on_it_is_withheld(
    workshop: Workshop, all_designs: dict[str, Design], part: str, field: str, name: str
) -> None:
    """A board names its person and team, a plaque its centre; a blank is no sign, and its reason is told."""
    recipient, design = window_with(workshop), all_designs[name]
    assert withheld(recipient, design, workshop.words) == []
    changed = replace(recipient, **{part: replace(getattr(recipient, part), **{field: ""})})
    assert len(withheld(changed, design, workshop.words)) == 1
    assert item(changed, design, workshop.public, workshop.words) is None


def test_a_design_for_nobody_has_no_picture(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Before the first window is on record a window's board is offered without a picture; the others keep theirs."""
    counties = tuple(replace(county, windows=()) for county in workshop.public.counties)
    offer = on_site.offer(all_designs.values(), replace(workshop, public=replace(workshop.public, counties=counties)))
    board, poster = all_designs["window-board"], all_designs["hotline-poster"]
    assert (offer.picture(board), offer.small_picture(board)) == ("", "")
    assert {offer.picture(poster), offer.small_picture(poster)} <= offer.pictures.keys()
