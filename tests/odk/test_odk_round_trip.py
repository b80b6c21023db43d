"""Phone forms in the real ODK engine: filled in, checked, sent, exported as Central and Kobo do, and flattened."""

import io
import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from patience import END
from phone_county import COUNTY, RESIDENTS_FILE, SURVEY_FILE, phone_files, settings
from phone_exports import Submission, answers_of, central_zip, kobo_csv, kobo_xlsx, labels_of
from pyxform.xls2xform import convert

from site_builder import untrusted_files
from site_builder.collect.phone_exports.exports import Export, flatten

pytestmark = pytest.mark.needs("nodejs", "npm")
SCRIPT = Path(__file__).parent / "fill_form.mjs"

PLACE = {"township": "220881100", "village_code": "220881100201", "surveyed_on": "2018-05-16"}
FIGURES = {
    "poor_households": 20,
    "poor_persons": 50,
    "migrant_workers": 12,
    "elderly": 15,
    "disabled": 4,
    "left_behind_women": 6,
    "left_behind_children": 0,
    "hotline_asked": 30,
    "hotline_aware": 18,
}
SURVEY: dict[str, Any] = {
    **PLACE,
    **FIGURES,
    "surveyed_by": "调查甲",
    "note": "部分农户外出，由村干部代答；“已核”",
    "needs_asked": "yes",
    "needs": [
        {"group": "elderly", "matter": "support_payments", "persons": 4},
        {"group": "elderly", "matter": "labour_pay", "persons": 15},
        {"group": "migrant_workers", "matter": "labour_pay", "persons": 7},
    ],
}
RESIDENT: dict[str, Any] = {
    **PLACE,
    "aware": "yes",
    "heard_from": ["liaison", "poster"],
    "called": "yes",
    "got_through": "no",
    "kind": "unreachable",
    "text": "希望晚上也有人接电话",
}


@pytest.fixture(scope="module")
def xforms() -> dict[str, str]:
    """Both forms as XForms, by file name."""
    return {name: convert(io.BytesIO(content)).xform for name, content in phone_files().items()}


@cache
def engine() -> subprocess.Popen[str]:
    """The engine, ready for one form after another: to load it takes ten times as long as to fill one in."""
    return subprocess.Popen(["node", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """Leave no engine running."""
    yield
    with engine() as running:
        running.kill()
    engine.cache_clear()


def fill_in(xform: str, *rounds: dict[str, Any]) -> dict[str, Any]:
    """Give rounds of answers to a form in the engine; what it says after each, and the submission at the end."""
    running = engine()
    assert running.stdin
    assert running.stdout
    hung = Timer(END, running.kill)
    hung.start()
    running.stdin.write(json.dumps({"xform": xform, "rounds": rounds}) + "\n")
    said = running.stdout.readline()
    hung.cancel()
    assert said, "the engine has ended; what it said stands above"
    result: dict[str, Any] = json.loads(said)
    return result


def complaints(shown: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What the engine says against answers, by the last part of their path."""
    return {
        fault["reference"].rpartition("/")[2]: (fault["condition"], fault["message"]) for fault in shown["violations"]
    }


@pytest.fixture(scope="module")
def filled_in(xforms: dict[str, str]) -> dict[str, Submission]:
    """A survey and a questionnaire that the engine has accepted."""
    sent = {}
    for name, answers in ((SURVEY_FILE, SURVEY), (RESIDENTS_FILE, RESIDENT)):
        result = fill_in(xforms[name], answers)
        assert result["status"] == "ready", result["rounds"]
        sent[name] = Submission(answers=answers_of(result["submission"]))
    return sent


def exported(path: Path, content: bytes) -> Export:
    """What we make of an export that was sent in."""
    path.write_bytes(content)
    forms, _, campaign = settings()
    export = flatten(untrusted_files.read(path), forms, campaign.hotline)
    assert export is not None
    return export


# ---- what the form lets in


def test_an_empty_form_misses_what_is_required(xforms: dict[str, str]) -> None:
    """Every figure, the village and whether there are needs must be answered; the date is today's already."""
    (shown,) = fill_in(xforms[SURVEY_FILE], {})["rounds"]
    assert complaints(shown).keys() == {*FIGURES, "township", "village_code", "needs_asked"}
    assert complaints(shown)["elderly"] == ("required", "请填「3.6 老年人（人）」，没有的填0。")


def test_a_township_offers_its_own_villages(xforms: dict[str, str]) -> None:
    """Nothing can be chosen before the township is; then only what lies in it, and a change takes the village away."""
    chosen = {"township": "220881100", "village_code": "220881100201"}
    before, after, moved = fill_in(xforms[SURVEY_FILE], {}, chosen, {"township": "220881105"})["rounds"]
    assert before["offered"]["village_code"] == []
    assert after["offered"]["village_code"] == ["220881100200", "220881100201"]
    assert moved["offered"]["village_code"] == ["220881105228"]
    assert complaints(moved)["village_code"][0] == "required"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"poor_households": 100001}, "应在0到100000之间"),
    ({"poor_persons": 19}, "不能小于「3.3 贫困户数（户）」"),
    ({"elderly": 51}, "不能大于「3.4 贫困人口（人）」"),
    ({"left_behind_children": -1}, "应在0到1000000之间"),
    ({"hotline_aware": 31}, "不能大于「3.10 询问热线人数（人）」"),
    ({"surveyed_on": "2015-12-31"}, "应在2016-01-01到2035-12-31之间"),
    ({"surveyed_on": "2035-12-31"}, "不能晚于今天"),
    ({"note": "字" * 201}, "最多200个字"),
    ({"note": "老李\n13812345678"}, "不要写电话号码"),
]


