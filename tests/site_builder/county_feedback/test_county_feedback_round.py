"""The whole round: a kit filled in badly, answered, mended in the marked copy, and sent in again."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.county_feedback import FeedbackContext, feedback_files
from site_builder.kit.county import gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import HEAD_LINE

NAME, MARKED = "220881.xlsx", "220881-已标注.xlsx"
LIAISONS, SURVEYS = "联络员名单", "摸底调查"
FAULTS = {
    (LIAISONS, "任职日期"): ("春节后", "2018-03-05", "cell-not-date"),
    (LIAISONS, "姓名"): ("斯琴⾼娃", "斯琴高娃", "cell-lookalike"),
    (SURVEYS, "贫困户数"): ("约20户", 20, "cell-not-number"),
}
LINE_OF = {LIAISONS: HEAD_LINE + 3, SURVEYS: HEAD_LINE + 1}  # of a village with one liaison, of a survey


@pytest.fixture
def collection(root: Path) -> CollectionContext:
    known = schemas.load(root)
    return collection_context.load(root, campaign.load(root), known, forms.load(root, known))


@pytest.fixture
def filled(root: Path, collection: CollectionContext) -> Path:
    """The kit of the tiny campaign's county, with the faults in it."""
    (county,) = [one for one in gather(root, collection.campaign, collection.schemas) if one.code == "220881"]
    path = root / NAME
    path.write_bytes(county_workbook(county, collection.forms, collection.schemas, collection.campaign))
    fill_in(path, path, lambda fault: fault[0])
    return path


def fill_in(source: Path, target: Path, choose: Callable[[tuple[object, object, str]], object]) -> None:
    """Write the faulty or the right entries into a workbook, as a clerk would."""
    workbook = openpyxl.load_workbook(source)
    for (sheet, head), fault in FAULTS.items():
        workbook[sheet].cell(LINE_OF[sheet], place_of(workbook[sheet], head)).value = choose(fault)
    workbook.save(target)


def place_of(sheet: Worksheet, head: str) -> int:
    place: int = next(cell.column for cell in sheet[HEAD_LINE] if cell.value == head)
    return place


def take(path: Path, collection: CollectionContext) -> CollectedReturn:
    (taken,) = intake.take(untrusted_files.read(path), collection, CollectOptions())
    return taken


def shown(taken: CollectedReturn) -> list[tuple[str, str, str]]:
    return sorted((problem.code, problem.sheet, problem.cell) for problem in taken.problems)


def answered(filled: Path, collection: CollectionContext) -> Path:
    """The marked copy as it lies beside the page."""
    taken = take(filled, collection)
    context = FeedbackContext(county_name="洮南市", received_on=taken.received_on, accepted=taken.is_sound)
    for name, content in feedback_files(untrusted_files.read(filled), filled.name, taken.problems, context).items():
        (filled.parent / name).write_bytes(content)
    return filled.parent / MARKED


def test_the_marked_copy_sent_back_as_it_is_says_the_same(filled: Path, collection: CollectionContext) -> None:
    """Neither our comments nor our list are taken for something that the county reports."""
    assert {code for _, _, code in FAULTS.values()} <= {code for code, _, _ in shown(take(filled, collection))}
    assert shown(take(answered(filled, collection), collection)) == shown(take(filled, collection))


def test_the_marked_copy_mended_is_taken(filled: Path, collection: CollectionContext) -> None:
    """What was marked and put right is no problem any more; the window, now read, is told what it still lacks."""
    before = shown(take(filled, collection))
    marked = answered(filled, collection)
    fill_in(marked, marked, lambda fault: fault[1])
    mended = {code for _, _, code in FAULTS.values()}
    found = shown(take(marked, collection))
    assert [code for code, *_ in found if code == "window-duty"] == ["window-duty"]
    left = [problem for problem in found if problem[0] != "window-duty"]
    assert left == [problem for problem in before if problem[0] not in mended]
