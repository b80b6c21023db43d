"""The phone forms: XLSForms that pyxform and ODK take, made from the same forms as workbook and paper."""

import io
from dataclasses import replace

import openpyxl
import pytest
from phone_county import COUNTY, RESIDENTS_FILE, SURVEY_FILE, VILLAGES, phone_files, settings
from pyxform.xls2xform import convert

from site_builder.kit.phone import phone_forms
from site_builder.model.campaign import DataStatus

FILES = (SURVEY_FILE, RESIDENTS_FILE)
Lines = list[dict[str, str]]


def sheets_of(content: bytes) -> dict[str, Lines]:
    """The sheets of an XLSForm, line by line, without the language behind a head."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: lines_of(sheet) for sheet in book}


def lines_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> Lines:
    heads, *rows = sheet.iter_rows(values_only=True)
    names = [head.partition("::")[0] for head in heads]
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return phone_files()


@pytest.fixture(scope="module")
def village_survey(files: dict[str, bytes]) -> dict[str, Lines]:
    return sheets_of(files[SURVEY_FILE])


@pytest.fixture(scope="module")
def residents(files: dict[str, bytes]) -> dict[str, Lines]:
    return sheets_of(files[RESIDENTS_FILE])


def question(form: dict[str, Lines], name: str) -> dict[str, str]:
    return next(line for line in form["survey"] if line.get("name") == name)


def test_two_forms_are_made_and_always_the_same(files: dict[str, bytes]) -> None:
    """A county gets the survey and the questionnaire; made twice they are the same bytes."""
    assert tuple(files) == FILES
    assert phone_files() == files


def test_a_county_without_villages_gets_none() -> None:
    """Where there is no village there is nobody to ask."""
    assert phone_forms(replace(COUNTY, villages=()), *settings()) == {}


@pytest.mark.needs("default-jre-headless")
@pytest.mark.parametrize("name", FILES)
def test_pyxform_and_odk_validate_have_nothing_to_say(files: dict[str, bytes], name: str) -> None:
    """A form converts without a warning, and ODK's own validator accepts it."""
    assert convert(io.BytesIO(files[name]), validate=True).warnings == []


@pytest.mark.needs("default-jre-headless")
def test_odk_validate_would_tell(files: dict[str, bytes]) -> None:
    """The validator really runs: an expression that cannot be is refused."""
    book = openpyxl.load_workbook(io.BytesIO(files[SURVEY_FILE]))
    heads = [cell.value for cell in book["survey"][1]]
    line = next(row for row in book["survey"].iter_rows() if row[1].value == "poor_persons")
    line[heads.index("constraint")].value = ". >= ("
    memory = io.BytesIO()
    book.save(memory)
    with pytest.raises(Exception, match="poor_persons"):
        convert(io.BytesIO(memory.getvalue()), validate=True)


def test_every_field_of_the_survey_is_asked_with_its_number_on_paper(village_survey: dict[str, Lines]) -> None:
    """Each column of the form is a question by its field's name, in order, labelled as on paper."""
    columns = settings()[0].forms["village_surveys"].columns
    asked = {line["name"]: line for line in village_survey["survey"] if "name" in line}
    labels = [asked[column.field.name]["label"] for column in columns]
    assert [name for name in asked if name in {column.field.name for column in columns}] == [
        column.field.name for column in columns
    ]
    for column, label in zip(columns, labels, strict=True):
        assert label.startswith(f"{column.number} {column.title}")
        if column.field.constraints.get("required"):
            assert asked[column.field.name]["required"] == "yes"
            assert asked[column.field.name]["required_message"]


@pytest.mark.parametrize("name", FILES)
def test_names_are_ascii_and_people_read_chinese(files: dict[str, bytes], name: str) -> None:
    """ODK accepts only ASCII names; every question that is shown has a Chinese label, every limit a message."""
    form = sheets_of(files[name])
    for line in [*form["survey"], *form["choices"]]:
        assert line.get("name", "").isascii()
        if not line.get("type", "").startswith(("end_", "calculate")):
            assert not line["label"].isascii() or line["label"].isdecimal()
        if "constraint" in line:
            assert line["constraint_message"].endswith("。")


