"""Three states of a cell: what the kit said, what the record says now, what came back. No newer value is ever lost."""

import io
import subprocess
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, context_of, head_of, rows_of, take
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds
from tiny_campaign import PROJECT, make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.merge import Merged, merge
from site_builder.kit import county as kit_county
from site_builder.kit.workbook import county_workbook
from site_builder.model import forms, schemas
from site_builder.model.forms import BEFORE_SHEET, KIT_SHEET
from site_builder.record.cell_digests import prefilled

Cell = tuple[str, str]
State = Mapping[Cell, str]
FORMS = forms.load(PROJECT, schemas.load(PROJECT)).forms
VILLAGES = ["220881100200", "220881100201"]

# ---- merging: a table whose rows are known, and a spread form, where an empty cell is a record that is not there

TABLES: dict[str, tuple[list[str], list[str]]] = {
    "liaisons": (["work_phone", "role", "posted_on"], ["", "0436-0000101", "0436-0000102"]),
    "needs": (["labour_pay", "land_contract"], ["", "3", "5"]),
}


def cells_of(table: str) -> list[Cell]:
    return list(product(VILLAGES, TABLES[table][0]))


def rows(table: str, state: State) -> list[dict[str, str]]:
    """The record in which these cells stand."""
    blank = dict.fromkeys(FORMS[table].table.header, "")
    if table == "needs":
        return [{**blank, **key(cell), "persons": text} for cell, text in state.items() if text]
    return [
        {**blank, "village_code": village, "from_date": "2018-03-05", **named(state, village)} for village in VILLAGES
    ]


def key(cell: Cell) -> dict[str, str]:
    return {"village_code": cell[0], "group": "elderly", "matter": cell[1]}


def named(state: State, village: str) -> dict[str, str]:
    return {name: text for (of, name), text in state.items() if of == village}


def state_of(table: str, merged: Merged) -> dict[Cell, str]:
    """The cells of a record."""
    if table == "needs":
        found = {(row["village_code"], row["matter"]): row["persons"] for row in merged.rows.values()}
        return {cell: found.get(cell, "") for cell in cells_of(table)}
    return {(row["village_code"], name): row[name] for row in merged.rows.values() for name in TABLES[table][0]}


def entries(table: str, state: State, villages: Sequence[str]) -> list[Entry]:
    """What a file reports in which these cells stand, of these villages alone."""
    reported = [row for row in rows(table, state) if row["village_code"] in villages]
    if table == "needs":  # a village of which no cell is filled in reports nothing
        fields = ["village_code", "group", "matter", "persons"]
    else:
        fields = ["village_code", "from_date", *TABLES[table][0]]
    return [Entry(table, "", 2, {name: row[name] for name in fields}, {}) for row in reported]


def merged_with(table: str, record: State, base: State, sent: State, villages: Sequence[str] = VILLAGES) -> Merged:
    form = FORMS[table]
    names = [column.field.name for column in form.columns]
    kit = prefilled(COUNTY, form.table, names, rows(table, base))
    return merge(form, COUNTY, "demo", rows(table, record), entries(table, sent, villages), kit)


def states(table: str) -> st.SearchStrategy[dict[Cell, str]]:
    texts = st.sampled_from(TABLES[table][1])
    return st.fixed_dictionaries(dict.fromkeys(cells_of(table), texts))


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=rounds(30, 100))
def test_a_cell_changes_only_where_the_county_alone_has_changed_it(table: str, data: st.DataObject) -> None:
    """Cell by cell, of any kit, record and return: untouched ones stay, what both changed stays and is told."""
    base, record, sent = (data.draw(states(table)) for _ in range(3))
    merged, reporting = merged_with(table, record, base, sent), {of for (of, _), text in sent.items() if text}
    for cell, now in state_of(table, merged).items():
        is_reported = table != "needs" or cell[0] in reporting
        is_changed = is_reported and sent[cell] != base[cell] == record[cell]
        assert now == (sent[cell] if is_changed else record[cell]), cell
        if is_reported and sent[cell] != base[cell] and base[cell] != record[cell] != sent[cell]:
            assert merged.conflicts


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=rounds(30, 100))
def test_returns_end_the_same_in_any_order(table: str, data: st.DataObject) -> None:
    """Kits of one state, each changed in cells of its own, whole or of one village, sent once or again."""
    base = data.draw(states(table))
    owner = data.draw(st.fixed_dictionaries(dict.fromkeys(cells_of(table), st.integers(0, 3))))
    wanted = data.draw(states(table))
    villages = [data.draw(st.sampled_from([VILLAGES, VILLAGES[:1], VILLAGES[1:]])) for _ in range(3)]
    sent = [{cell: wanted[cell] if owner[cell] == each else base[cell] for cell in base} for each in range(3)]
    ends = []
    for order in ([0, 1, 2], [2, 1, 0], data.draw(st.permutations([0, 1, 2, 0, 1, 2]))):
        record: State = base
        for each in order:
            merged = merged_with(table, record, base, sent[each], villages[each])
            assert not merged.conflicts
            record = state_of(table, merged)
        ends.append(record)
    assert ends[0] == ends[1] == ends[2]


