"""`campaign collect`: take in what counties sent; show what would change, and with --write change it."""

from __future__ import annotations

import subprocess
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import sleep

from site_builder import county_feedback, untrusted_files
from site_builder.checks import table_schema
from site_builder.cli import EVERY, FINE, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.collect import collection_context, cover_data, intake, memory
from site_builder.collect.answers import record_names, sound
from site_builder.collect.collection_context import CollectionContext, fingerprint
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.county_feedback import FeedbackContext
from site_builder.model import campaign, county_heads, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.model.schemas import Schemas
from site_builder.record import writing
from site_builder.record.tables import county_file, shown_pair, table_of
from site_builder.shared import disk, own_process
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.untrusted_files import UntrustedFile, bundles, limits, watched

_LONGEST = 900  # seconds for one file; of one that landed in a folder, with all that is in it
_SECONDS_BETWEEN_LOOKS = 2  # a file that is still being copied grows meanwhile
_MOST_SHOWN = 20  # changes and normalised cells shown one by one


def run(root: Path, options: Namespace) -> int:
    """Take in the files one after the other; a faulty one gets feedback and is left out, the others go on."""
    if options.watch:
        return _watch(root, options)
    collect_options = CollectOptions(
        county=options.county,
        received_on=options.received,
        submitted_by=options.by,
        accept_older=options.older,
        columns=dict(options.column),
        accepted=frozenset(options.accept),
        kept=frozenset(options.keep),
    )
    with TemporaryDirectory() as room:
        paths = list(sent(map(Path, options.files), Path(room), _tell_of_bundle))
        if len(paths) > len(options.files):
            paths = _by_day(root, paths, options)
        return _take_in_all(root, paths, collect_options, options)


def _watch(root: Path, options: Namespace) -> int:
    """Look at whatever lands in a folder, and put the answer beside it, until interrupted. Nothing is written."""
    texts, folder = words()["collect"], Path(options.files[0])
    if options.write or len(options.files) > 1 or not folder.is_dir():
        tell(texts["watch_wrong"], file=sys.stderr)
        return WRONG_USE
    tell(texts["watching"].format(folder=safe_to_show(folder.name)))
    with suppress(KeyboardInterrupt):  # the way to end it
        for path in bundles.landed(folder, _looks()):
            try:
                with watched.answered(folder, path) as (room, arguments):
                    command = own_process.command("--root", str(root), "collect", "--answer-all", *_handed_on(options))
                    # A process of its own sees the record as it now is; what befalls it befalls no other file.
                    subprocess.run([*command, *arguments], check=False, timeout=_LONGEST, cwd=room)  # noqa: S603  (ours)
                    is_answered = any(room.rglob("*.html"))
                if is_answered:
                    tell(texts["watch_put"].format(name=safe_to_show(path.name)))
            except watched.LinkError:
                tell(texts["watch_link"].format(folder=safe_to_show(path.parent.name)), file=sys.stderr)
            except subprocess.TimeoutExpired:
                tell(texts["watch_long"].format(name=safe_to_show(path.name)), file=sys.stderr)
            except OSError as error:
                problem = Problem(code=Code.DISK_REFUSED, file=path.name, details={"reason": disk.reason(error)})
                tell(problem_list([problem]), file=sys.stderr)
    return FINE


def _handed_on(options: Namespace) -> Iterator[str]:
    yield from (f"--{name}" for name in ("villages", "counties") if getattr(options, name))
    yield from (f"--{name}={text}" for name in ("county", "unit") if (text := getattr(options, name)))


def _looks() -> Iterator[None]:
    while True:
        yield
        sleep(_SECONDS_BETWEEN_LOOKS)


def sent(paths: Iterable[Path], room: Path, tell_of: Callable[[bundles.Bundle], object]) -> Iterator[Path]:
    """Each file that was sent: those of a folder or an archive one by one, of which `tell_of` is told."""
    for path in paths:
        bundle = bundles.opened(path, Path(mkdtemp(dir=room)))
        if bundle:
            tell_of(bundle)
        if bundle and path.is_dir():
            yield from sent(bundle.files, room, tell_of)  # which may be archives
        else:
            yield from bundle.files if bundle else [path]


