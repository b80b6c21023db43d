"""The words that dress a head without changing what it means: survey_schemas/heads.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.model.schemas import FOLDER

FILE = f"{FOLDER}/heads.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A question that allows several answers, each of which is a column of its own in a form."""

    names: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWords:
    """What may stand around a title.

    required: marks of what must be filled in and of kinds of questions; asking, ends: what makes a question of a title;
    counters: what may be counted after them; theirs: whose it is where that says nothing new; own: the same, of whoever
    fills the form in; notes: in brackets, by the kind of column that they say nothing new of, "any" for all;
    notes_begin: how others begin; subjects: by form, what its columns are of; together: by form; chosen, not_chosen:
    under the head of one answer; unanswered, unasked: cells that say so; others: beside which another may be written;
    opposites: words with which a head asks for something else than without them, such as who was in office before;
    material_kinds: what materials of a kind are called, by its code; may_mean: heads that are asked about, by form and
    field; spans: heads under which two days stand in one cell; other_sheets: what sheets are called that no form is, by
    kind; of_changes: what a list is called that only tells what has changed, and heads of when; stations: how names end
    of places that are no window; of_persons: heads of names; planned: with which a head asks for what was not given;
    of_no_form: heads of figures that many lists have and no form asks for;
    strangers: who is none of whom a form is about, in a title over others;
    levels: of a place that a service gives level by level, by the kind of column, "above" for those above counties;
    counted: heads of rows' numbers; service: of what a form service adds; submitted: of the time at which it was sent;
    personal: what must not be asked for; traditional: characters as they are written elsewhere, to ours.
    """

    required: tuple[str, ...]
    asking: tuple[str, ...]
    theirs: tuple[str, ...]
    own: tuple[str, ...]
    ends: tuple[str, ...]
    counters: tuple[str, ...]
    notes: Mapping[str, tuple[str, ...]]
    notes_begin: tuple[str, ...]
    subjects: Mapping[str, tuple[str, ...]]
    together: Mapping[str, Together]
    chosen: tuple[str, ...]
    not_chosen: tuple[str, ...]
    unanswered: tuple[str, ...]
    unasked: tuple[str, ...]
    others: tuple[str, ...]
    opposites: tuple[str, ...]
    material_kinds: Mapping[str, tuple[str, ...]]
    may_mean: Mapping[str, Mapping[str, tuple[str, ...]]]
    spans: tuple[str, ...]
    other_sheets: Mapping[str, tuple[str, ...]]
    of_changes: tuple[str, ...]
    stations: tuple[str, ...]
    of_persons: tuple[str, ...]
    planned: tuple[str, ...]
    of_no_form: tuple[str, ...]
    strangers: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    counted: tuple[str, ...]
    service: tuple[str, ...]
    submitted: tuple[str, ...]
    personal: tuple[str, ...]
    traditional: Mapping[str, str]


def load(root: Path) -> HeadWords:
    """Read the words. Raises OSError, ValueError, KeyError or TypeError when the file is missing or broken."""
    content = json.loads((root / FILE).read_text(encoding="utf-8"))
    del content["description"]
    plain = {name: tuple(words) for name, words in content.items() if isinstance(words, list)}
    together = content["together"].items()
    return HeadWords(
        **plain,
        material_kinds={kind: tuple(words) for kind, words in content["material_kinds"].items()},
        notes={kind: tuple(words) for kind, words in content["notes"].items()},
        may_mean={
            table: {name: tuple(heads) for name, heads in fields.items()}
            for table, fields in content["may_mean"].items()
        },
        other_sheets={kind: tuple(words) for kind, words in content["other_sheets"].items()},
        levels={kind: tuple(words) for kind, words in content["levels"].items()},
        subjects={table: tuple(words) for table, words in content["subjects"].items()},
        together={
            table: Together(names=tuple(each["names"]), fields=tuple(each["fields"])) for table, each in together
        },
        traditional=dict(content["traditional"].split()),
    )
