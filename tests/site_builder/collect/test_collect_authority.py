"""A file changes its own county's rows, and of others those that a person accepts, row by row."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from collect_examples import COUNTY, context_of, grid, kit_of, rows_of, take, write_workbook
from phone_county import survey
from phone_exports import Submission, central_zip
from tiny_campaign import make_root

from site_builder import checks
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading
from site_builder.shared.problems import listing

OTHER, STRANGER = "220882", "220882202204"
HEADS = ["接收单位代码", "材料编号", "数量", "发放日期"]
SHEET = "材料发放与悬挂"
NAMED = CollectOptions(county=COUNTY)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    return context_of(make_root(tmp_path_factory.mktemp("collect")))


@pytest.fixture(scope="module")
def kit(context: CollectionContext) -> bytes:
    return kit_of(context)


def sent(
    context: CollectionContext,
    folder: Path,
    options: CollectOptions,
    counts: tuple[int, int],
    county_names: Sequence[str] = (),
) -> dict[str, CollectedReturn]:
    """What deliveries bring, county by county. counts: how many of this county, and after them of the other."""
    receivers = ["220881100201"] * counts[0] + [STRANGER] * counts[1]
    rows: list[list[object]] = [[code, "M-02", 4, f"2018-04-{day:02}"] for day, code in enumerate(receivers, start=1)]
    sheet: list[list[object]] = [list(HEADS), *rows]
    if county_names:
        names = [name for name, count in zip(county_names, counts, strict=True) for _ in range(count)]
        sheet = [[head, *row] for head, row in zip(("县（市、区）", *names), sheet, strict=True)]
    path = write_workbook(folder / "报表.xlsx", {SHEET: sheet})
    return {taken.county: taken for taken in take(context.root, path, options, context)}


def refused(taken: CollectedReturn) -> list[int]:
    """The lines that are said to be another county's."""
    rows = (found.details["rows"] for found in taken.problems if found.code == "row-other-county")
    return [int(line) for text in rows for line in re.findall("第([0-9]+)行", text)]


@pytest.mark.parametrize("options", [CollectOptions(), NAMED])
@pytest.mark.parametrize("counts", [(2, 1), (11, 1), (5, 4)])
def test_rows_of_another_county_are_errors(
    options: CollectOptions, counts: tuple[int, int], context: CollectionContext, tmp_path: Path
) -> None:
    """Where one county is named, and where none is but more than half of the rows are one's: both are named."""
    returns = sent(context, tmp_path, options, counts)
    first = counts[0] + 2
    assert refused(returns[OTHER]) == list(range(first, first + counts[1]))
    (found, *_) = [found for found in returns[OTHER].problems if found.code == "row-other-county"]
    assert (found.details["found"], found.details["expected"]) == ("大安市", "洮南市")
    assert not refused(returns[COUNTY])


def test_a_list_in_which_no_county_is_most_is_split_by_county(context: CollectionContext, tmp_path: Path) -> None:
    """As a province's own list is, which names each row's county: no county is the one that sent it."""
    returns = sent(context, tmp_path, CollectOptions(), (3, 3), ["洮南市", "大安市"])
    assert not refused(returns[OTHER])
    found = {found.code for found in returns[OTHER].problems}
    assert "return-mixed" in found
    assert "return-unowned" not in found


def test_a_county_column_is_no_permission(context: CollectionContext, tmp_path: Path) -> None:
    """A province's list, which names each row's county, may be mostly one county's; a return with a stray row not."""
    assert refused(sent(context, tmp_path, CollectOptions(), (11, 1), ["洮南市", "大安市"])[OTHER]) == [13]
    assert not refused(sent(context, tmp_path, CollectOptions(), (8, 1), ["洮南市", "大安市"])[OTHER])


