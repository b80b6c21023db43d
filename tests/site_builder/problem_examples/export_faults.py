"""One fault for each problem of an export from ODK Central, which the phone forms come back in."""

import csv
import io
from collections.abc import Iterable, Sequence

from faulty_project import Fault, Project
from return_faults import VILLAGE, taken
from untrusted_file_faults import zipped

from site_builder.collect.incoming_file import CollectOptions
from site_builder.shared.problems import Problem

Row = dict[str, str]
NAME = "220881.zip"
SURVEY: Row = {
    "SubmissionDate": "2018-06-11T02:00:00.000Z",
    "village_code": VILLAGE,
    "surveyed_on": "2018-06-10",
    "poor_households": "21",
    "poor_persons": "51",
    "migrant_workers": "12",
    "elderly": "15",
    "disabled": "1",
    "left_behind_women": "6",
    "left_behind_children": "0",
    "hotline_asked": "30",
    "hotline_aware": "19",
    "needs_counted": "1",
    "KEY": "uuid:1",
    "Status": "",
    "ReviewState": "",
}
NEED: Row = {
    "group": "migrant_workers",
    "matter": "labour_pay",
    "persons": "6",
    "PARENT_KEY": "uuid:1",
    "KEY": "uuid:1/1",
}
RESIDENT: Row = {
    "SubmissionDate": "2018-06-12T02:00:00.000Z",
    "village_code": VILLAGE,
    "surveyed_on": "2018-06-12",
    "aware": "yes",
    "KEY": "uuid:2",
}


def exports(surveys: Sequence[Row] = (), needs: Sequence[Row] = (), residents: Sequence[Row] = ()) -> Fault:
    """A county sends what it downloaded, with these submissions."""
    parts = {"village_surveys": surveys, "village_surveys-needs": needs, "residents": residents}
    content = zipped({f"{name}.csv": table(rows) for name, rows in parts.items() if rows})

    def spoil(project: Project) -> list[Problem]:
        (project.root / NAME).write_bytes(content)
        return taken(project, CollectOptions(), name=NAME)

    return spoil


def table(rows: Sequence[Row]) -> bytes:
    """The rows as a CSV file with the heads of the first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def of_unsurveyed_village(project: Project) -> Iterable[Problem]:
    project.edit("data/village_surveys/220881.csv", "220881100201,2018-05-20", "220881100200,2018-05-20")
    return exports(residents=[RESIDENT])(project)


FAULTS: dict[str, Fault] = {
    "residents-without-survey": of_unsurveyed_village,
    "export-main-missing": exports(needs=[NEED]),
    "export-orphan": exports([SURVEY], [NEED, {**NEED, "PARENT_KEY": "uuid:9"}]),
    "export-needs-count": exports([{**SURVEY, "needs_counted": "2"}], [NEED]),
    "export-rejected": exports([{**SURVEY, "ReviewState": "rejected"}], [NEED]),
    "export-marked": exports([{**SURVEY, "ReviewState": "hasIssues"}], [NEED]),
    "export-encrypted": exports([{**SURVEY, "Status": "notDecrypted"}], [NEED]),
    "export-rivals": exports([SURVEY, {**SURVEY, "elderly": "16", "KEY": "uuid:3", "needs_counted": "0"}], [NEED]),
    "export-repeated": exports([SURVEY, SURVEY], [NEED]),
    "export-superseded": exports([{**SURVEY, "Edits": "0"}, {**SURVEY, "elderly": "16", "Edits": "1"}], [NEED]),
    "export-no-id": exports(residents=[{**RESIDENT, "KEY": ""}]),
}