def _tell_of_bundle(bundle: bundles.Bundle) -> None:
    texts = words()["collect"]
    files = "、".join(safe_to_show(path.name) for path in bundle.files)
    tell(texts["bundle"].format(name=safe_to_show(bundle.path.name), count=len(bundle.files), files=files))
    if bundle.left:
        tell(texts["bundle_left"].format(files="、".join(map(safe_to_show, bundle.left))))


def _by_day(root: Path, paths: list[Path], options: Namespace) -> list[Path]:
    """Files of a folder or an archive in the order of the days that they bear, so that no older one comes after.

    Each is read once more when it is taken in: a thousand at once would not stay in memory.
    """
    settings = campaign.load(root)
    known = schemas.of_year(schemas.load(root), settings.year)
    asked = _asked(root, known, options)
    days = {}
    with untrusted_files.reading_ahead(paths) as files:
        for path, file in zip(paths, files, strict=True):
            days[path] = day_of(file, asked, settings)
    return sorted(paths, key=lambda path: (days[path], path.name))


def day_of(file: Future[UntrustedFile], asked: Forms, settings: Campaign) -> date:
    """The day that a file bears by which several are put in order; that of the data where it bears none."""
    with suppress(Exception):  # whatever it is, it is told of when the file is taken in
        _, says = cover_data.of_file(file.result(), asked, settings.hotline)
        return says.filled_in_on or settings.data_as_of
    return settings.data_as_of


def _asked(root: Path, known: Schemas, options: Namespace) -> Forms:
    if options.unit:
        return forms.load_of_units(root, known)
    if options.counties:
        return forms.load_county_list(root, known)
    return (forms.load_village_list if options.villages else forms.load)(root, known)


def _take_in_all(root: Path, paths: list[Path], collect_options: CollectOptions, options: Namespace) -> int:
    is_sound: list[bool] = []
    if not limits.bound_memory():
        tell(words()["collect"]["unbounded"], file=sys.stderr)
    writing.complete(root)
    with untrusted_files.reading_ahead(paths) as files, memory.without_garbage_collection():
        settings = campaign.load(root)
        known = schemas.of_year(schemas.load(root), settings.year)
        collection = collection_context.load(root, settings, known, _asked(root, known, options), writing.state(root))
        collect_options = replace(collect_options, county=_whose(options, collection))
        unknown = list(county_heads.unknown_titles(collect_options.columns, collection.forms, "--column"))
        if unknown:
            raise CampaignError(unknown)
        table_schema.load_validator()  # the first file is still being read
        memory.keep_to_the_end()
        for path, stem, file in zip(paths, county_feedback.stems([path.name for path in paths]), files, strict=True):
            if is_sound:
                memory.clear()
            is_sound.append(_answer(root, path, stem, file, collection, collect_options, options))
    return FINE if all(is_sound) else PROBLEMS


def _whose(options: Namespace, collection: CollectionContext) -> str:
    """The code of the county or the unit that the files are said to be of; "" where they say it themselves."""
    if not options.unit:
        return str(options.county)
    by_name = {name: code for code, name in collection.places.counties.items()}
    return "" if options.unit == EVERY else by_name.get(options.unit, options.unit)


def _answer(  # noqa: PLR0913, PLR0917  (one file with all that it meets)
    root: Path,
    path: Path,
    stem: str,
    file: Future[UntrustedFile],
    collection: CollectionContext,
    collect_options: CollectOptions,
    options: Namespace,
) -> bool:
    """Whether everything in a file was sound. What befalls one file is its own answer: those after it are taken in."""
    tell(words()["collect"]["file"].format(file=safe_to_show(path.name)))
    try:
        return _take_in(root, file.result(), stem, collection, collect_options, options)
    except (OSError, writing.MovedOnError):  # the disk's or the record's, which befalls them all
        raise
    except CampaignError as error:
        problems = error.problems
    except limits.TookTooLong:
        problems = [Problem(code=Code.FILE_TOO_HEAVY, file=path.name)]
    except Exception as error:  # a mistake of ours that this file alone brings out
        problems = [failure(path, error)]
    tell(problem_list(problems))
    _feedback_on_unread(Path(options.answers), path, stem, problems, collection, collect_options)
    return False


