"""What was written earlier and comes later puts back no newer value: kits, their sheets alone, exports, strangers."""

import csv
import io
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, Row, context_of, head_of, kit_of, rows_of, take, write_workbook
from tiny_campaign import PROJECT, make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import forms, schemas

FORMS = forms.load(PROJECT, schemas.load(PROJECT)).forms
VILLAGE, OTHER, STRANGER = "220881100201", "220882", "220882202203"
LIAISONS, SURVEYS = FORMS["liaisons"].sheet, FORMS["village_surveys"].sheet
HELD: Row = {"村代码": VILLAGE, "姓名": "斯琴高娃", "身份": "村党组织书记", "任职日期": "2018-03-05"}


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    return context_of(make_root(tmp_path / "campaign"))


@pytest.fixture
def kit(context: CollectionContext) -> bytes:
    return kit_of(context)


def filled(kit: bytes, path: Path, table: str, changes: Mapping[str, object]) -> Path:
    """The kit with some cells changed of the village whose liaison is 斯琴高娃."""
    book = openpyxl.load_workbook(io.BytesIO(kit))
    sheet = book[FORMS[table].sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    line = next(row[0].row for row in sheet.iter_rows(min_row=5) if str(row[0].value).startswith(VILLAGE))
    for name, value in changes.items():
        sheet.cell(line, heads[head_of(FORMS[table], name)]).value = value
    book["_kit"]["C1"] = path.stem  # no two files alike
    book.save(path)
    return path


def collected(
    context: CollectionContext, path: Path, *rows: tuple[str, int], county: str = COUNTY
) -> dict[str, CollectedReturn]:
    """What a file brings, by county; taken in, where it is sound. rows: those that are accepted."""
    returns = take(context.root, path, CollectOptions(county=county, accepted=frozenset(rows)), context)
    for taken in returns:
        if taken.is_sound:
            context.take_in(taken.drafted, taken.rows)
    return {taken.county: taken for taken in returns}


def now(context: CollectionContext, table: str, county: str = COUNTY, village: str = VILLAGE) -> list[dict[str, str]]:
    rows = context.rows[f"content/data/{table}/{county}.csv"]
    return [row for row in rows if row["village_code"] == village]


def codes(taken: CollectedReturn) -> set[str]:
    return {str(found.code) for found in taken.problems} - {"villages-missing", "columns-of-service", "kit-changed"}


def committed(context: CollectionContext) -> None:
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "content"], [*author, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=context.root, check=True)


# ---- days, which are part of what a record is known by


