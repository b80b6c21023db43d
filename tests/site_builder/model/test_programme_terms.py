"""What is particular in a programme's words is said once: words, schemas, forms and materials read in its terms."""

import json
from datetime import date
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION, PROJECT

from site_builder.checks import check
from site_builder.model import campaign, forms, programme, schemas
from site_builder.model.programme import Holiday, Programme
from site_builder.shared import words
from site_builder.shared.problems import CampaignError

OF_ANOTHER = Programme(
    aim="乡村振兴",
    county_kind="重点帮扶县",
    village_kind="重点帮扶村",
    window_kind="便民窗口",
    served="监测对象",
    household_kind="监测户",
    people_kind="监测人口",
    target_kind="帮扶对象",
)
HELD = [*programme.TERMS.values(), "贫困", "脱贫", "惠民生"]


def test_nothing_that_the_public_or_a_county_reads_of_the_schemas_holds_another_programme_s_terms() -> None:
    """Titles and descriptions of tables, columns and codes, and the names of sheets; aliases are what is understood."""
    known = schemas.read(PROJECT / schemas.FOLDER, OF_ANOTHER)
    asked = [*forms.load(PROJECT, known).forms.values(), *forms.load_of_units(PROJECT, known).forms.values()]
    read = [
        *(f"{table.title}{json.dumps(table.descriptor, ensure_ascii=False)}" for table in known.tables.values()),
        *(f"{table.title}{json.dumps(table.descriptor, ensure_ascii=False)}" for table in known.derived.values()),
        *(title for codes in known.code_lists.values() for title in codes.values()),
        *(f"{form.sheet}{[column.title for column in form.columns]}" for form in asked),
    ]
    assert [(word, text[:60]) for text in read for word in HELD if word in text] == []
    assert not any(f"{{{term}}}" in text for text in read for term in programme.TERMS)
    assert any("重点帮扶村" in text for text in read)


def test_a_county_s_own_words_for_its_villages_are_understood() -> None:
    """As a head of a column, and over a list."""
    known = schemas.read(PROJECT / schemas.FOLDER, OF_ANOTHER)
    assert "重点帮扶村" in forms.load(PROJECT, known).context["village_name"]
    (listed,) = forms.load_village_list(PROJECT, known).forms.values()
    assert "重点帮扶村名单" in listed.names


def test_words_read_in_the_terms_and_keep_their_other_braces(root: Path) -> None:
    """Only the programme's names are taken; what a page fills in later stays."""
    path = root / programme.FILE
    path.write_text(path.read_text(encoding="utf-8").replace("village_kind: 贫困村", "village_kind: 脱贫村"), "utf-8")
    raw, said = words.load(root, "zh-CN"), programme.chinese_words(root)
    assert raw["county"]["no_villages"] == "本县（市、区）没有登记{village_kind}。"
    assert said["county"]["no_villages"] == "本县（市、区）没有登记脱贫村。"
    assert said["common"]["date"] == raw["common"]["date"] == "{year}年{month}月{day}日"


def test_settings_of_before_read_as_before_and_are_told_what_moved(root: Path) -> None:
    """Without the file nothing changes for the public; each term is named with what is written in its place."""
    before = schemas.load(root)
    (root / programme.FILE).unlink()
    assert schemas.load(root).tables["villages"].title == before.tables["villages"].title == "贫困村"
    assert programme.chinese_words(root)["county"]["no_villages"] == "本县（市、区）没有登记贫困村。"
    found = check(root, campaign.load(root), schemas.load(root)).problems
    told = {problem.details["key"]: problem.details["said"] for problem in found if problem.code == "programme-before"}
    assert told == dict(programme.TERMS)


@pytest.mark.parametrize(
    "line",
    [
        "village_kind: 村{basis}",
        "hotline_hours: '{0.__class__}'",
        "holidays: [{first: 2018-10-07, last: 2018-10-01, says: 放假}]",
        "holidays: [{first: 2018-10-01, last: 2018-10-07, says: ''}]",
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(root: Path, line: str) -> None:
    """Braces, which would be filled in once more; a holiday that ends before it begins or says nothing."""
    (root / programme.FILE).write_text(f"aim: 为民\n{line}\n", encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        programme.load(root)
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("settings-value", 2)]


def test_examples_are_of_the_campaign_s_year() -> None:
    """Else a county would be shown days of another campaign; what kits are known by stays."""
    known = schemas.read(PROJECT / schemas.FOLDER, OF_ANOTHER)
    later = schemas.of_year(known, 2026)
    assert schemas.of_year(known, 2018) is known
    assert [
        (table.name, field.name)
        for table in later.tables.values()
        for field in table.fields
        if "2018" in f"{field.example}{field.description}"
    ] == []
    before, after = (forms.load(PROJECT, each).forms["liaisons"] for each in (known, later))
    assert forms.form_digest(before) == forms.form_digest(after)
    assert "2026-03-20" in {column.field.example for column in after.columns}


def test_holidays_that_are_over_are_shown_no_more() -> None:
    """The last day counts; the next comes first."""
    days = [Holiday(first=date(2018, month, 1), last=date(2018, month, 3), says="放假") for month in (10, 5, 9)]
    own = Programme(holidays=tuple(days))
    assert [each.first.month for each in own.holidays_from(date(2018, 5, 3))] == [5, 9, 10]
    assert [each.first.month for each in own.holidays_from(date(2018, 5, 4))] == [9, 10]


def test_the_demonstration_says_every_term() -> None:
    """Nothing of it is read as before."""
    own = programme.load(DEMONSTRATION)
    assert [term for term in programme.TERMS if not getattr(own, term)] == []