@pytest.mark.parametrize("county_names", [(), ("洮南市", "大安市")])
@pytest.mark.parametrize("county", ["", COUNTY])
def test_a_row_is_accepted_by_its_sheet_and_line(
    county: str, county_names: Sequence[str], context: CollectionContext, tmp_path: Path
) -> None:
    """That row alone, and that it was accepted stands among what the changed county sent."""
    options = CollectOptions(county=county, accepted=frozenset({(SHEET, 13)}))
    returns = sent(context, tmp_path, options, (11, 1), county_names)
    assert not refused(returns[OTHER])
    assert returns[OTHER].is_sound
    assert [row["accepted_rows"] for row in rows_of(returns[OTHER], "submissions")][-1] == f"{SHEET}!13"
    assert [row["accepted_rows"] for row in rows_of(returns[COUNTY], "submissions")][-1] == ""
    assert STRANGER in {row["recipient_code"] for row in rows_of(returns[OTHER], "deliveries")}


def test_one_accepted_row_lets_no_other_in(context: CollectionContext, tmp_path: Path) -> None:
    """The row beside it is refused as before."""
    options = CollectOptions(county=COUNTY, accepted=frozenset({(SHEET, 13)}))
    assert refused(sent(context, tmp_path, options, (11, 2))[OTHER]) == [14]


def test_an_accepted_row_must_agree_with_itself(context: CollectionContext, tmp_path: Path) -> None:
    """A code of this county beside the name of another is a contradiction, which nobody can accept."""
    options = CollectOptions(county=COUNTY, accepted=frozenset({(SHEET, 2)}))
    taken = sent(context, tmp_path, options, (1, 0), ["大安市", ""])[COUNTY]
    assert refused(taken) == [2]
    assert not taken.is_sound


def liaison(context: CollectionContext, folder: Path, options: CollectOptions, **changes: str) -> CollectedReturn:
    """What a list of one liaison brings, who holds the office on record but for what is changed."""
    (old,) = [row for row in context.rows[f"content/data/liaisons/{COUNTY}.csv"] if row["name"] == "斯琴高娃"]
    kept = {"村代码": "village_code", "姓名": "name", "身份": "role", "工作电话": "work_phone", "任职日期": "from_date"}
    row = {head: old[field] for head, field in kept.items()} | changes
    path = write_workbook(folder / "报表.xlsx", {"联络员名单": [list(row), list(row.values())]})
    (taken,) = take(context.root, path, options, context)
    return taken


def codes(taken: CollectedReturn) -> set[str]:
    return {str(found.code) for found in taken.problems if str(found.code).startswith("liaison-")}


def test_a_name_put_right_is_taken_and_told(context: CollectionContext, tmp_path: Path) -> None:
    """One character that sounds alike, and nothing else of the person changes."""
    assert codes(liaison(context, tmp_path, NAMED, 姓名="斯琴高瓦")) == {"liaison-corrected"}


@pytest.mark.parametrize("changes", [{"身份": "村会计"}, {"工作电话": "0436-0000999"}])
def test_who_has_another_role_or_phone_is_another_person(
    changes: dict[str, str], context: CollectionContext, tmp_path: Path
) -> None:
    """However alike the names are, it is asked."""
    assert codes(liaison(context, tmp_path, NAMED, 姓名="斯琴高瓦", **changes)) == {"liaison-replaced"}


def test_another_name_is_accepted_by_row(context: CollectionContext, tmp_path: Path) -> None:
    """What was asked is answered: it is the same person, whose name was wrong."""
    assert codes(liaison(context, tmp_path, NAMED, 姓名="王福")) == {"liaison-replaced"}
    options = CollectOptions(county=COUNTY, accepted=frozenset({("联络员名单", 2)}))
    taken = liaison(context, tmp_path, options, 姓名="王福")
    assert codes(taken) == {"liaison-corrected"}
    assert [row["accepted_rows"] for row in rows_of(taken, "submissions")][-1] == "联络员名单!2"