def failure(path: Path, error: Exception) -> Problem:
    """A mistake of this software, named by kind and place alone: what it says may hold somebody's number."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    return Problem(code=Code.RETURN_FAILED, file=path.name, details={"place": place})


def _take_in(  # noqa: PLR0913, PLR0917
    root: Path,
    read: UntrustedFile,
    stem: str,
    collection: CollectionContext,
    collect_options: CollectOptions,
    options: Namespace,
) -> bool:
    """Whether all that a file brings was sound."""
    folder = Path(options.answers)
    with limits.within(_LONGEST):
        returns = intake.take(read, collection, collect_options)
    said: set[object] = set()
    for taken in returns:
        _tell(taken, collection, said)
        _apply(root, taken, collection, options.write)
        is_of_county = taken.county in collection.places.counties and not (options.unit or options.counties)
        if options.write and taken.is_sound and taken.confirmed and is_of_county:
            _keep_columns(root, taken, collection)
        is_due = taken.problems and (options.write or not taken.is_sound)  # a mere look accepts nothing
        answers = folder / (taken.county or _unknown(collection))
        written: Iterable[str] = ()
        if is_due or options.answer_all:
            written = _feedback(answers, taken, stem, collection, is_look=not options.write)
        if options.write and taken.is_sound:
            _take_away(answers, set(county_feedback.file_names(stem)) - set(written))
    return all(taken.is_sound for taken in returns)


def _apply(root: Path, taken: CollectedReturn, collection: CollectionContext, written: str) -> None:
    """Write what is sound. written: the key of what is told of it then; "" for a mere look."""
    texts = words()["collect"]
    if not taken.is_sound:
        tell(texts["refused"])
    elif not taken.drafts:
        tell(texts["unchanged"])
    else:
        if written:
            collection.stood = writing.write(root, taken.drafts, collection.stood)
            tell(texts[written].format(files="、".join(map(table_of, taken.drafts))))
        else:
            tell(texts["not_written"])
        collection.take_in(taken.drafted, taken.rows)


def _keep_columns(root: Path, taken: CollectedReturn, collection: CollectionContext) -> None:
    """What the office has said of a county's heads is kept with the return that was taken in by it."""
    kept = county_heads.load(root, taken.county, collection.forms)
    drafts = {county_heads.path(taken.county): county_heads.written({**kept, **taken.confirmed})}
    collection.stood = writing.write(root, drafts, collection.stood)
    heads = "、".join(f"{safe_to_show(head)}={title}" for head, title in taken.confirmed.items())
    tell(words()["collect"]["kept"].format(heads=heads, file=next(iter(drafts))))


# ---- reporting


def _tell(taken: CollectedReturn, collection: CollectionContext, said: set[object]) -> None:
    """What comes of a county's part. said: what was told of the file before, which holds for this part as well."""
    texts = words()["collect"]
    name = collection.places.counties.get(taken.county, _unknown(collection))
    tell(texts["county"].format(county=name, received_on=taken.received_on))
    for line in county_feedback.descriptions(taken.tables):
        tell("  " + line)
    fresh = [problem for problem in taken.problems if _place(problem) not in said]
    said.update(map(_place, fresh))
    if fresh:
        tell(problem_list(fresh))
    if len(fresh) < len(taken.problems):
        tell(texts["listed"].format(count=len(taken.problems) - len(fresh)))
    for table, (new, changed, same) in sound.counts(taken.counts, taken.unsound).items():
        title = collection.schemas.tables[table].title
        tell(texts["table"].format(table=title, new=new, changed=changed, same=same))
    for line in change_lines(taken, collection, _MOST_SHOWN):
        tell(line)
    if taken.normalised:
        tell(texts["tidied"].format(count=len(taken.normalised)))
        tell("\n".join("  " + line for line in list(_normalised_lines(taken))[:_MOST_SHOWN]))
    if len(taken.normalised) > _MOST_SHOWN:
        tell(texts["tidied_more"].format(count=len(taken.normalised) - _MOST_SHOWN))


def _place(problem: Problem) -> object:
    """What tells a problem from all others of a file."""
    return problem.sheet, problem.line, problem.cell, fingerprint(problem)


