"""`campaign liaison`: one change to a village's liaison, without a workbook; by options, or by questions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from site_builder.cli import FINE, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.collect import collection_context
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.merge import RecordRow
from site_builder.collect.single import liaison_change, liaison_mistake
from site_builder.collect.single.liaison_change import TABLE, LiaisonChange
from site_builder.collect.values.cells import CellError
from site_builder.collect.values.choices import read_boolean
from site_builder.collect.values.places import KnownVillage
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import FormColumn
from site_builder.model.schemas import Field
from site_builder.record import writing
from site_builder.record.tables import FOLDER, shown_pair, worded
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

# What is asked for each thing that may be done, by its key in the words.
_ASKED = {
    "appoint": ("name", "role", "from_date", "work_phone", "phone_consent", "appointing_body", "posted_on"),
    "end": ("to_date",),
    "phone": ("work_phone", "phone_consent"),
    "posting": ("posted_on", "posting_verified_on", "posting_verified_by"),
    "details": ("role", "appointing_body"),
}
_WHO = ("name", "from_date")  # one of them says of whom a change is where nobody serves
_FOLLOWS = {"phone_consent": "work_phone", "posting_verified_by": "posting_verified_on"}  # asked where that was given
Columns = Mapping[str, FormColumn]
Collected = Callable[[LiaisonChange], CollectedReturn]


def run(root: Path, options: Namespace) -> int:
    """Find the village, put down what is to change, and have it collected."""
    writing.complete(root)
    settings, known = campaign.load(root), schemas.load(root)
    collection = collection_context.load(root, settings, known, forms.load(root, known), writing.state(root))
    found = liaison_change.villages_named(options.village, collection.places)
    if len(found) != 1:
        return _refuse(options.village, found, collection)
    columns = {column.field.name: column for column in collection.forms.forms[TABLE].columns[1:]}
    given = {name: text for name in columns if (text := getattr(options, name)) is not None}
    if options.mistake:
        return _take_out(root, found[0], given, collection, is_wanted=options.write)
    if not given and not _is_attended():
        tell(words()["liaison"]["nothing"], file=sys.stderr)
        return WRONG_USE
    file_name = words()["liaison"]["file_name"].format(code=found[0].code)
    change = LiaisonChange(village=found[0], given=given, file_name=file_name)
    collect_options = CollectOptions(
        received_on=options.received,
        submitted_by=options.by,
        accept_older=options.older,
        accepted=frozenset(options.accept),
    )
    collected = partial(liaison_change.collect, collection=collection, collect_options=collect_options)
    _tell_present(change.village, collection)
    if given and not _present(change.village, collection) and given.keys().isdisjoint(_WHO):
        tell(words()["liaison"]["of_nobody"], file=sys.stderr)
        return PROBLEMS
    if given:
        return _settle(root, change.village, collected(change), collection, lambda: bool(options.write))
    return _asked(root, change, columns, collection, collected)


def _asked(
    root: Path, change: LiaisonChange, columns: Columns, collection: CollectionContext, collected: Collected
) -> int:
    """What is to change is asked of whoever sits there, and settled."""
    try:
        taken = _interview(change, columns, collection, collected)
        return _settle(root, change.village, taken, collection, _is_confirmed) if taken else FINE
    except EOFError:  # the terminal was closed, or Ctrl+D
        tell(words()["liaison"]["broken_off"])
        return PROBLEMS


def _is_attended() -> bool:
    """Whether somebody sits there who can be asked, and nothing that is shown goes into a log."""
    return sys.stdin.isatty() and sys.stdout.isatty()


# ---- which village


def _refuse(typed: str, found: Sequence[KnownVillage], collection: CollectionContext) -> int:
    """No village of that name, or several: each with what to type for it."""
    meant = "" if found else collection.places.asked("", "", typed)
    code = Code.VILLAGE_AMBIGUOUS if found else Code.VILLAGE_NOT_FOUND
    folder, details = f"{FOLDER}/villages", {"meant": meant, "named": safe_to_show(typed), "more": ""}
    refused = Problem(code=code, file=folder, entered=safe_to_show(typed), details=details, is_here=True)
    tell(problem_list([refused]), file=sys.stderr)
    line = words()["liaison"]["candidate"]
    for village in found:
        tell(line.format(village=_name(village, collection), code=village.code), file=sys.stderr)
    return PROBLEMS


def _name(village: KnownVillage, collection: CollectionContext) -> str:
    return collection.places.counties[village.code[:6]] + village.township + village.name


def _tell_present(village: KnownVillage, collection: CollectionContext) -> None:
    """The village, and who serves there."""
    texts, present = words()["liaison"], _present(village, collection)
    tell(texts["village"].format(village=_name(village, collection), code=village.code))
    if present:
        role = worded(collection.schemas.tables[TABLE].field("role"), present["role"])
        tell(texts["present"].format(name=present["name"], role=role, since=present["from_date"]))
    else:
        tell(texts["vacant"])


def _present(village: KnownVillage, collection: CollectionContext) -> RecordRow | None:
    return liaison_change.serving(liaison_change.liaisons_of(village, collection.rows))


# ---- questions


def _interview(
    change: LiaisonChange,
    columns: Columns,
    collection: CollectionContext,
    collected: Collected,
) -> CollectedReturn | None:
    """Ask until what was answered is sound, again only for what is at fault; None where nothing was answered."""
    present = _present(change.village, collection)
    task = _chosen_task() if present else "appoint"
    standing = present if present and task != "appoint" else {}
    asked: Sequence[str] = _ASKED[task]
    taken = None
    while answers := dict(_answers(asked, columns, standing, change.given)):
        change = replace(change, given={**change.given, **answers})
        taken = collected(change)
        at_fault = {problem.column for problem in taken.problems if problem.is_error}
        asked = [name for name in _ASKED[task] if columns[name].title in at_fault]
        if not asked:
            break
        tell(problem_list(taken.problems))
    if taken is None:
        tell(words()["liaison"]["unchanged"])
    return taken


def _chosen_task() -> str:
    """What is to be done, by its number."""
    texts = words()["liaison"]
    lines = [f"  {number} {texts['tasks'][task]}" for number, task in enumerate(_ASKED, start=1)]
    tell(texts["task"], *lines)
    while True:
        typed = input(texts["reply"]).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(_ASKED):
            return list(_ASKED)[int(typed) - 1]
        tell(texts["task_unclear"].format(last=len(_ASKED)))


def _answers(
    asked: Iterable[str], columns: Columns, standing: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What was answered, by field name; given: before. An empty answer leaves the cell as it is."""
    answered = set(given)
    for name in asked:
        if _FOLLOWS.get(name, name) not in {name, *answered}:
            continue
        tell(_question(columns[name], standing.get(name, "")))
        typed = input(words()["liaison"]["reply"]).strip()
        if typed:
            answered.add(name)
            yield name, typed