def test_a_kit_of_another_county_is_that_as_a_whole(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """Its rows are not asked about one by one: to accept them all would be no answer."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(kit)
    returns = take(context.root, path, CollectOptions(county=OTHER), context)
    found = {str(problem.code) for taken in returns for problem in taken.problems}
    assert "return-wrong-county" in found
    assert "row-other-county" not in found
    assert not any(taken.is_sound for taken in returns)


def test_of_another_countys_row_all_is_said_at_once(tmp_path: Path) -> None:
    """That it is older than that county's last return, and who serves there by the record."""
    context = context_of(make_root(tmp_path / "campaign"))
    heads: list[object] = ["村代码", "姓名", "身份", "任职日期"]
    own: list[object] = ["220881100201", "斯琴高娃", "村党组织书记", "2018-03-05"]
    there: list[object] = ["220882202203", "那顺", "志愿者", "2017-06-01"]
    later = write_workbook(tmp_path / "0.xlsx", {"联络员名单": [heads, there]})
    for taken in take(context.root, later, CollectOptions(county=OTHER, received_on=date(2018, 6, 29)), context):
        context.take_in(taken.drafted, taken.rows)
    other: list[object] = [there[0], "王福", *there[2:]]
    path = write_workbook(tmp_path / "1.xlsx", {"联络员名单": [heads, own, other]})
    options = CollectOptions(county=COUNTY, received_on=date(2018, 6, 28), accepted=frozenset({("联络员名单", 3)}))
    (guest,) = [taken for taken in take(context.root, path, options, context) if taken.county == OTHER]
    assert {"return-older", "liaison-elsewhere"} <= {str(found.code) for found in guest.problems}


@pytest.mark.parametrize(
    ("name", "above", "is_refused"),
    [
        (SHEET, ["大安市材料发放表"], True),
        (SHEET, ["材料发放表", "填报单位：大安市法律援助中心"], True),
        ("大安市", ["材料发放表"], True),
        (SHEET, ["洮南市材料发放表"], False),
        (SHEET, ["大安市支援洮南市材料发放表"], False),
        (SHEET, ["白城市材料发放表"], False),
    ],
)
def test_a_title_that_names_another_county_is_asked_about(
    name: str, above: list[str], is_refused: bool, context: CollectionContext, tmp_path: Path
) -> None:
    """Whoever takes it in may have named the wrong county: villages of one name are in both."""
    titles: list[list[object]] = [[text] for text in above]
    rows: list[list[object]] = [*titles, list(HEADS), ["220881100201", "M-02", 4, "2018-04-01"]]
    (taken,) = take(context.root, write_workbook(tmp_path / "报表.xlsx", {name: rows}), NAMED, context)
    assert ("return-wrong-county" in {found.code for found in taken.problems}) == is_refused


@pytest.mark.parametrize(
    ("name", "office", "where"),
    [
        ("填报表-220882.xlsx", "", "文件名“填报表-220882.xlsx”"),
        ("大安市6月/填报表.xlsx", "", "文件夹“大安市6月”"),
        ("大安报表.xlsx", "", "文件名“大安报表.xlsx”"),
        ("填报表.xlsx", "大安市法律援助中心", "“填写说明”表B2"),
        ("填报表-220881.xlsx", "洮南市司法局", ""),
        ("省里转/20180628 填报表.xlsx", "样例法律援助中心", ""),
        ("大安市转来洮南市的表.xlsx", "", ""),
    ],
)
def test_a_kit_that_bears_the_name_of_another_county_is_refused(
    name: str, office: str, where: str, context: CollectionContext, kit: bytes, tmp_path: Path
) -> None:
    """With both names, and where the other stands; who names the county has answered it."""
    path = tmp_path / "收件" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(kit)
    if office:
        book = openpyxl.load_workbook(path)
        book["填写说明"]["B2"] = office
        book.save(path)
    (taken,) = take(context.root, path, context=context)
    said = [found.details for found in taken.problems if found.code == "kit-renamed"]
    asked = [(each["where"], each["found"], each["named"]) for each in said]
    assert asked == [(where, "洮南市", "大安市")] * bool(where)
    (named,) = take(context.root, path, NAMED, context)
    assert "kit-renamed" not in {found.code for found in named.problems}


def batch(
    context: CollectionContext,
    folder: Path,
    number: object,
    day: str,
    accepted: frozenset[tuple[str, int]] = frozenset(),
) -> CollectedReturn:
    """What a list of one delivery brings; on record are 60 of 2018-03-25."""
    path = write_workbook(folder / "报表.xlsx", {SHEET: [HEADS, ["220881100200", "M-02", number, day]]})
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY, accepted=accepted), context)
    return taken


