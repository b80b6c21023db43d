"""Kits that were sent are still collected: returns made with the software of commit 680ee66 bring what they brought.

`sent_before` holds a kit's workbook in which some cells were filled in, an export of the kit's phone form, and a paper
form that was copied into a CSV file under the kit's heads; `brought.json` is what that software made of each.
"""

import json
from pathlib import Path

import pytest
from collect_examples import COUNTY, take

SENT = Path(__file__).parent / "sent_before"
BROUGHT = json.loads((SENT / "brought.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", BROUGHT)
def test_what_was_sent_with_an_earlier_kit_is_collected_as_it_was(root: Path, name: str) -> None:
    """The same rows and problems; a word that a form has a new column, and where nothing tells what the kit said."""
    (taken,) = take(root, SENT / name)
    assert taken.county == COUNTY
    brought: dict[str, list[str]] = {}
    for path, content in taken.drafts.items():
        before = (root / path).read_text(encoding="utf-8").splitlines() if (root / path).is_file() else []
        rows = [line for line in content.decode("utf-8").splitlines() if line not in before]
        brought |= {Path(path).parent.name: rows} if rows else {}
    del brought["submissions"]
    assert brought == BROUGHT[name]["brought"]
    assert [problem.code for problem in taken.problems] == BROUGHT[name]["codes"]