@pytest.fixture(scope="module")
def spoilt_and_mended(xforms: dict[str, str]) -> list[dict[str, Any]]:
    """What the engine says of each wrong answer, and of the right one after it, in one sitting."""
    rounds = [one for answer, _ in WRONG for one in (answer, {name: SURVEY[name] for name in answer})]
    result = fill_in(xforms[SURVEY_FILE], SURVEY, *rounds)
    assert result["status"] == "ready"
    shown: list[dict[str, Any]] = result["rounds"][1:]
    return shown


@pytest.mark.parametrize("place", range(len(WRONG)), ids=lambda place: f"{place}-{next(iter(WRONG[place][0]))}")
def test_a_wrong_answer_is_refused_until_it_is_mended(spoilt_and_mended: list[dict[str, Any]], place: int) -> None:
    """The engine names the answer with our message; with the right one in its place nothing is left to say."""
    answer, message = WRONG[place]
    condition, said = complaints(spoilt_and_mended[2 * place])[next(iter(answer))]
    assert (condition, message in said) == ("constraint", True)
    assert spoilt_and_mended[2 * place + 1]["violations"] == []


def test_a_need_stays_within_its_group_and_is_reported_once(xforms: dict[str, str]) -> None:
    """More persons than the group has, or a pair of group and matter a second time, are refused."""
    first = {"group": "disabled", "matter": "labour_pay", "persons": 5}
    wrong = {**SURVEY, "needs": [first, {"group": "disabled", "matter": "labour_pay", "persons": 4}]}
    mend = {"needs": [{"persons": 4}, {"matter": "land_contract"}]}
    spoilt, mended = fill_in(xforms[SURVEY_FILE], wrong, mend)["rounds"]
    faults = {fault["reference"]: fault["message"] for fault in spoilt["violations"]}
    assert "不能大于前面填的该群体人数" in faults["/data/needs[1]/need/persons"]
    assert "只填一次" in faults["/data/needs[2]/need/matter"]
    assert "/data/needs[2]/need/persons" not in faults
    assert mended["violations"] == []


