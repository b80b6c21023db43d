"""A consent is of the number beside which it was given: another number is not published by it."""

import io
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, context_of, head_of, rows_of, take, without_hidden_sheets, write_workbook
from tiny_campaign import PROJECT, make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.single import liaison_change
from site_builder.collect.single.liaison_change import LiaisonChange
from site_builder.kit import county as kit_county
from site_builder.kit.workbook import county_workbook
from site_builder.model import forms, schemas

FORM = forms.load(PROJECT, schemas.load(PROJECT)).forms["liaisons"]
VILLAGE, SINCE, MOBILE = "220881100200", "2018-05-02", "13900005678"
HEADS = ["村代码", "姓名", "身份", "工作电话", "任职日期"]
ROW = [VILLAGE, "朴银姬", "人民调解员", MOBILE, SINCE]
CODE = "consent-of-other-phone"
ALONE = {"row": "名单!2", "count": "1", "rows": "D2", "accept": "--accept 名单!2"}


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    return context_of(make_root(tmp_path / "campaign"))


def collected(context: CollectionContext, path: Path, *rows: tuple[str, int]) -> CollectedReturn:
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY, accepted=frozenset(rows)), context)
    return taken


def listed(context: CollectionContext, heads: list[str], row: list[str]) -> CollectedReturn:
    """What a county's own list of one liaison brings."""
    return collected(context, write_workbook(context.root / "list.xlsx", {"名单": [heads, row]}))


