"""What county feedback shows besides the problems, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.collect.structure.parts import Table

TEMPLATES = Path(__file__).parent.parent / "templates" / "county_feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackContext:
    """What became of a return.

    written: for each table its Chinese title and the numbers of rows that are new, changed and the same;
    normalised: of each entry that was normalised without loss its sheet and cell, from, to, none of a field that holds
    personal data: three texts, as two days side by side look like one long number;
    missing: the villages that the return should hold and does not, as they are called;
    tables: the sheets as they were understood; is_look: nothing has been written yet, even of a sound return;
    stem: what the feedback's files are named after; "" for the return's own name;
    handbook: where the handbook stands on the web, for links to the pages of codes; "" for nowhere.
    """

    county_name: str
    received_on: date | None
    accepted: bool
    is_look: bool = False
    written: tuple[tuple[str, int, int, int], ...] = ()
    normalised: tuple[tuple[str, str, str], ...] = ()
    missing: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    stem: str = ""
    handbook: str = ""


@cache
def words() -> dict[str, Any]:
    """The words of templates/county_feedback/feedback.zh-CN.yml."""
    text = (TEMPLATES / "feedback.zh-CN.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content
