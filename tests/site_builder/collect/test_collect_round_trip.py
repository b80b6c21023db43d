"""The round: the kit's own workbook, filled in and saved by another program, comes back as what was entered."""

import copy
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, SOUND, context_of, rows_of, take, without_hidden_sheets
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rounds import rounds

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.kit.county import KitCounty, gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import HEAD_LINE, Form
from site_builder.model.meanings import no_name
from site_builder.model.schemas import Field


def kit_of(root: Path, rows: Mapping[str, list[dict[str, str]]] | None = None) -> bytes:
    """The tiny campaign's workbook for its county; rows: in place of what the record has."""
    known, settings_ = schemas.load(root), campaign.load(root)
    county: KitCounty = next(found for found in gather(root, settings_, known) if found.code == COUNTY)
    county = replace(county, rows=rows) if rows is not None else county
    return county_workbook(county, forms.load(root, known), known, settings_)


def emptied(root: Path) -> Path:
    """The record without a return of the county."""
    for table in SOUND:
        path = root / f"content/data/{table}/{COUNTY}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return root


def places(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    """The columns of a kit sheet by the title at their head."""
    return {cell.value: cell.column for cell in sheet[HEAD_LINE] if cell.value}


def fill(path: Path, form: Form, rows: list[dict[str, object]]) -> None:
    """Type rows into the form's sheet, as a clerk: into the line of the key if it is there, else below."""
    book = openpyxl.load_workbook(path)
    sheet = book[form.sheet]
    columns = places(sheet)
    first = form.columns[0]
    for row in rows:
        known = {
            str(sheet.cell(line, 1).value).split()[0]: line
            for line in range(HEAD_LINE + 1, sheet.max_row + 1)
            if sheet.cell(line, 1).value
        }
        line = known.get(str(row[first.names[-1]])) or first_free(sheet)
        for column in form.columns:
            value = next((row[name] for name in column.names if name in row), None)
            if value is not None:
                sheet.cell(line, columns[column.title], value)
    book.save(path)


def first_free(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    return next(line for line in range(HEAD_LINE + 1, 10_000) if sheet.cell(line, 1).value is None)


@pytest.mark.needs("libreoffice-calc")
def test_a_workbook_filled_and_saved_elsewhere_comes_back_as_entered(root: Path, tmp_path: Path) -> None:
    """Every return typed into the kit's workbook, saved again by LibreOffice, lands as what was typed."""
    emptied(root)
    context = context_of(root)
    sent = tmp_path / "sent" / "填报表.xlsx"
    sent.parent.mkdir()
    sent.write_bytes(kit_of(root))
    for table, rows in SOUND.items():
        fill(sent, context.forms.forms[table], copy.deepcopy(rows))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(sent)]
    subprocess.run(command, check=True, capture_output=True)
    (taken,) = take(root, tmp_path / "填报表.xlsx", context=context)
    assert [problem for problem in taken.problems if problem.is_error] == []
    assert {table: counts[0] for table, counts in taken.counts.items()} == {
        **dict.fromkeys(SOUND, 1),
        "needs": 2,
        "indicators": 0,  # the one on record came back as it was
    }
    (liaison,) = rows_of(taken, "liaisons")
    assert (liaison["name"], liaison["role"], liaison["from_date"]) == ("李春花", "village_head", "2018-06-01")
    assert (liaison["work_phone"], liaison["phone_consent"]) == ("0436-0000101", "false")
    (survey,) = rows_of(taken, "village_surveys")
    assert (survey["surveyed_on"], survey["poor_persons"], survey["hotline_aware"]) == ("2018-06-10", "51", "19")
    needs = {(row["group"], row["matter"]): row["persons"] for row in rows_of(taken, "needs")}
    assert needs == {("migrant_workers", "labour_pay"): "6", ("disabled", "social_insurance"): "1"}
    (activity,) = rows_of(taken, "activities")
    assert (activity["county_code"], activity["kind"], activity["data_status"]) == (COUNTY, "team_visit", "demo")


def test_indicators_are_assessed_in_the_workbook(root: Path, tmp_path: Path) -> None:
    """A line for each period and figure: what is typed lands, what is verified stays, and blanks say nothing."""
    record = root / f"content/data/indicators/{COUNTY}.csv"
    with record.open("a", encoding="utf-8") as file:
        file.write(f"{COUNTY},2018-05,consultations,20,19,site_visit,2018-06-20,核验单位,,,,demo\n")
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(kit_of(root))
    book = openpyxl.load_workbook(path)
    sheet = book["绩效指标自评"]
    lines = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=HEAD_LINE + 1)}
    assert [cell.value for cell in sheet[HEAD_LINE]] == ["期间", "指标", "自我评估数"]
    assert len(lines) == (12 + 4 + 2 + 1) * 8
    lines["2018-05", "法律咨询（人次）"][2].value = 21
    lines["2018-Q1", "挽回损失（元）"][2].value = "80600元"
    lines["2018-Q1", "法律咨询（人次）"][2].value = 0
    book.save(path)
    (taken,) = take(root, path)
    assert [problem for problem in taken.problems if problem.is_error] == []
    assert taken.counts["indicators"] == (2, 1, 1)
    rows = {(row["period"], row["indicator"]): row for row in rows_of(taken, "indicators")}
    assert {key: row["self_value"] for key, row in rows.items()} == {
        ("2018-04", "consultations"): "12",
        ("2018-05", "consultations"): "21",
        ("2018-Q1", "amount_recovered"): "80600",
        ("2018-Q1", "consultations"): "0",
    }
    assert {row["county_code"] for row in rows.values()} == {COUNTY}
    verified = rows["2018-05", "consultations"]
    assert (verified["verified_value"], verified["verified_by"]) == ("19", "核验单位")