def asked(taken: CollectedReturn) -> list[str]:
    return [found.cell for found in taken.problems if found.code == "delivery-again"]


def test_a_second_batch_does_not_replace_the_first(context: CollectionContext, tmp_path: Path) -> None:
    """Another number of another day may be one more batch: it is asked, and accepted by its row."""
    taken = batch(context, tmp_path, 5, "2018-06-26")
    assert asked(taken) == ["C2"]
    assert not taken.is_sound
    (found,) = [found for found in taken.problems if found.code == "delivery-again"]
    assert found.details == {
        "before": "60",
        "day": "2018-03-25",
        "after": "5",
        "again": "2018-06-26",
        "row": f"{SHEET}!2",
        "count": "1",
        "rows": "C2（原来2018-03-25发放60，这次2018-06-26发放5）",
        "accept": f"--accept {SHEET}!2",
    }
    accepted = batch(context, tmp_path, 65, "2018-06-26", frozenset({(SHEET, 2)}))
    assert accepted.is_sound
    assert not asked(accepted)
    assert "65" in [row["quantity"] for row in rows_of(accepted, "deliveries") if row["material_id"] == "M-02"]


@pytest.mark.parametrize(("number", "is_asked"), [("60+5", False), ("60 + 5份", False), ("50+15", True), (65, True)])
def test_a_number_written_as_the_records_and_this_one_is_of_both(
    number: object, is_asked: bool, context: CollectionContext, tmp_path: Path
) -> None:
    """So says what is asked of a second batch: whoever has done it is asked no more."""
    taken = batch(context, tmp_path, number, "2018-06-26")
    assert bool(asked(taken)) is is_asked
    assert "65" in [row["quantity"] for row in rows_of(taken, "deliveries") if row["material_id"] == "M-02"]


def test_beside_a_second_batch_one_of_the_same_number_is_one_too(context: CollectionContext, tmp_path: Path) -> None:
    """Its day would be taken for the first one's, put right."""
    rows = [["220881100200", "M-02", 60, "2018-06-26"], ["220881100201", "M-02", 5, "2018-06-26"]]
    path = write_workbook(tmp_path / "报表.xlsx", {SHEET: [HEADS, *rows]})
    first = [["220881100201", "M-02", 40, "2018-03-25"]]
    (before,) = take(context.root, write_workbook(tmp_path / "一.xlsx", {SHEET: [HEADS, *first]}), NAMED, context)
    context.take_in(before.drafted, before.rows)
    (taken,) = take(context.root, path, NAMED, context)
    (found,) = [found for found in taken.problems if found.code == "delivery-again"]
    assert found.details["count"] == "2"


@pytest.mark.parametrize(("number", "day"), [(5, "2018-03-25"), (60, "2018-06-26"), (60, "2018-03-25")])
def test_a_number_or_a_day_put_right_is_no_second_batch(
    number: int, day: str, context: CollectionContext, tmp_path: Path
) -> None:
    """One of the two alone is as it is on record."""
    assert not asked(batch(context, tmp_path, number, day))


@pytest.mark.parametrize("heads", [("县（市、区）", *HEADS), HEADS])
def test_a_sheet_named_by_a_personal_number_is_repeated_nowhere(
    heads: Sequence[str], context: CollectionContext, tmp_path: Path
) -> None:
    """Nor is it in the row that may be accepted."""
    row: list[object] = ["大安市", STRANGER, "M-02", 4, "2018-04-01"]
    name = "11010519491231002X"
    path = write_workbook(tmp_path / "报表.xlsx", {name: [list(heads), row[-len(heads) :]]})
    (taken, *_) = take(context.root, path, NAMED, context)
    assert "row-other-county" in {found.code for found in taken.problems}
    assert name not in listing(taken.problems)