def test_a_village_without_needs_sends_none(xforms: dict[str, str]) -> None:
    """Where nobody needs anything the repeat is not asked, and its count is sent as zero."""
    answers = {name: value for name, value in SURVEY.items() if name != "needs"}
    result = fill_in(xforms[SURVEY_FILE], {**answers, "needs_asked": "no"})
    assert result["status"] == "ready"
    sent = answers_of(result["submission"])
    assert sent["needs_counted"] == "0"
    assert "needs" not in sent


def test_a_resident_is_asked_only_what_follows(xforms: dict[str, str]) -> None:
    """Whoever does not know the hotline is not asked about calls; an opinion may hold no phone number."""
    unaware = {**PLACE, "aware": "no", "kind": "question", "text": "打0436-3812345678找我"}
    spoilt, mended = fill_in(xforms[RESIDENTS_FILE], unaware, {"text": "在哪里办"})["rounds"]
    assert complaints(spoilt).keys() == {"text"}
    assert mended["violations"] == []
    asked_further = complaints(fill_in(xforms[RESIDENTS_FILE], {**PLACE, "aware": "yes"})["rounds"][0])
    assert asked_further.keys() == {"called"}


# ---- and back again


@pytest.mark.parametrize("server", ["central", "kobo names", "kobo labels"])
def test_a_survey_comes_back_as_it_was_filled_in(filled_in: dict[str, Submission], tmp_path: Path, server: str) -> None:
    """Form, engine, server, export, flatten: every figure, text and need is what was entered."""
    submission, form = filled_in[SURVEY_FILE], phone_files()[SURVEY_FILE]
    if server == "central":
        export = exported(tmp_path / "a.zip", central_zip("village_survey_220881_demo", [submission]))
    else:
        labels = labels_of(form) if server == "kobo labels" else None
        export = exported(tmp_path / "a.xlsx", kobo_xlsx("【演示】洮南市摸底调查", [submission], labels))
    assert export.problems == ()
    assert (export.counties, export.data_statuses) == (("220881",), ("demo",))
    surveys, needs = export.sheets
    asked = {name: str(value) for name, value in SURVEY.items() if name not in ("township", "needs_asked", "needs")}
    assert dict(zip(surveys.header, surveys.rows[0], strict=True)) == asked
    titles = _titles() if server == "kobo labels" else {}
    assert list(needs.rows) == [
        (
            SURVEY["village_code"],
            titles.get(need["group"], need["group"]),
            titles.get(need["matter"], need["matter"]),
            str(need["persons"]),
        )
        for need in SURVEY["needs"]
    ]


def _titles() -> dict[str, str]:
    lists = settings()[1].code_lists
    return {**lists["groups"], **lists["matters"]}


@pytest.mark.parametrize("server", ["central", "kobo names", "kobo labels"])
def test_a_questionnaire_comes_back_as_it_was_filled_in(
    filled_in: dict[str, Submission], tmp_path: Path, server: str
) -> None:
    """Every answer of the resident arrives, with an identifier and without anything about the phone."""
    submission = filled_in[RESIDENTS_FILE]
    if server == "central":
        export = exported(tmp_path / "a.zip", central_zip("residents_220881_demo", [submission]))
    else:
        labels = labels_of(phone_files()[RESIDENTS_FILE]) if server == "kobo labels" else None
        export = exported(tmp_path / "a.csv", kobo_csv([submission], labels))
    assert export.problems == ()
    (answers,) = export.sheets
    values = dict(zip(answers.header, answers.rows[0], strict=True))
    kind = settings()[1].code_lists["feedback_kinds"]["unreachable"] if server == "kobo labels" else "unreachable"
    assert values["aware"] is True
    assert values["heard_from"] == "liaison poster"
    assert values["kind"] == kind
    assert [values[name] for name in ("village_code", "surveyed_on", "text")] == [
        COUNTY.villages[1].code,
        RESIDENT["surveyed_on"],
        RESIDENT["text"],
    ]
    assert values["instance_id"]