def test_a_period_that_is_not_over_is_reported_at_its_cell(root: Path, tmp_path: Path) -> None:
    """A figure for the whole year in June is refused, in the line where it was typed."""
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(kit_of(root))
    book = openpyxl.load_workbook(path)
    sheet = book["绩效指标自评"]
    line = next(row[0].row for row in sheet.iter_rows(min_row=HEAD_LINE + 1) if row[0].value == "2018")
    sheet.cell(line, 3).value = 5
    book.save(path)
    (taken,) = take(root, path)
    errors = [(problem.code, problem.sheet, problem.cell) for problem in taken.problems if problem.is_error]
    assert errors == [("indicator-period-ahead", "绩效指标自评", f"A{line}")]


def test_a_workbook_sent_back_untouched_changes_nothing(root: Path, tmp_path: Path) -> None:
    """What the record holds goes out in the workbook and comes back the same, in every return."""
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(kit_of(root))
    (taken,) = take(root, path)
    assert [problem for problem in taken.problems if problem.is_error or problem.code.startswith("kit-")] == []
    assert taken.changes == []
    assert {new + changed for new, changed, _ in taken.counts.values()} == {0}
    for table in taken.counts:
        name = f"content/data/{table}/{COUNTY}.csv"
        assert taken.drafts[name] == (root / name).read_bytes()


_LETTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
_TEXTS = st.text(_LETTERS, min_size=1, max_size=12)
_NAMES = st.text(_LETTERS, min_size=2, max_size=6).filter(lambda text: no_name(text) is None)


def _cell(field: Field) -> st.SearchStrategy[str]:
    """A sound entry of a field, as the record writes it."""
    if field.choices:
        return st.sampled_from(sorted(field.choices))
    if "1[3-9]" in str(field.constraints.get("pattern", "")):
        return st.from_regex(r"\A0(?:43[0-9])-[0-9]{7}(?:-[0-9]{1,6})?\Z|\A1[3-9][0-9]{9}\Z|\A[1-9][0-9]{4}\Z")
    return {
        "boolean": st.sampled_from(["true", "false"]),
        "integer": st.integers(0, 100_000).map(str),
        "number": st.integers(-9_999_999, 9_999_999).map(lambda number: repr(number / 1000).removesuffix(".0")),
        "date": st.dates(date(2016, 1, 1), date(2034, 1, 1)).map(str),
        "string": _NAMES if field.is_person else _TEXTS,
    }[field.type]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    from tiny_campaign import make_root

    return context_of(emptied(make_root(tmp_path_factory.mktemp("empty"))))


def _key_cell(form: Form, field: Field, number: int) -> str | None:
    """Keys are given, so that no two rows are one record and every one names what there is."""
    letter = {"activity_id": "A", "feedback_id": "F"}.get(field.name)
    if letter:
        return f"{letter}-{COUNTY}-{number:04}"
    fixed = {
        "village_code": f"2208811002{number % 2:02}",
        "recipient_code": f"2208811002{number % 2:02}",
        "material_id": f"M-0{1 + number % 2}",
        "window_id": f"W-{COUNTY}-2018",
        "county_code": COUNTY,
        "data_status": "demo",
    }
    return fixed.get(field.name)


@pytest.mark.parametrize("table", list(SOUND))
@given(data=st.data())
@settings(
    max_examples=rounds(2, 8),
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # each example is a whole workbook: to shrink one takes minutes
)
def test_any_table_comes_back_through_the_workbook(
    table: str, empty: CollectionContext, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever sound cells a table holds, the workbook made of it is read back as the same rows."""
    form = empty.forms.forms[table]
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for number in range(data.draw(st.integers(1, 1 if table == "windows" else 4))):
        row = {
            field.name: _key_cell(form, field, number)
            or data.draw(_cell(field) if field.constraints.get("required") else st.one_of(st.just(""), _cell(field)))
            for field in form.table.fields
        }
        rows[tuple(row[name] for name in form.table.key)] = row
    path = tmp_path_factory.mktemp("kit") / "填报表.xlsx"
    path.write_bytes(kit_of(empty.root, {table: list(rows.values())}))
    if form.is_spread:
        without_hidden_sheets(path)  # records that share a row: of a kit that had them, what is unchanged has gone
    # To a record that has none of these rows, a kit that did would bring back what had gone: here that is wanted.
    accepted = frozenset((form.sheet, line) for line in range(HEAD_LINE + 1, HEAD_LINE + 9))
    (taken,) = take(empty.root, path, CollectOptions(accepted=accepted), context=empty)
    back = sorted(rows_of(taken, table), key=lambda row: [row[name] for name in form.table.key])
    assert back == [rows[key] for key in sorted(rows)]