def kit(context: CollectionContext, **changes: object) -> Path:
    """The county's kit with cells changed of the liaison who agreed to her number."""
    counties = kit_county.gather(context.root, context.campaign, context.schemas)
    (county,) = [each for each in counties if each.code == COUNTY]
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(county, context.forms, context.schemas, context.campaign)))
    sheet = book[FORM.sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    line = next(
        row[0].row for row in sheet.iter_rows(min_row=5) if sheet.cell(row[0].row, heads["姓名"]).value == "朴银姬"
    )
    for name, value in changes.items():
        sheet.cell(line, heads[head_of(FORM, name)]).value = value
    path = context.root / f"kit{len(changes)}.xlsx"
    book.save(path)
    return path


def consent(taken: CollectedReturn, since: str = SINCE) -> str:
    of_village = {row["from_date"]: row for row in rows_of(taken, "liaisons") if row["village_code"] == VILLAGE}
    assert of_village[since]["work_phone"] == MOBILE
    return of_village[since]["phone_consent"]


def codes(taken: CollectedReturn) -> list[str]:
    return [problem.code for problem in taken.problems]


def test_a_list_without_consents_carries_none_over_to_a_new_number(context: CollectionContext) -> None:
    """The number is taken and not published; that is told, with its cell, and shown as a change."""
    taken = listed(context, HEADS, ROW)
    assert taken.is_sound
    assert consent(taken) == "false"
    (told,) = [problem for problem in taken.problems if problem.code == CODE]
    assert (told.cell, told.details) == ("D2", ALONE)
    assert [change.field for change in taken.changes] == ["work_phone", "phone_consent"]


def test_a_row_that_says_yes_itself_is_believed(context: CollectionContext) -> None:
    taken = listed(context, [*HEADS, "同意公布电话"], [*ROW, "是"])
    assert (consent(taken), CODE in codes(taken)) == ("true", False)


def test_an_unchanged_number_keeps_its_consent(context: CollectionContext) -> None:
    taken = listed(context, HEADS, [*ROW[:3], "13800000000", SINCE])
    assert (taken.changes, CODE in codes(taken)) == ([], False)


def test_a_yes_that_stood_in_the_kit_is_of_the_number_that_stood_there(context: CollectionContext) -> None:
    """Left as it was beside another number it says nothing of that one, until a person accepts the row."""
    path = kit(context, work_phone=MOBILE)
    taken = collected(context, path)
    assert (consent(taken), codes(taken).count(CODE)) == ("false", 1)
    (told,) = [problem for problem in taken.problems if problem.code == CODE]
    sheet, _, line = told.details["row"].partition("!")
    assert consent(collected(context, path, (sheet, int(line)))) == "true"


def test_a_kit_that_lost_its_hidden_sheets_is_a_kit(context: CollectionContext) -> None:
    path = without_hidden_sheets(kit(context, work_phone=MOBILE))
    assert consent(collected(context, path)) == "false"


def test_whoever_follows_in_the_row_of_another_does_not_inherit_a_consent(context: CollectionContext) -> None:
    """The clerk wrote the new name, number and day over the old ones, and left the yes."""
    taken = collected(context, kit(context, name="李春花", work_phone=MOBILE, from_date="2018-06-20"))
    assert (consent(taken, "2018-06-20"), codes(taken).count(CODE)) == ("false", 1)


def test_nor_by_a_row_that_is_accepted_for_another_reason(context: CollectionContext) -> None:
    """That a row is taken, as another county's for instance, says nothing of whom its yes was printed for."""
    path = kit(context, name="李春花", work_phone=MOBILE, from_date="2018-06-20")
    (told,) = [problem for problem in collected(context, path).problems if problem.code == CODE]
    sheet, _, line = told.details["row"].partition("!")
    assert consent(collected(context, path, (sheet, int(line))), "2018-06-20") == "false"


@pytest.mark.parametrize("has_digests", [True, False])
def test_nor_does_whoever_served_before_in_the_row_of_another(context: CollectionContext, *, has_digests: bool) -> None:
    """An earlier day over the printed one makes a term before it: the yes is of whom it was printed for."""
    path = kit(context, name="李春花", work_phone=MOBILE, from_date="2017-06-20")
    taken = collected(context, path if has_digests else without_hidden_sheets(path))
    assert "liaison-preceding" in codes(taken)
    assert (consent(taken, "2017-06-20"), codes(taken).count(CODE)) == ("false", 1)


@pytest.mark.parametrize("has_digests", [True, False])
def test_nor_whoever_follows_one_whose_end_the_record_has_learnt_since(
    context: CollectionContext, *, has_digests: bool
) -> None:
    """Nothing ends another term then, and the printed yes is still of the one before."""
    path = kit(context, name="李春花", work_phone=MOBILE, from_date="2018-06-20")
    record = context.root / "content/data/liaisons/220881.csv"
    row = f"{VILLAGE},{SINCE},"
    record.write_text(record.read_text("utf-8").replace(f"{row},", f"{row}2018-06-19,"), "utf-8")
    taken = collected(context_of(context.root), path if has_digests else without_hidden_sheets(path))
    assert (consent(taken, "2018-06-20"), codes(taken).count(CODE)) == ("false", 1)


def test_a_new_row_beside_the_printed_one_says_its_own_yes(context: CollectionContext) -> None:
    """The row of whoever served came back as well, so the yes was typed."""
    book = openpyxl.load_workbook(path := kit(context, to_date="2018-06-19"))
    sheet = book[FORM.sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    new = {"village_code": VILLAGE, "name": "李春花", "role": "人民调解员", "work_phone": MOBILE}
    new |= {"phone_consent": "是", "from_date": "2018-06-20"}
    line = max(row[0].row for row in sheet.iter_rows(min_row=5) if any(cell.value for cell in row)) + 1
    for name, value in new.items():
        sheet.cell(line, heads[head_of(FORM, name)]).value = value
    book.save(path)
    taken = collected(context, path)
    assert (consent(taken, "2018-06-20"), CODE in codes(taken)) == ("true", False)


@pytest.mark.parametrize(("given", "said"), [({}, "false"), ({"phone_consent": "是"}, "true")])
def test_the_office_says_it_anew_as_well(context: CollectionContext, given: dict[str, str], said: str) -> None:
    """`campaign liaison --phone` without --consent takes the number alone."""
    village = context.places.villages[VILLAGE]
    change = LiaisonChange(village=village, given={"work_phone": MOBILE, **given}, file_name="x")
    taken = liaison_change.collect(change, context, CollectOptions())
    assert (consent(taken), CODE in codes(taken)) == (said, not given)


def test_of_several_new_numbers_each_row_is_named_for_the_office(context: CollectionContext) -> None:
    """Who accepts one of two rows alone has published neither the other nor nothing."""
    heads, other = [*HEADS, "村名"], ["220881100201", "李春花", "村委会主任", MOBILE, "2018-06-01", ""]
    path = context.root / "list.xlsx"
    first = write_workbook(path, {"名单": [[*heads, "同意公布电话"], [*other, "是"]]})
    (taken,) = take(context.root, first, CollectOptions(county=COUNTY), context)
    context.take_in(taken.drafted, taken.rows)
    numbers = [[*ROW[:3], "0436-0000901", SINCE], [*other[:3], "0436-0000902", other[4]]]
    again = collected(context, write_workbook(path, {"名单": [HEADS, *numbers]}))
    (told,) = [one for one in again.problems if one.code == CODE]
    assert told.details["accept"] == "--accept 名单!2 --accept 名单!3"