# ---- files: the kit as it is sent, and one of before it carried digests


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    return context_of(make_root(tmp_path / "campaign"))


def kit_of(context: CollectionContext) -> bytes:
    counties = kit_county.gather(context.root, context.campaign, context.schemas)
    (county,) = [each for each in counties if each.code == COUNTY]
    return county_workbook(county, context.forms, context.schemas, context.campaign)


def filled(kit: bytes, path: Path, changes: Mapping[str, object], *, is_old: bool = False) -> Path:
    """The kit with some cells of the liaison of 荣华村 changed; as it was before it carried digests."""
    book = openpyxl.load_workbook(io.BytesIO(kit))
    sheet = book[FORMS["liaisons"].sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    (line,) = [row[0].row for row in sheet.iter_rows(min_row=5) if any(cell.value == "斯琴高娃" for cell in row)]
    for name, value in changes.items():
        sheet.cell(line, heads[head_of(FORMS["liaisons"], name)]).value = value
    if is_old:
        del book[BEFORE_SHEET]
    book["_kit"]["C1"] = path.stem  # no two files alike
    book.save(path)
    return path


def collected(
    context: CollectionContext, path: Path, *, accepted: frozenset[tuple[str, int]] = frozenset()
) -> CollectedReturn:
    """What a file brings; taken in, where it is sound."""
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY, accepted=accepted), context)
    if taken.is_sound:
        context.take_in(taken.drafted, taken.rows)
    return taken


def liaison(taken: CollectedReturn) -> dict[str, str]:
    (found,) = [row for row in rows_of(taken, "liaisons") if row["name"] == "斯琴高娃"]
    return found


def codes(taken: CollectedReturn) -> list[str]:
    wanted = {"cells-stale", "cell-conflict", "cell-conflict-hidden", "kit-without-base"}
    return [str(found.code) for found in taken.problems if str(found.code) in wanted]


def committed(context: CollectionContext) -> None:
    """The record in git, as it stands."""
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "content"], [*author, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=context.root, check=True)


@pytest.mark.parametrize("is_old", [False, True])
def test_an_untouched_copy_reverts_nothing(context: CollectionContext, tmp_path: Path, is_old: bool) -> None:
    """A colleague's older copy comes after a return: it changes nothing, and that is told by cell."""
    kit = kit_of(context)
    committed(context)
    collected(context, filled(kit, tmp_path / "b.xlsx", {"work_phone": "0436-0000999"}, is_old=is_old))
    taken = collected(context, filled(kit, tmp_path / "a.xlsx", {}, is_old=is_old))
    assert taken.is_sound
    assert codes(taken) == ["cells-stale", *(["kit-without-base"] if is_old else [])]
    assert liaison(taken)["work_phone"] == "0436-0000999"
    assert [change for change in taken.changes if change.field] == []


@pytest.mark.parametrize("is_old", [False, True])
def test_two_that_change_other_cells_are_both_heard(context: CollectionContext, tmp_path: Path, is_old: bool) -> None:
    """Each from the same kit: the second does not undo the first."""
    kit = kit_of(context)
    committed(context)
    first, second = {"work_phone": "0436-0000999", "appointing_body": "甲中心"}, {"posted_on": "2018-03-20"}
    collected(context, filled(kit, tmp_path / "b.xlsx", first, is_old=is_old))
    taken = collected(context, filled(kit, tmp_path / "a.xlsx", second, is_old=is_old))
    assert taken.is_sound
    assert liaison(taken).items() >= {**first, **second}.items()


def test_an_old_return_without_its_digests_takes_nothing_back(context: CollectionContext, tmp_path: Path) -> None:
    """It looks more like the record now than like any other time, and still one cell is of before: that is asked."""
    kit = kit_of(context)
    committed(context)
    first, second = {"work_phone": "0436-0000999", "appointing_body": "甲中心"}, {"posted_on": "2018-03-20"}
    collected(context, filled(kit, tmp_path / "b.xlsx", first))
    collected(context, filled(kit, tmp_path / "c.xlsx", second))
    taken = collected(context, filled(kit, tmp_path / "e.xlsx", first, is_old=True))
    assert codes(taken) == ["cell-conflict", "kit-without-base"]
    assert [change for change in taken.changes if change.field] == []
    accepted = collected(
        context, filled(kit, tmp_path / "f.xlsx", first, is_old=True), accepted=frozenset({line(taken)})
    )
    assert liaison(accepted)["posted_on"] != second["posted_on"]