def test_an_untouched_day_does_not_put_back_a_survey(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """A copy in which nothing was changed, after a day was put right: its day is as stale as any other cell."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "village_surveys", {"surveyed_on": "2018-05-19"}))
    assert [row["surveyed_on"] for row in now(context, "village_surveys")] == ["2018-05-19"]
    taken = collected(context, filled(kit, tmp_path / "b.xlsx", "village_surveys", {}))[COUNTY]
    (stale,) = [found for found in taken.problems if found.code == "cells-stale"]
    assert (stale.sheet, stale.details["cells"][:1]) == (SURVEYS, "D")
    assert [row["surveyed_on"] for row in now(context, "village_surveys")] == ["2018-05-19"]


def test_a_figure_in_an_older_copy_finds_its_survey(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """What was changed there is of the record whose day was put right meanwhile, and is taken."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "village_surveys", {"surveyed_on": "2018-05-19"}))
    collected(context, filled(kit, tmp_path / "b.xlsx", "village_surveys", {"poor_households": 21}))
    assert [(row["surveyed_on"], row["poor_households"]) for row in now(context, "village_surveys")] == [
        ("2018-05-19", "21")
    ]


def test_a_day_in_an_older_copy_keeps_newer_figures(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """The other way round: the day is put right, the figure of before is not put back, and there is one survey."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "village_surveys", {"poor_households": 21}))
    collected(context, filled(kit, tmp_path / "b.xlsx", "village_surveys", {"surveyed_on": "2018-05-19"}))
    assert [(row["surveyed_on"], row["poor_households"]) for row in now(context, "village_surveys")] == [
        ("2018-05-19", "21")
    ]


def test_two_other_days_are_a_conflict(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """Two have put the same day right, otherwise: the record keeps its own, and it is asked."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "village_surveys", {"surveyed_on": "2018-05-19"}))
    taken = collected(context, filled(kit, tmp_path / "b.xlsx", "village_surveys", {"surveyed_on": "2018-05-18"}))
    assert "cell-conflict" in codes(taken[COUNTY])
    assert [row["surveyed_on"] for row in now(context, "village_surveys")] == ["2018-05-19"]


def test_an_untouched_term_is_told_of_at_its_day(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """A term whose day was put right, by row: the older copy leaves it so, and its day is what is stale."""
    path = filled(kit, tmp_path / "a.xlsx", "liaisons", {"from_date": "2018-03-06"})
    line = next(
        row[0].row for row in openpyxl.load_workbook(path)[LIAISONS].iter_rows(min_row=5) if row[3].value == "斯琴高娃"
    )
    collected(context, path, (LIAISONS, line))
    assert [row["from_date"] for row in now(context, "liaisons")] == ["2018-03-06"]
    taken = collected(context, filled(kit, tmp_path / "b.xlsx", "liaisons", {"appointing_body": "甲中心"}))[COUNTY]
    (stale,) = [found for found in taken.problems if found.code == "cells-stale"]
    assert stale.details["cells"] == f"H{line}"
    assert [(row["from_date"], row["appointing_body"]) for row in now(context, "liaisons")] == [
        ("2018-03-06", "甲中心")
    ]


# ---- what is decided by row


def test_an_accepted_row_takes_what_was_changed_alone(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """One conflict is decided for the sender; what the sender has left alone stays as the record has it."""
    first = {"posted_on": "2018-03-20", "appointing_body": "甲中心", "to_date": None}
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", first))
    path = filled(kit, tmp_path / "b.xlsx", "liaisons", {"posted_on": "2018-03-21"})
    taken = collected(context, path)[COUNTY]
    (conflict,) = [found for found in taken.problems if found.code == "cell-conflict"]
    collected(context, path, (LIAISONS, conflict.line or 0))
    (row,) = now(context, "liaisons")
    assert (row["posted_on"], row["appointing_body"]) == ("2018-03-21", "甲中心")


@pytest.mark.parametrize("again", [None, 0], ids=["taken out", "changed"])
def test_an_accepted_row_of_needs_brings_back_none_that_was_left_alone(
    again: int | None, context: CollectionContext, kit: bytes, tmp_path: Path
) -> None:
    """A village's needs share a row and are records of their own: of those that nobody touched the record counts."""
    labour, insured = "migrant_workers.labour_pay", "disabled.social_insurance"
    collected(context, filled(kit, tmp_path / "a.xlsx", "needs", {labour: 6, insured: again}))
    path = filled(kit, tmp_path / "b.xlsx", "needs", {labour: 4})
    (conflict,) = [found for found in collected(context, path)[COUNTY].problems if found.code == "cell-conflict"]
    taken = collected(context, path, (conflict.sheet, conflict.line or 0))[COUNTY]
    assert taken.is_sound
    assert "cells-stale" in codes(taken)
    persons = {f"{row['group']}.{row['matter']}": row["persons"] for row in now(context, "needs")}
    assert (persons[labour], persons.get(insured)) == ("4", None if again is None else str(again))


def test_of_a_conflict_nobody_is_named_who_may_not_be_it(
    context: CollectionContext, kit: bytes, tmp_path: Path
) -> None:
    """Two returns have come since the last commit: either may have changed the cell, so neither is named."""
    committed(context)
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", {"posted_on": "2018-03-20"}))
    path = filled(kit, tmp_path / "c.xlsx", "liaisons", {"posted_on": "2018-03-21"})
    (known,) = [found for found in collected(context, path)[COUNTY].problems if found.code == "cell-conflict"]
    assert "a.xlsx" in known.details["who"]
    collected(context, filled(kit, tmp_path / "b.xlsx", "liaisons", {"appointing_body": "甲中心"}))
    (unknown,) = [found for found in collected(context, path)[COUNTY].problems if found.code == "cell-conflict"]
    assert unknown.details["who"] == ""


def test_a_conflict_of_phones_asks_for_what_can_be_done(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """A county does not see the number on record, so it is not asked to write the same."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", {"work_phone": "0436-0000999"}))
    taken = collected(context, filled(kit, tmp_path / "b.xlsx", "liaisons", {"work_phone": "0436-0000777"}))
    assert "cell-conflict-hidden" in codes(taken[COUNTY])


def test_another_countys_row_is_no_answer_to_who_serves(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """That the row is taken says neither that the name was mistyped nor that its empty cells are meant."""
    stranger: Row = {"村代码": STRANGER, "姓名": "王福", "身份": "志愿者", "任职日期": "2017-06-01", "确定单位": None}
    rows = [HELD | {"确定单位": "甲中心"}, stranger]
    path = write_workbook(
        tmp_path / "报表.xlsx", {LIAISONS: [list(stranger), *([row[head] for head in stranger] for row in rows)]}
    )
    taken = collected(context, path, (LIAISONS, 3))[OTHER]
    assert "liaison-elsewhere" in codes(taken)
    assert {"liaison-corrected", "row-other-county", "cell-emptied"}.isdisjoint(codes(taken))
    assert not taken.is_sound
    assert [row["appointing_body"] for row in rows_of(taken, "liaisons") if row["village_code"] == STRANGER] == [
        "样例法律援助中心"
    ]


def test_a_file_of_several_counties_must_say_whose_it_is(context: CollectionContext, tmp_path: Path) -> None:
    """One row each of two counties: without a word for whose return it is, nothing of either is taken."""
    rows = [HELD, HELD | {"村代码": STRANGER, "姓名": "那顺", "任职日期": "2018-06-20"}]
    path = write_workbook(tmp_path / "报表.xlsx", {LIAISONS: [list(HELD), *(list(row.values()) for row in rows)]})
    for taken in collected(context, path, county="").values():
        assert "return-unowned" in codes(taken)
        assert not taken.is_sound


# ---- our form without what was hidden in it


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_of_the_kit_alone_puts_nothing_back(
    kind: str, context: CollectionContext, kit: bytes, tmp_path: Path
) -> None:
    """Saved as CSV, or its sheets copied: git tells what it said, and that its own words are lost is told."""
    committed(context)
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", {"appointing_body": "甲中心"}))
    sheet = openpyxl.load_workbook(io.BytesIO(kit))[LIAISONS]
    cells = [["" if value is None else str(value).removesuffix(" 00:00:00") for value in row] for row in sheet.values]
    path = tmp_path / f"{LIAISONS}.{kind}"
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(cells)
        path.write_bytes(text.getvalue().encode("gb18030"))
    else:
        write_workbook(path, {LIAISONS: cells})
    taken = collected(context, path)[COUNTY]
    assert {"kit-without-base", "cells-stale"} <= codes(taken)
    assert [row["appointing_body"] for row in now(context, "liaisons")] == ["甲中心"]


# ---- exports of all that was ever answered


def answers(folder: Path, name: str, *rows: tuple[str, str]) -> Path:
    """An export of a form service: when each answer was sent, and the phone in it."""
    heads = ["提交答卷时间", *HELD, "工作电话"]
    return write_workbook(folder / name, {"Sheet1": [heads, *([sent, *HELD.values(), phone] for sent, phone in rows)]})


def test_an_answer_of_before_does_not_put_back_a_newer_value(context: CollectionContext, tmp_path: Path) -> None:
    """Exported again with the rest after the office has changed it: the record stays, which is told by cell."""
    collected(context, answers(tmp_path, "1.xlsx", ("2018/6/25 10:23:45", "0436-0000901")))
    changed = write_workbook(tmp_path / "2.xlsx", {LIAISONS: [[*HELD, "工作电话"], [*HELD.values(), "0436-0000777"]]})
    for taken in take(context.root, changed, CollectOptions(county=COUNTY), context):
        context.take_in(taken.drafted, taken.rows)
    assert [row["work_phone"] for row in now(context, "liaisons")] == ["0436-0000777"]
    again = answers(tmp_path, "3.xlsx", ("2018/6/25 10:23:46", "0436-0000901"))  # no file is taken twice
    taken = collected(context, again)[COUNTY]
    assert taken.is_sound
    (told,) = [found for found in taken.problems if found.code == "answers-outdated"]
    assert (told.details["cells"], told.details["row"]) == ("F2", "Sheet1!2")
    assert [row["work_phone"] for row in now(context, "liaisons")] == ["0436-0000777"]


def test_an_answer_that_is_newer_is_taken(context: CollectionContext, tmp_path: Path) -> None:
    """Its own day counts, whatever else is in the export; an older one is taken by row."""
    collected(context, answers(tmp_path, "1.xlsx", ("2018/6/25 10:23:45", "0436-0000901")))
    collected(context, answers(tmp_path, "2.xlsx", ("2018/6/26 10:23:45", "0436-0000902")))
    assert [row["work_phone"] for row in now(context, "liaisons")] == ["0436-0000902"]
    old = answers(tmp_path, "3.xlsx", ("2018/6/25 10:23:46", "0436-0000901"))
    collected(context, old, ("Sheet1", 2))
    assert [row["work_phone"] for row in now(context, "liaisons")] == ["0436-0000901"]