def test_a_village_is_chosen_in_its_township_and_shows_its_code(village_survey: dict[str, Lines]) -> None:
    """Choices are twelve-digit texts under their township; two villages of one name can be distinguished."""
    choices = [line for line in village_survey["choices"] if line["list_name"] == "villages"]
    assert [line["name"] for line in choices] == [village.code for village in VILLAGES]
    assert [line["township"] for line in choices] == [village.code[:9] for village in VILLAGES]
    assert choices[2]["label"] == "荣华村（220881105228）"
    assert question(village_survey, "village_code")["choice_filter"] == "township = ${township}"
    townships = [line for line in village_survey["choices"] if line["list_name"] == "townships"]
    assert [(line["name"], line["label"]) for line in townships] == [("220881100", "瓦房镇"), ("220881105", "黑水镇")]


def test_limits_come_from_the_schema(village_survey: dict[str, Lines]) -> None:
    """Smallest and largest stand in the constraint and in its message."""
    households = question(village_survey, "poor_households")
    assert ". >= 0 and . <= 100000" in households["constraint"]
    assert "0到100000" in households["constraint_message"]
    assert "2016-01-01" in question(village_survey, "surveyed_on")["constraint"]
    assert "string-length(.) <= 200" in question(village_survey, "note")["constraint"]


def test_the_needs_offer_every_group_and_matter(village_survey: dict[str, Lines]) -> None:
    """What may be chosen of a need is the code lists, no more and no less."""
    lists = settings()[1].code_lists
    for name in ("groups", "matters"):
        offered = {line["name"]: line["label"] for line in village_survey["choices"] if line["list_name"] == name}
        assert offered == lists[name]


def test_residents_are_asked_nothing_that_tells_who_they_are(residents: dict[str, Lines]) -> None:
    """The questionnaire asks these questions and no others, and says that it wants no names."""
    shown = [line for line in residents["survey"] if not line["type"].startswith(("begin", "end", "calc", "note"))]
    assert [line["name"] for line in shown] == [
        "township",
        "village_code",
        "surveyed_on",
        "aware",
        "heard_from",
        "called",
        "got_through",
        "kind",
        "text",
    ]
    assert not {"start", "end", "deviceid", "username", "phonenumber", "geopoint"} & {
        line["type"] for line in residents["survey"]
    }
    note = question(residents, "privacy_note")["label"]
    assert "不记名" in note
    assert all(word in note for word in ("姓名", "电话", "身份证号", "住址"))


@pytest.mark.parametrize("name", FILES)
def test_a_form_says_which_kit_it_is(files: dict[str, bytes], name: str) -> None:
    """Settings and hidden answers carry version, county and data status, so that every export does."""
    form = sheets_of(files[name])
    (about,) = form["settings"]
    version = settings()[0].version
    assert about["version"] == version
    assert about["form_id"].endswith("_220881_demo")
    assert about["form_title"].startswith("【演示】洮南市")
    assert [question(form, mark)["calculation"] for mark in ("kit_version", "county_code", "data_status")] == [
        f"'{version}'",
        "'220881'",
        "'demo'",
    ]


def test_an_official_form_does_not_speak_of_a_demonstration() -> None:
    """Notice and mark of the demonstration vanish with it."""
    forms, schemas, campaign = settings()
    official = campaign.model_copy(update={"data_status": DataStatus.OFFICIAL})
    for content in phone_forms(COUNTY, forms, schemas, official).values():
        form = sheets_of(content)
        assert "demo_note" not in {line.get("name") for line in form["survey"]}
        assert "演示" not in form["settings"][0]["form_title"]
        assert form["settings"][0]["form_id"].endswith("_official")