def _question(column: FormColumn, standing: str) -> str:
    texts: Mapping[str, str] = words()["liaison"]
    choices = "；".join(column.field.choices.values())
    hint = texts["choices"].format(choices=choices) if choices else texts["example"].format(example=column.example)
    now = texts["now"].format(now=worded(column.field, standing)) if standing else ""
    return texts["question"].format(title=column.title, hint=hint, now=now)


def _is_confirmed() -> bool:
    """Whether the one who typed it wants it written."""
    tell(words()["liaison"]["confirm"])
    while True:
        try:
            return read_boolean(input(words()["liaison"]["reply"])) == "true"
        except CellError:
            tell(words()["liaison"]["confirm_unclear"])


# ---- who never was one


def _take_out(
    root: Path, village: KnownVillage, given: Mapping[str, str], collection: CollectionContext, *, is_wanted: bool
) -> int:
    """Take the one who serves, or who served since the day that is given, out of the record."""
    texts = words()["liaison"]
    if given.keys() - {"from_date"}:
        tell(texts["mistake_alone"], file=sys.stderr)
        return WRONG_USE
    _tell_present(village, collection)
    found = liaison_mistake.taken_out(village, given.get("from_date", ""), collection)
    if found is None:
        tell(texts["mistake_nobody"], file=sys.stderr)
        return PROBLEMS
    tell(texts["summary"], texts["mistake"].format(name=found.row["name"], since=found.row["from_date"]))
    if is_wanted:
        writing.write(root, found.drafts, collection.stood)
        tell(texts["written"].format(files=TABLE), texts["mistake_history"])
    else:
        tell(texts["not_written"])
    return FINE


# ---- what comes of it


def _settle(
    root: Path,
    village: KnownVillage,
    taken: CollectedReturn,
    collection: CollectionContext,
    is_wanted: Callable[[], bool],
) -> int:
    """Show what changes, and write all of it or nothing. is_wanted: asked once all is sound and something changes."""
    texts = words()["liaison"]
    if taken.problems:
        tell(problem_list(taken.problems))
    if not taken.is_sound:
        tell(texts["refused"])
        return PROBLEMS
    if not taken.changes:
        tell(texts["unchanged"])
        return FINE
    tell(texts["summary"], *_summary(village, taken, collection, _worded_pair if _is_attended() else shown_pair))
    if is_wanted():
        writing.write(root, taken.drafts, collection.stood)
        tell(texts["written"].format(files="、".join(Path(path).parent.name for path in taken.drafts)))
    else:
        tell(texts["not_written"])
    return FINE


def _worded_pair(field: Field, before: str, after: str) -> tuple[str, str]:
    return worded(field, before), worded(field, after)


def _summary(
    village: KnownVillage,
    taken: CollectedReturn,
    collection: CollectionContext,
    shown: Callable[[Field, str, str], tuple[str, str]],
) -> Iterator[str]:
    texts: Mapping[str, Any] = words()["liaison"]
    for cell in liaison_change.changed_cells(village, collection, taken):
        before, after = (text or texts["empty"] for text in shown(cell.field, cell.before, cell.after))
        yield texts["changed"].format(
            name=cell.name, since=cell.since, title=cell.field.title, before=before, after=after
        )
