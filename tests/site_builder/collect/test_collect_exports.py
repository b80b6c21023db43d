"""Exports of the phone forms: recognised, flattened and led back to their cells, with nothing lost in silence."""

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phone_county import SURVEY_FILE, phone_files, resident, settings, survey
from phone_exports import Submission, central_zip, kobo_csv, kobo_xlsx, labels_of

from site_builder import untrusted_files
from site_builder.collect.phone_exports.exports import Export, FlatTable, flatten
from site_builder.collect.phone_exports.residents import feedback_id, residents_to_rows
from site_builder.shared.problems import sentence
from site_builder.untrusted_files import Sheet, UntrustedFile

TITLE = "【演示】洮南市摸底调查"
FORM_ID = "village_survey_220881_demo"
OTHER = "220881100200"


def understood(file: UntrustedFile) -> Export | None:
    forms, _, campaign = settings()
    return flatten(file, forms, campaign.hotline)


def taken(path: Path, content: bytes) -> Export:
    """What we make of a file that is an export."""
    path.write_bytes(content)
    export = understood(untrusted_files.read(path))
    assert export is not None
    return export


def by_hand(**sheets: list[list[Any]]) -> UntrustedFile:
    """A file with these sheets."""
    made = tuple(Sheet(name=name, rows=rows) for name, rows in sheets.items())
    return UntrustedFile(path=Path("a.xlsx"), kind="xlsx", digest="0" * 64, sheets=made)


def central(tmp_path: Path, *submissions: Submission) -> Export:
    return taken(tmp_path / "export.zip", central_zip(FORM_ID, submissions))