def line(taken: CollectedReturn) -> tuple[str, int]:
    """Sheet and line of the cell that is asked about."""
    (found,) = [found for found in taken.problems if found.code == "cell-conflict"]
    assert found.line
    return found.sheet, found.line


def test_a_conflict_shows_both_and_who_sent_them_and_is_decided_by_row(
    context: CollectionContext, tmp_path: Path
) -> None:
    """The record stays; a phone is never shown, only whether its end is another one."""
    kit = kit_of(context)
    committed(context)
    collected(context, filled(kit, tmp_path / "b.xlsx", {"work_phone": "0436-0000999", "posted_on": "2018-03-20"}))
    path = filled(kit, tmp_path / "a.xlsx", {"work_phone": "0436-0000777", "posted_on": "2018-03-21"})
    taken = collected(context, path)
    assert codes(taken) == ["cell-conflict-hidden", "cell-conflict"]
    assert not taken.is_sound
    assert liaison(taken)["work_phone"] == "0436-0000999"
    phone, day = [found for found in taken.problems if str(found.code).startswith("cell-conflict")]
    assert (day.details["before"], day.details["after"]) == ("2018-03-20", "2018-03-21")
    assert "b.xlsx" in day.details["who"]
    assert phone.details["after"] == "（内容不显示，尾号改了）"
    assert "0000" not in "".join(phone.details.values())
    sheet, line = day.sheet, day.line or 0
    decided = collected(context, path, accepted=frozenset({(sheet, line)}))
    assert liaison(decided).items() >= {"work_phone": "0436-0000777", "posted_on": "2018-03-21"}.items()


def test_a_conflict_may_be_left_as_the_record_has_it(context: CollectionContext, tmp_path: Path) -> None:
    """The row's own changes are taken, the record's values stay, and the county reads which cells they are."""
    kit = kit_of(context)
    collected(context, filled(kit, tmp_path / "b.xlsx", {"posted_on": "2018-03-20"}))
    path = filled(kit, tmp_path / "a.xlsx", {"work_phone": "0436-0000777", "posted_on": "2018-03-21"})
    refused = collected(context, path)
    options = CollectOptions(county=COUNTY, kept=frozenset({line(refused)}))
    (taken,) = take(context.root, path, options, context)
    assert taken.is_sound
    assert "conflicts-kept" in [found.code for found in taken.problems]
    assert (liaison(taken)["posted_on"], liaison(taken)["work_phone"]) == ("2018-03-20", "0436-0000777")


def test_a_kit_that_nothing_is_known_of_is_taken_with_a_word(context: CollectionContext, tmp_path: Path) -> None:
    """No digests and no git: what differs is a change, as it always was."""
    taken = collected(context, filled(kit_of(context), tmp_path / "a.xlsx", {"posted_on": "2018-03-20"}, is_old=True))
    assert codes(taken) == ["kit-without-base"]
    assert liaison(taken)["posted_on"] == "2018-03-20"


def test_a_delivery_put_right_in_our_own_kit_is_no_second_batch(context: CollectionContext, tmp_path: Path) -> None:
    """Whoever changes the day and the number that the kit had filled in corrects them, and is not asked."""
    book = openpyxl.load_workbook(io.BytesIO(kit_of(context)))
    sheet = book[FORMS["deliveries"].sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    (line,) = [row[0].row for row in sheet.iter_rows(min_row=5) if "M-02" in str(row[1].value)]
    for name, value in (("quantity", 65), ("delivered_on", "2018-06-26")):
        sheet.cell(line, heads[head_of(FORMS["deliveries"], name)]).value = value
    book.save(tmp_path / "a.xlsx")
    taken = collected(context, tmp_path / "a.xlsx")
    assert taken.is_sound
    assert "65" in [row["quantity"] for row in rows_of(taken, "deliveries") if row["material_id"] == "M-02"]


def test_the_digests_tell_nobody_a_phone(context: CollectionContext) -> None:
    """Four letters each: many numbers share them, and no digit stands there that could be taken for one."""
    book = openpyxl.load_workbook(io.BytesIO(kit_of(context)), read_only=True)
    assert KIT_SHEET in book.sheetnames
    lines = list(book[BEFORE_SHEET].iter_rows(values_only=True))
    digests = [each for _, about, said in lines if about for each in str(said).split()]
    assert digests
    assert all(len(each) == 4 and each.isalpha() for each in digests)
    assert kit_of(context) == kit_of(context)