def change_lines(taken: CollectedReturn, collection: CollectionContext, most: int) -> Iterator[str]:
    """Changes to what the record has, `most` of them, those to what it had first; who follows whom, by both names."""
    texts, rows = words()["collect"], taken.rows.get(county_file("liaisons", taken.county), [])
    followed = record_names.successions(taken.changes, rows)
    named = [change for change in taken.changes if all(change.key)]  # what is about nobody is among the problems
    shown = sorted(named, key=lambda one: one.field == "" and not one.before and one.key not in followed)
    for change in shown[:most]:
        table, pair = collection.schemas.tables[change.table], followed.get(change.key) if not change.field else None
        key = collection.record_name(table, change.key)
        if change.field or pair:
            field = table.field(change.field or "name")
            pair = shown_pair(field, *(pair or (change.before, change.after)))
            before, after = (text or texts["empty"] for text in pair)
            yield texts["change_field"].format(key=key, title=field.title, before=before, after=after)
        else:
            yield texts["change_gone" if change.before else "change_new"].format(key=key)
    if len(named) > most:
        yield texts["change_more"].format(count=len(named) - most)


def _normalised_lines(taken: CollectedReturn) -> Iterable[str]:
    line = words()["collect"]["tidied_one"].strip()
    for one in taken.normalised:
        yield line.format(sheet=one.sheet, cell=one.cell, before=one.before, after=one.after)


# ---- feedback to the county


def _feedback(
    folder: Path, taken: CollectedReturn, stem: str, collection: CollectionContext, *, is_look: bool
) -> Iterable[str]:
    """Write what goes back; returns the names of the files."""
    context = feedback_context(taken, stem, collection, is_look=is_look)
    files = county_feedback.feedback_files(taken.for_feedback, taken.file_name, taken.problems, context)
    _write_feedback(folder, files, collection)
    return files


def _take_away(folder: Path, names: Iterable[str]) -> None:
    """Remove earlier answers to a file that has been taken in: they say that it was not."""
    stale = [] if folder.is_symlink() else [folder / name for name in sorted(names)]
    for path in stale:
        if path.is_file() and not path.is_symlink():
            path.unlink()
            tell(words()["collect"]["feedback_gone"].format(path=path))


def feedback_context(
    taken: CollectedReturn, stem: str, collection: CollectionContext, *, is_look: bool
) -> FeedbackContext:
    """What is told to a county of what its file brings. is_look: whether nothing of it is written."""
    tables = collection.schemas.tables
    return FeedbackContext(
        county_name=collection.places.counties.get(taken.county, ""),
        received_on=taken.received_on,
        accepted=taken.is_sound,
        is_look=is_look,
        written=tuple((tables[name].title, *counts) for name, counts in taken.counts.items()),
        normalised=tuple((f"{one.sheet} {one.cell}", one.before, one.after) for one in taken.normalised),
        missing=tuple(dict.fromkeys(village for names in taken.missing.values() for village in names)),
        tables=tuple(taken.tables),
        stem=stem,
        handbook=collection.campaign.site.handbook,
    )


def _feedback_on_unread(  # noqa: PLR0913, PLR0917  (one file with all that it meets)
    folder: Path,
    path: Path,
    stem: str,
    problems: list[Problem],
    collection: CollectionContext,
    collect_options: CollectOptions,
) -> None:
    name = collection.places.counties.get(collect_options.county, "")
    context = FeedbackContext(
        county_name=name,
        received_on=collect_options.received_on,
        accepted=False,
        stem=stem,
        handbook=collection.campaign.site.handbook,
    )
    _write_feedback(
        folder / (collect_options.county or _unknown(collection)),
        county_feedback.feedback_files(None, path.name, problems, context),
        collection,
    )


def _write_feedback(folder: Path, files: dict[str, bytes], collection: CollectionContext) -> None:
    disk.put_all(folder, files)
    said = words()["collect"]["feedback_unit" if collection.forms.is_of_units else "feedback"]
    for name in files:
        tell(said.format(path=folder / name))


def _unknown(collection: CollectionContext) -> str:
    """What is said in place of a county, or of a unit, that nobody knows."""
    return str(words()["collect"]["unknown_unit" if collection.forms.is_of_units else "unknown"])
