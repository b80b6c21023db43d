"""Exports as ODK Central and Kobo write them, made from filled-in phone forms, for tests.

A submission's answers are a tree: {"place": {"village_code": ...}, "needs": [{"need": {...}}, ...]}.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import openpyxl
import xlsxwriter

REPEAT, MULTIPLE = "needs", "heard_from"
Answers = dict[str, Any]
Cells = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One filled-in form. submitted: a time in UTC; state: what a reviewer said, in the server's own word."""

    answers: Answers
    submitted: str = "2018-05-16T03:04:05.678Z"
    state: str = ""

    @property
    def key(self) -> str:
        """What both servers know it by."""
        return str(self.answers["meta"]["instanceID"])


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The labels of an XLSForm: of questions by name, and of choices by question and name."""

    questions: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)


def answers_of(xml: str) -> Answers:
    """The answers of a submission's XML."""
    return _branch(ElementTree.fromstring(xml))  # noqa: S314  (made by the engine in the same test)


def _branch(element: ElementTree.Element) -> Answers:
    answers: Answers = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        value = _branch(child) if len(child) else (child.text or "")
        if name == REPEAT:
            answers.setdefault(name, []).append(value)
        else:
            answers[name] = value
    return answers


def labels_of(xlsform: bytes) -> Labels:
    """The labels that an XLSForm gives its questions and choices."""
    book = openpyxl.load_workbook(io.BytesIO(xlsform))
    lists: dict[str, dict[str, str]] = {}
    for line in _lines(book["choices"]):
        lists.setdefault(line["list_name"], {})[line["name"]] = line["label"]
    survey = [line for line in _lines(book["survey"]) if line.get("name")]
    return Labels(
        questions={line["name"]: line.get("label", "") for line in survey},
        choices={line["name"]: lists[line["type"].split()[1]] for line in survey if line["type"].startswith("select")},
    )


def _lines(sheet: openpyxl.worksheet.worksheet.Worksheet) -> Iterator[dict[str, str]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    names = [str(head).partition("::")[0] for head in heads]
    for row in rows:
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


# ---- ODK Central


def central_zip(form_id: str, submissions: Sequence[Submission]) -> bytes:
    """The zip of "all data": streamed, so that sizes stand behind each part."""
    main = [_central_row(submission) for submission in submissions]
    repeats = [
        {**_flat(one, "-"), "PARENT_KEY": submission.key, "KEY": f"{submission.key}/{REPEAT}[{number}]"}
        for submission in submissions
        for number, one in enumerate(submission.answers.get(REPEAT, []), start=1)
    ]
    memory = io.BytesIO()
    with zipfile.ZipFile(_Stream(memory), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{form_id}.csv", _csv(main, ","))
        if repeats:
            archive.writestr(f"{form_id}-{REPEAT}.csv", _csv(repeats, ","))
    return memory.getvalue()


class _Stream(io.RawIOBase):
    """A file that cannot go back, as an HTTP answer."""

    def __init__(self, below: io.BytesIO) -> None:
        self.below = below

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self.below.write(data)


def _central_row(submission: Submission) -> Cells:
    return {
        "SubmissionDate": submission.submitted,
        **_flat({name: value for name, value in submission.answers.items() if name != REPEAT}, "-"),
        "KEY": submission.key,
        "SubmitterID": "5",
        "SubmitterName": "洮南",
        "AttachmentsPresent": "0",
        "AttachmentsExpected": "0",
        "Status": "",
        "ReviewState": submission.state,
        "DeviceID": "collect:abc",
        "Edits": "0",
        "FormVersion": "2018.4",
    }


# ---- Kobo


def kobo_csv(submissions: Sequence[Submission], labels: Labels | None = None) -> bytes:
    """The CSV export; it has no repeats."""
    rows = [_kobo_row(submission, number, labels) for number, submission in enumerate(submissions, start=1)]
    return _csv([{key: value for key, value in row.items() if key != "_index"} for row in rows], ";").encode()


def kobo_xlsx(title: str, submissions: Sequence[Submission], labels: Labels | None = None) -> bytes:
    """The workbook; with labels in the place of names when they are given."""
    main = [_kobo_row(submission, number, labels) for number, submission in enumerate(submissions, start=1)]
    repeats = [
        {
            **_named(one, labels, f"{REPEAT}/"),
            "_index": str(number),
            "_parent_table_name": title[:31],
            "_parent_index": str(parent),
            "_submission__id": str(4000 + parent),
            "_submission__uuid": submission.key.removeprefix("uuid:"),
        }
        for parent, submission in enumerate(submissions, start=1)
        for number, one in enumerate(submission.answers.get(REPEAT, []), start=1)
    ]
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    for name, rows in ((title[:31], main), (REPEAT, repeats)):
        if rows:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, _heads(rows))
            for number, row in enumerate(rows, start=1):
                # Kobo writes indexes as numbers, answers as text.
                for place, head in enumerate(_heads(rows)):
                    value = row.get(head, "")
                    sheet.write(number, place, int(value) if head.endswith("_index") and value else value)
    book.close()
    return memory.getvalue()


def _kobo_row(submission: Submission, number: int, labels: Labels | None) -> Cells:
    answers = {name: value for name, value in submission.answers.items() if name not in (REPEAT, "meta")}
    return {
        **_named(answers, labels, ""),
        "_id": str(4000 + number),
        "_uuid": submission.key.removeprefix("uuid:"),
        "_submission_time": submission.submitted.removesuffix("Z")[:19],
        "_validation_status": submission.state,
        "_notes": "",
        "_status": "submitted_via_web",
        "_submitted_by": "taonan",
        "__version__": "vAbC123",
        "_tags": "",
        "_index": str(number),
    }


def _named(answers: Answers, labels: Labels | None, prefix: str) -> Cells:
    """Answers by head: paths and names, or labels; what may have several answers also has a column for each choice."""
    cells: Cells = {}
    for path, value in _flat(answers, "/", prefix).items():
        name = path.rpartition("/")[2]
        choices = labels.choices.get(name, {}) if labels else {}
        head = (labels.questions.get(name) or name) if labels else path
        chosen = value.split() if name == MULTIPLE else [value]
        cells[head] = " ".join(choices.get(one, one) for one in chosen)
        if name == MULTIPLE:
            for choice in choices or ("liaison", "window", "poster", "wechat"):
                cells[f"{head}/{choices.get(choice, choice)}"] = "" if not value else str(int(choice in chosen))
    return cells


# ---- both


def _flat(answers: Answers, separator: str, prefix: str = "") -> Cells:
    cells: Cells = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            cells |= _flat(value, separator, f"{prefix}{name}{separator}")
        else:
            cells[prefix + name] = value
    return cells


def _heads(rows: Sequence[Cells]) -> list[str]:
    return list(dict.fromkeys(head for row in rows for head in row))


def _csv(rows: Sequence[Cells], separator: str) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _heads(rows), restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