def kobo_sheets(*submissions: Submission) -> dict[str, list[list[Any]]]:
    """The sheets of a Kobo workbook, to be spoilt."""
    book = openpyxl.load_workbook(io.BytesIO(kobo_xlsx("main", submissions)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def central_sheets(*submissions: Submission) -> dict[str, list[list[Any]]]:
    """The parts of Central's zip as sheets, to be spoilt."""
    with zipfile.ZipFile(io.BytesIO(central_zip(FORM_ID, submissions))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    names = ("main", "needs")
    return {name: list(csv.reader(io.StringIO(text))) for name, text in zip(names, texts, strict=True)}


def rows_of(table: FlatTable) -> list[dict[str, Any]]:
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def codes(export: Export) -> list[str]:
    return [problem.code for problem in export.problems]


# ---- what is an export


@pytest.mark.parametrize(
    "heads",
    [
        ["村代码", "调查日期", "贫困户数", "贫困人口"],
        ["village_code", "surveyed_on", "poor_households", "poor_persons"],
        ["KEY", "name", "phone"],
        ["_id", "_uuid", "title"],
        [],
    ],
)
def test_what_people_typed_is_no_export(heads: list[str]) -> None:
    """A plain list, in Chinese or with field names, and another form's export are left to others."""
    assert understood(by_hand(a=[heads, ["220881100201", "2018-05-16", 1, 2][: len(heads)]])) is None


def test_a_file_without_sheets_or_rows_is_no_export() -> None:
    """Nothing is made of nothing."""
    assert understood(by_hand()) is None
    assert understood(by_hand(a=[])) is None


# ---- surveys


def test_a_central_zip_becomes_surveys_and_needs(tmp_path: Path) -> None:
    """Groups in heads are seen through, needs get their village, and the last day is that of China."""
    export = central(
        tmp_path,
        Submission(answers=survey(1), submitted="2018-05-16T03:04:05.678Z"),
        Submission(
            answers=survey(2, village_code=OTHER, needs=[], needs_counted="0"), submitted="2018-06-20T17:30:00Z"
        ),
    )
    assert export.problems == ()
    assert export.received_on == date(2018, 6, 21)
    assert (export.kit_versions, export.counties, export.data_statuses) == (("2018.4",), ("220881",), ("demo",))
    surveys, needs = export.sheets
    assert surveys.name == "village_surveys"
    assert list(surveys.header) == [column.field.name for column in settings()[0].forms["village_surveys"].columns]
    assert [row["village_code"] for row in rows_of(surveys)] == ["220881100201", OTHER]
    assert rows_of(needs) == [
        {"village_code": "220881100201", "group": "elderly", "matter": "support_payments", "persons": "4"},
        {"village_code": "220881100201", "group": "migrant_workers", "matter": "labour_pay", "persons": "7"},
    ]


def test_every_value_leads_back_to_its_cell(tmp_path: Path) -> None:
    """Sheet, row and column of each value hold just that value; a need's village leads to its survey."""
    path = tmp_path / "export.zip"
    path.write_bytes(
        central_zip(FORM_ID, [Submission(answers=survey(1)), Submission(answers=survey(2, village_code=OTHER))])
    )
    file = untrusted_files.read(path)
    export = understood(file)
    assert export is not None
    cells = {
        (sheet.name, line, place): value
        for sheet in file.sheets
        for line, row in enumerate(sheet.rows, start=1)
        for place, value in enumerate(row, start=1)
    }
    for table in export.sheets:
        for row, origins in zip(table.rows, table.origins, strict=True):
            assert [cells[origin] for origin in origins] == list(row)
    needs = export.sheets[1]
    assert [origins[0][:2] for origins in needs.origins] == [(FORM_ID, 2), (FORM_ID, 2), (FORM_ID, 3), (FORM_ID, 3)]
    assert {origins[1][0] for origins in needs.origins} == {f"{FORM_ID}-needs"}


def test_labels_in_the_place_of_names_are_understood(tmp_path: Path) -> None:
    """A Kobo workbook with Chinese heads and answers gives the same surveys; the village is reported by its code."""
    submissions = [Submission(answers=survey(1)), Submission(answers=survey(2, village_code=OTHER))]
    labels = labels_of(phone_files()[SURVEY_FILE])
    names = taken(tmp_path / "names.xlsx", kobo_xlsx(TITLE, submissions))
    titles = taken(tmp_path / "titles.xlsx", kobo_xlsx(TITLE, submissions, labels))
    assert titles.problems == names.problems == ()
    assert titles.sheets[0].rows == names.sheets[0].rows
    assert [row["group"] for row in rows_of(titles.sheets[1])][:2] == ["老年人", "农民工"]
    assert titles.received_on == names.received_on == date(2018, 5, 16)


def test_heads_may_carry_the_labels_of_their_groups() -> None:
    """Kobo can write a group's label before a question's."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    (head, *rows) = sheets["main"]
    place = head.index("people/poor_persons")
    head[place] = "贫困人口/3.4 贫困人口（人）"
    export = understood(by_hand(main=[head, *rows], needs=sheets["needs"]))
    assert export is not None
    assert rows_of(export.sheets[0])[0]["poor_persons"] == "50"
    assert codes(export) == []


def test_rejected_submissions_are_left_out_and_counted(tmp_path: Path) -> None:
    """What was rejected does not come in, nor do its needs; a warning counts it, another names what was doubted."""
    for state in ("rejected", "Not Approved", "validation_status_not_approved"):
        export = central(
            tmp_path,
            Submission(answers=survey(1), state=state, submitted="2018-06-20T00:00:00Z"),
            Submission(answers=survey(2, village_code=OTHER), state="approved"),
            Submission(answers=survey(3, village_code="220881105228"), state="hasIssues"),
        )
        assert [row["village_code"] for row in rows_of(export.sheets[0])] == [OTHER, "220881105228"]
        assert [row["village_code"] for row in rows_of(export.sheets[1])] == [OTHER] * 2 + ["220881105228"] * 2
        assert codes(export) == ["export-marked", "export-rejected"]
        (counted,) = (problem for problem in export.problems if problem.code == "export-rejected")
        assert counted.details == {"count": "1"}
        assert not any(problem.is_error for problem in export.problems)
        assert export.received_on == date(2018, 5, 16)


def test_a_need_without_its_survey_is_reported(tmp_path: Path) -> None:
    """A row of the repeat whose parent was deleted is an error at that row, not dropped in silence."""
    sheets = kobo_sheets(Submission(answers=survey(1)), Submission(answers=survey(2, village_code=OTHER)))
    del sheets["main"][1]
    export = understood(by_hand(**sheets))
    assert export is not None
    assert codes(export) == ["export-orphan"] * 2
    assert [(problem.sheet, problem.cell) for problem in export.problems] == [("needs", "F2"), ("needs", "F3")]
    assert all(problem.is_error for problem in export.problems)
    assert [row["village_code"] for row in rows_of(export.sheets[1])] == [OTHER, OTHER]


def test_needs_follow_their_survey_and_not_its_place() -> None:
    """When somebody has sorted the first sheet, needs still find their village."""
    sheets = kobo_sheets(Submission(answers=survey(1)), Submission(answers=survey(2, village_code=OTHER)))
    head, first, second = sheets["main"]
    export = understood(by_hand(main=[head, second, first], needs=sheets["needs"]))
    assert export is not None
    assert codes(export) == []
    assert [row["village_code"] for row in rows_of(export.sheets[1])] == ["220881100201"] * 2 + [OTHER] * 2


def test_a_survey_that_lost_needs_is_reported(tmp_path: Path) -> None:
    """Kobo's CSV has no repeats; a deleted row of the repeat is missed too."""
    export = taken(tmp_path / "export.csv", kobo_csv([Submission(answers=survey(1))]))
    assert codes(export) == ["export-needs-count"]
    assert export.problems[0].details == {"counted": "2", "found": "0"}
    sheets = kobo_sheets(Submission(answers=survey(1)))
    del sheets["needs"][2]
    fewer = understood(by_hand(**sheets))
    assert fewer is not None
    assert [problem.details for problem in fewer.problems] == [{"counted": "2", "found": "1"}]


def test_needs_alone_are_refused(tmp_path: Path) -> None:
    """The CSV of the repeat without the main one cannot be placed."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    export = understood(by_hand(needs=sheets["needs"]))
    assert export is not None
    assert codes(export) == ["export-main-missing"]
    assert export.sheets == ()


def test_a_submission_twice_is_reported() -> None:
    """Two exports put together count a survey twice; the second is an error and does not come in."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    sheets["main"].append(list(sheets["main"][1]))
    export = understood(by_hand(**sheets))
    assert export is not None
    assert codes(export) == ["export-repeated"]
    assert export.problems[0].details == {"first": "2"}
    assert len(export.sheets[0].rows) == 1


def edited(*edits: tuple[str, int]) -> Export:
    """An export of Central in which one submission stands once for each of these numbers of old people and edits."""
    sheets = central_sheets(Submission(answers=survey(1)))
    heads, row = sheets["main"]
    pairs = list(zip(heads, row, strict=True))
    rows = [
        [{"elderly": elderly, "Edits": str(count)}.get(head.rpartition("-")[2], text) for head, text in pairs]
        for elderly, count in edits
    ]
    export = understood(by_hand(main=[heads, *rows], needs=sheets["needs"]))
    assert export is not None
    return export


def test_of_a_submission_that_was_put_right_the_last_state_counts() -> None:
    """Central counts a submission's edits and keeps its name: the row with more of them takes the other's place."""
    for edits in ([("15", 0), ("16", 1)], [("16", 2), ("15", 1)]):
        export = edited(*edits)
        (row,) = rows_of(export.sheets[0])
        assert row["elderly"] == "16"
        assert codes(export) == ["export-superseded"]
        assert len(export.edited) == 1
        assert len(export.sheets[1].rows) == 2


def test_two_states_of_a_submission_of_one_count_are_no_edit() -> None:
    """Nobody can tell which is later: exports were put together, as before."""
    assert codes(edited(("15", 1), ("16", 1))) == ["export-repeated"]


def test_an_edit_on_the_phone_names_the_submission_that_it_takes_the_place_of() -> None:
    """ODK Collect and Kobo give the edit a name of its own; the former one is not counted, with its needs."""
    sheets = kobo_sheets(Submission(answers=survey(1)), Submission(answers=survey(2, elderly="16")))
    former = survey(1)["meta"]["instanceID"]
    for cells, deprecated in zip(sheets["main"], ("meta/deprecatedID", "", former), strict=True):
        cells.append(deprecated)
    export = understood(by_hand(**sheets))
    assert export is not None
    (row,) = rows_of(export.sheets[0])
    assert str(row["elderly"]) == "16"
    assert codes(export) == ["export-superseded"]
    assert len(export.sheets[1].rows) == 2


def test_two_surveys_of_one_village_and_day_are_a_choice(tmp_path: Path) -> None:
    """Neither is taken, with its needs; what differs and when each came in is told, and the others go on."""
    late = "2018-05-17T01:00:00.000Z"
    export = central(
        tmp_path,
        Submission(answers=survey(1)),
        Submission(answers=survey(2, village_code=OTHER)),
        Submission(answers=survey(3, elderly=16), submitted=late),
    )
    assert codes(export) == ["export-rivals"]
    told = export.problems[0].details
    assert (told["first"], told["second"], told["fields"]) == ("2", "4", "老年人")
    assert (told["first_time"], told["second_time"]) == ("2018-05-16 11:04", "2018-05-17 09:00")
    assert [row["village_code"] for row in rows_of(export.sheets[0])] == [OTHER]
    assert {row["village_code"] for row in rows_of(export.sheets[1])} == {OTHER}
    assert export.received_on == date(2018, 5, 17)


def test_two_surveys_that_say_the_same_are_one(tmp_path: Path) -> None:
    """A form that was sent twice is taken once, with its needs once, and that is told."""
    export = central(tmp_path, Submission(answers=survey(1)), Submission(answers=survey(2)))
    assert codes(export) == ["row-repeated"]
    assert [len(sheet.rows) for sheet in export.sheets] == [1, 2]


def test_needs_that_may_be_of_two_surveys_are_reported() -> None:
    """Of two exports put together, each counted from 1, no need is given to the wrong village."""
    one = kobo_sheets(Submission(answers=survey(1)))
    other = kobo_sheets(Submission(answers=survey(2, village_code=OTHER)))
    other["main"][1][other["main"][0].index("_id")] = "4999"
    export = understood(by_hand(main=[*one["main"], other["main"][1]], needs=[*one["needs"], *other["needs"][1:]]))
    assert export is not None
    assert codes(export) == ["export-orphan"] * 4 + ["export-needs-count"] * 2
    assert export.sheets[1].rows == ()


def test_an_encrypted_submission_is_reported() -> None:
    """Central exports an encrypted submission without its answers and says so in Status."""
    heads = ["SubmissionDate", "place-village_code", "people-poor_persons", "KEY", "Status"]
    export = understood(by_hand(a=[heads, ["2018-05-16T03:04:05Z", "", "", "uuid:1", "not decrypted"]]))
    assert export is not None
    assert [(problem.code, problem.cell) for problem in export.problems] == [("export-encrypted", "E2")]
    assert export.sheets[0].rows == ()


def test_columns_that_nobody_asked_for_are_reported() -> None:
    """An unknown column with answers is a warning, one without a head an error; empty ones and metadata are silent."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    for head, value in (("income", "1200"), ("mood", ""), ("_own", "x"), (None, "stray"), ("people/elderly", "3")):
        sheets["main"][0].append(head)
        sheets["main"][1].append(value)
    export = understood(by_hand(**sheets))
    assert export is not None
    assert sorted(codes(export)) == ["column-headless", "column-ignored", "column-repeated"]
    assert all(sentence(problem) for problem in export.problems if problem.code == "column-repeated")
    assert rows_of(export.sheets[0])[0]["elderly"] == "15"


def test_a_strange_sheet_is_reported() -> None:
    """What is no part of the export is not passed over in silence; an empty sheet is."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    export = understood(by_hand(**sheets, extra=[["备忘"]], empty=[[None]]))
    assert export is not None
    assert [(problem.code, problem.sheet) for problem in export.problems] == [("sheet-ignored", "extra")]


def test_a_code_that_a_spreadsheet_spoilt_stays_as_it_is() -> None:
    """A village code without twelve digits is handed on, for the reader of cells to refuse."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    sheets["main"][1][sheets["main"][0].index("place/village_code")] = "2.20881E+11"
    export = understood(by_hand(**sheets))
    assert export is not None
    assert rows_of(export.sheets[0])[0]["village_code"] == "2.20881E+11"


def test_codes_and_indexes_as_numbers_are_the_same(tmp_path: Path) -> None:
    """A workbook with typed cells gives the same village and ties the same needs."""
    sheets = kobo_sheets(Submission(answers=survey(1)))
    sheets["main"][1][sheets["main"][0].index("place/village_code")] = 220881100201.0
    sheets["needs"][1][sheets["needs"][0].index("_parent_index")] = 1.0
    export = understood(by_hand(**sheets))
    assert export is not None
    assert codes(export) == []
    assert {row["village_code"] for table in export.sheets for row in rows_of(table)} == {"220881100201"}


# ---- residents


def questionnaires(tmp_path: Path, *answers: dict[str, Any]) -> Export:
    return taken(tmp_path / "export.csv", kobo_csv([Submission(answers=one) for one in answers]))


def test_each_resident_is_a_row(tmp_path: Path) -> None:
    """One row for each questionnaire, with its village, day and answers."""
    unaware = resident(2, aware="no", heard_from="", called="", got_through="", kind="", text="")
    export = questionnaires(tmp_path, resident(1), unaware)
    assert export.problems == ()
    (answers,) = export.sheets
    first, second = rows_of(answers)
    assert (first["village_code"], first["surveyed_on"], first["aware"]) == ("220881100201", "2018-05-16", True)
    assert (first["heard_from"], first["called"], first["got_through"]) == ("liaison poster", "yes", "no")
    assert (first["kind"], first["text"]) == ("unreachable", "希望晚上也有人接电话")
    assert (second["aware"], second["heard_from"], second["kind"]) == (False, "", None)


def test_answers_in_columns_of_their_own_are_gathered() -> None:
    """An export that writes only one column for each choice tells the same."""
    sheets = kobo_sheets(Submission(answers=resident(1)))
    del_at = sheets["main"][0].index("answers/heard_from")
    for row in sheets["main"]:
        del row[del_at]
    export = understood(by_hand(**sheets))
    assert export is not None
    assert rows_of(export.sheets[0])[0]["heard_from"] == "liaison poster"
    assert codes(export) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("village_code", "荣华村", "row-unidentified"),
        ("village_code", "", "row-unidentified"),
        ("aware", "maybe", "cell-not-yes-or-no"),
        ("aware", "", "cell-not-yes-or-no"),
    ],
)
def test_an_answer_that_cannot_be_counted_is_reported(tmp_path: Path, name: str, value: str, code: str) -> None:
    """Without a village, or yes or no, an answer counts nowhere, and an error says which one it is."""
    export = questionnaires(tmp_path, resident(1), resident(2, **{name: value}))
    assert [(problem.code, problem.line, problem.is_error) for problem in export.problems] == [(code, 3, True)]
    figures, opinions = residents_to_rows(export.sheets[0])
    assert [row[1:] for row in figures.rows] == [(1, 1)]
    assert len(opinions.rows) == 1


def test_an_answer_without_an_identifier_is_reported() -> None:
    """Without it nobody can tell whether it was counted before."""
    heads = ["_submission_time", "place/village_code", "place/surveyed_on", "answers/aware"]
    export = understood(by_hand(a=[heads, ["2018-05-16T03:04:05", "220881100201", "2018-05-16", "yes"]]))
    assert export is not None
    assert codes(export) == ["export-no-id"]


def test_residents_are_counted_by_village(tmp_path: Path) -> None:
    """Asked are all who answered, aware those who said yes; figures come by village in order."""
    export = questionnaires(
        tmp_path,
        resident(1),
        resident(2, aware="no"),
        resident(3, village_code=OTHER, aware="no"),
        resident(4),
    )
    figures, _ = residents_to_rows(export.sheets[0])
    assert figures.name == "village_surveys"
    assert figures.header == ("village_code", "hotline_asked", "hotline_aware")
    assert figures.rows == ((OTHER, 1, 0), ("220881100201", 3, 2))
    assert [origins[0][1] for origins in figures.origins] == [4, 2]


def test_opinions_become_feedback(tmp_path: Path) -> None:
    """Whoever has an opinion gives a row of feedback through the liaison; whoever has none gives none."""
    export = questionnaires(tmp_path, resident(1), resident(2, kind="", text=""), resident(3, kind="praise", text=""))
    _, opinions = residents_to_rows(export.sheets[0])
    first, second = sorted(rows_of(opinions), key=lambda row: str(row["kind"]), reverse=True)
    assert re.fullmatch(r"F-220881-[0-9]{6}", first.pop("feedback_id"))
    assert first == {
        "village_code": "220881100201",
        "received_on": "2018-05-16",
        "channel": "liaison",
        "kind": "unreachable",
        "text": "希望晚上也有人接电话",
    }
    assert (second["kind"], second["text"]) == ("praise", None)
    assert {origins[4][1] for origins in opinions.origins} == {2, 4}


def test_a_later_export_gives_the_same_numbers(tmp_path: Path) -> None:
    """With more submissions, and in another order, an opinion keeps its number."""
    early = [Submission(answers=resident(number), submitted="2018-05-16T03:00:00Z") for number in range(40)]
    late = [Submission(answers=resident(number), submitted="2018-05-17T03:00:00Z") for number in range(40, 80)]
    numbers = []
    for submissions in (early, [*late, *reversed(early)]):
        export = taken(tmp_path / "export.zip", central_zip("residents_220881_demo", submissions))
        (answers,) = export.sheets
        _, opinions = residents_to_rows(answers)
        ids = {row["instance_id"]: place for place, row in enumerate(rows_of(answers), start=2)}
        by_line = {origins[0][1]: row[0] for row, origins in zip(opinions.rows, opinions.origins, strict=True)}
        numbers.append({identifier: by_line[line] for identifier, line in ids.items()})
    assert len(set(numbers[1].values())) == 80
    assert numbers[0].items() <= numbers[1].items()


@given(st.sets(st.text(min_size=1), max_size=20), st.data())
def test_a_number_is_never_given_twice(identifiers: set[str], data: st.DataObject) -> None:
    """Where a number is taken the next free one is given, and it always has the schema's form."""
    pattern = settings()[1].tables["feedback"].field("feedback_id").constraints["pattern"]
    given_out: set[str] = set()
    for identifier in identifiers:
        number = feedback_id("220881", identifier, given_out)
        assert number not in given_out
        assert re.fullmatch(pattern, number)
        given_out |= {number, feedback_id("220881", data.draw(st.sampled_from(sorted(identifiers))), given_out)}


CELLS = st.none() | st.text(max_size=12) | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.dates()
HEADS = st.sampled_from(
    [
        "KEY",
        "PARENT_KEY",
        "_index",
        "_parent_index",
        "_id",
        "_submission_time",
        "SubmissionDate",
        "village_code",
        "aware",
        "poor_persons",
        "group",
        "matter",
        "persons",
        "needs_counted",
        "heard_from",
        "heard_from/liaison",
        "ReviewState",
        "Status",
        "kind",
        "x",
    ]
)


@given(
    st.lists(
        st.lists(HEADS, max_size=12).flatmap(
            lambda heads: st.lists(st.lists(CELLS, max_size=12), max_size=4).map(lambda rows: [heads, *rows])
        ),
        max_size=3,
    )
)
def test_whatever_stands_there_is_flattened_or_left(sheets: list[list[list[Any]]]) -> None:
    """No sheet of any content ends in a traceback; every table is whole, and each value has its cell."""
    export = understood(by_hand(**{f"s{number}": rows for number, rows in enumerate(sheets)}))
    for table in export.sheets if export else ():
        assert all(len(row) == len(table.header) for row in (*table.rows, *table.origins))
        assert len(table.rows) == len(table.origins)
        if table.name == "residents":
            residents_to_rows(table)