def test_a_sheet_without_a_code_is_asked_about_once(context: CollectionContext, tmp_path: Path) -> None:
    """Its rows cannot be given one: the county is what is lacking."""
    form = context.forms.forms["indicators"]
    titles = list(form.table.field("indicator").choices.values())[:3]
    rows = [{"period": "2018-Q2", "indicator": title, "self_value": 86} for title in titles]
    path = write_workbook(tmp_path / "自评.xlsx", {form.sheet: grid(form, rows)})
    (taken,) = take(context.root, path, CollectOptions(), context=context)
    assert [problem.code for problem in taken.problems if problem.is_error] == ["county-unsaid"]
    assert "row-unidentified" not in {problem.code for problem in taken.problems}


def test_a_row_of_no_county_stops_the_one_whose_form_it_is(context: CollectionContext, tmp_path: Path) -> None:
    """In an export of the whole province, where each row says whose form was filled in; the others go on."""
    stranger, lost = survey(1), survey(2)
    stranger["place"] = {**stranger["place"], "township": STRANGER[:9], "village_code": STRANGER}
    stranger["county_code"] = OTHER
    lost["place"] = {**lost["place"], "village_code": "220999999999"}
    path = tmp_path / "export.zip"
    sent = [Submission(answers=each) for each in (stranger, survey(3), lost)]
    path.write_bytes(central_zip("village_surveys", sent))
    returns = {taken.county: taken for taken in take(context.root, path, CollectOptions(), context=context)}
    found = {county: {problem.code for problem in taken.problems} for county, taken in returns.items()}
    assert {county: "row-county-unknown" in codes for county, codes in found.items()} == {COUNTY: True, OTHER: False}


def test_counties_of_one_export_are_checked_together_and_answered_each(
    context: CollectionContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check goes through the whole record, once for all of them; each is told what it would be told alone."""
    faulty, own = survey(1, hotline_asked="3", hotline_aware="18"), survey(3)
    faulty["place"] = {**faulty["place"], "township": STRANGER[:9], "village_code": STRANGER}
    faulty["county_code"] = OTHER
    checked: list[Reading] = []
    check = checks.check_reading

    def noted(root: Path, campaign: Campaign, schemas: Schemas, reading: Reading) -> checks.Checked:
        checked.append(reading)
        return check(root, campaign, schemas, reading)

    monkeypatch.setattr(checks, "check_reading", noted)

    def shown(*answers: dict[str, Any]) -> dict[str, tuple[bool, list[tuple[str, str]]]]:
        path = tmp_path / f"{len(checked)}.zip"
        path.write_bytes(central_zip("village_surveys", [Submission(answers=each) for each in answers]))
        returns = take(context.root, path, CollectOptions(), context=context)
        said = {
            one.county: [(str(p.code), p.column) for p in one.problems if p.code != "return-mixed"] for one in returns
        }
        return {one.county: (one.is_sound, said[one.county]) for one in returns}

    together = shown(own, faulty)
    assert len(checked) == 1
    assert {county: is_sound for county, (is_sound, _) in together.items()} == {COUNTY: True, OTHER: False}
    assert together == shown(own) | shown(faulty)


def test_an_export_of_rivals_alone_is_not_called_empty(context: CollectionContext, tmp_path: Path) -> None:
    """What to do about them is all that is to be done."""
    path = tmp_path / "export.zip"
    sent = (Submission(answers=survey(1)), Submission(answers=survey(2, elderly=16)))
    path.write_bytes(central_zip(f"village_surveys_{COUNTY}", sent))
    (taken,) = take(context.root, path, CollectOptions(), context=context)
    assert [problem.code for problem in taken.problems] == ["export-rivals"]
