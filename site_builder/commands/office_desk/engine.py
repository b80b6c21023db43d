"""Looking at what was dropped: what `campaign collect` does with a folder of these files, and nothing is written.

It runs in a process of its own (`worker.py`), which may be ended at any time. What was read, and the record as it
stood, stay with it, so that a choice is answered without reading everything again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from site_builder import checks, county_feedback, untrusted_files
from site_builder.checks import table_schema
from site_builder.cli import words
from site_builder.collect import collection_context, intake, memory
from site_builder.collect.answers import sound
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.commands import collect
from site_builder.commands.office_desk import findings, wording
from site_builder.commands.office_desk.findings import Choice, CountyState, Look, SeenReturn, SentFile, State
from site_builder.county_feedback import FeedbackContext
from site_builder.model import campaign, forms, schemas
from site_builder.office import diff, overview
from site_builder.office.diff import PublicState
from site_builder.office.diff.sections import DiffSection, sections
from site_builder.office.overview import Overview
from site_builder.record import returns, tables, writing
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, shown_name
from site_builder.untrusted_files import UntrustedFile

Tell = Callable[[str, str], object]
"""Is told of each step by its key, and of which file."""
_Decided = tuple[str, str, Choice, bool, tuple[object, ...]]
_MOST_CHANGES = 200
_MOST_IN_A_MESSAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stood:
    """The record as it stood, read and checked once."""

    state: str
    collection: CollectionContext
    overview: Overview


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadFile:
    """A file as it is taken in. path: its name is the sender's.

    id: of the session: the number of what was dropped, and which of its parts it is; the number alone for what was
    left out as it was being read, an archive as a whole.
    """

    id: str
    path: Path
    file: Future[UntrustedFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brought:
    """What a file brought for one county: to be shown, and where it is sound and new, to be taken in."""

    seen: SeenReturn
    taken: CollectedReturn | None = None

    @property
    def drafts(self) -> Mapping[str, bytes]:
        """What would be written of it."""
        return self.taken.drafts if self.taken else {}


@dataclass(slots=True, kw_only=True)
class Engine:
    """What is remembered from one look to the next. room: a folder for what archives hold.

    days: which each file bears; done: what each file of the last look brought, by all that decides it, what was taken
    in before it too.
    """

    root: Path
    room: Path
    _stood: _Stood | None = None
    _read: dict[int, list[_ReadFile]] = field(default_factory=dict)
    _left: dict[int, list[str]] = field(default_factory=dict)
    _public: tuple[str, PublicState] | None = None
    _days: dict[str, date] = field(default_factory=dict)
    _done: dict[_Decided, list[_Brought]] = field(default_factory=dict)

    def look(self, sent: Sequence[SentFile], choices: Mapping[str, Choice], stuck: frozenset[str], tell: Tell) -> Look:
        """What the files bring, each after the one before it, in the order of the days that they bear.

        stuck: ids of files that are not taken in, since that did not end. Raises CampaignError where the record itself
        cannot be read.
        """
        stood = self._as_it_stands(tell)
        collection = replace(stood.collection, rows=dict(stood.collection.rows))
        files = self._files(sent, stuck, collection, choices, tell)
        found: list[_Brought] = []
        taken: tuple[object, ...] = ()
        remembered, self._done = self._done, {}
        stems = county_feedback.stems([file.path.name for file in files])
        with memory.without_garbage_collection():
            for number, (file, stem) in enumerate(zip(files, stems, strict=True)):
                tell("checking", f"{file.id}\n{shown_name(file.path.name)}\n{number + 1}\n{len(files)}")
                choice = choices.get(file.id, Choice())
                key = (file.id, stem, choice, file.id in stuck, taken)
                brought = remembered.get(key)
                if brought is None:
                    brought = list(_brought(file, stem, collection, choice, is_stuck=file.id in stuck))
                    memory.clear()
                else:
                    _take_in(brought, collection)
                taken = (*taken, key[:4]) if any(each.taken for each in brought) else taken
                self._done[key] = brought
                found += brought
        drafts = {path: content for each in found for path, content in each.drafts.items()}
        return Look(
            stood=stood.state,
            returns=tuple(each.seen for each in found),
            drafts={path: content for path, content in drafts.items() if not _stands(self.root / path, content)},
            counties=tuple(_county_states(stood.overview)),
            left=tuple(name for file in sent for name in self._left.get(file.number, ())),
        )

    def public(self, look: Look, tell: Tell) -> list[DiffSection]:
        """What would change for the public. Raises CampaignError where nothing could be published."""
        tell("public", "")
        known = schemas.load(self.root)
        if self._public is None or self._public[0] != look.stood:
            self._public = look.stood, diff.as_it_stands(self.root, known)
        return sections(self._public[1], diff.with_drafts(self.root, known, look.drafts))

    def _as_it_stands(self, tell: Tell) -> _Stood:
        tell("record", "")
        writing.complete(self.root)
        state = writing.state(self.root)
        if self._stood is None or self._stood.state != state:
            self._stood, self._days, self._done = _load(self.root, state), {}, {}
        return self._stood

    def _files(
        self,
        sent: Sequence[SentFile],
        stuck: frozenset[str],
        collection: CollectionContext,
        choices: Mapping[str, Choice],
        tell: Tell,
    ) -> list[_ReadFile]:
        """All that was dropped, those of an archive one by one, each read once, in the order in which they count.

        Of a day, those about which the officer has said something come last: what was found of the others stands.
        """
        for file in sent:
            if file.number not in self._read:
                unread = _ReadFile(id=str(file.number), path=file.path, file=Future())
                self._read[file.number] = [unread] if unread.id in stuck else list(self._opened(file, tell))
        found = [each for file in sent for each in self._read[file.number]]
        for each in found:
            if each.id not in self._days and each.id not in stuck:
                tell("reading", f"{each.id}\n{shown_name(each.path.name)}")  # of all rows: that may not end either
                self._days[each.id] = collect.day_of(each.file, collection.forms, collection.campaign)
        unknown, last = collection.campaign.data_as_of, choices.keys() & self._alone()
        return sorted(found, key=lambda each: (self._days.get(each.id, unknown), each.id in last, each.path.name))

    def _alone(self) -> set[str]:
        """The files of the last look that bring what no other one brings to: for them no order counts."""
        counties = {key[0]: {each.seen.county for each in brought} for key, brought in self._done.items()}
        times = Counter(county for found in counties.values() for county in found)
        return {file for file, found in counties.items() if all(county and times[county] == 1 for county in found)}

    def _opened(self, file: SentFile, tell: Tell) -> Iterator[_ReadFile]:
        left = self._left.setdefault(file.number, [])
        tell("reading", f"{file.number}\n{shown_name(file.path.name)}")
        room = Path(mkdtemp(dir=self.room))
        paths = list(collect.sent([file.path], room, lambda bundle: left.extend(map(shown_name, bundle.left))))
        with untrusted_files.reading_ahead(paths) as files:
            for number, (path, read) in enumerate(zip(paths, files, strict=True)):
                tell("reading", f"{file.number}\n{shown_name(path.name)}")
                read.exception()  # wait for it: one that does not end takes its archive along
                yield _ReadFile(id=f"{file.number}-{number}", path=path, file=read)


def _stands(path: Path, content: bytes) -> bool:
    """Whether that stands in the record already."""
    return path.is_file() and path.read_bytes() == content


def _load(root: Path, state: str) -> _Stood:
    settings = campaign.load(root)
    known = schemas.of_year(schemas.load(root), settings.year)
    asked = forms.load(root, known)
    reading = tables.read_all(root, known)
    checked = checks.check_reading(root, settings, known, reading)
    found = returns.progress(checked.records, settings, asked)
    collection = collection_context.of_checked(root, settings, known, asked, reading, checked, state)
    table_schema.load_validator()
    whole = overview.overview(checked.records, checked.problems, settings, found)
    return _Stood(state=state, collection=collection, overview=whole)


def _county_states(whole: Overview) -> Iterator[CountyState]:
    texts = overview.words()
    for code, name in whole.names.items():
        if code in whole.counties:
            state = overview.county_cells(whole.counties[code], whole.settings)[-1]
        else:
            state = texts["faulty"].format(count=whole.faulty[code])
        yield CountyState(code=code, name=name, state=state)


def _options(choice: Choice) -> CollectOptions:
    return CollectOptions(
        county=choice.county, accept_older=choice.accept_older, accepted=choice.accepted, kept=choice.kept
    )


def _brought(
    file: _ReadFile, stem: str, collection: CollectionContext, choice: Choice, *, is_stuck: bool
) -> Iterator[_Brought]:
    """What a file brings for each county; what is sound is taken in. What befalls it is its own answer."""
    options = _options(choice)
    try:
        if is_stuck:
            raise CampaignError([Problem(code=Code.FILE_TOO_HEAVY, file=file.path.name)])
        found = intake.take(file.file.result(), collection, options)
    except CampaignError as error:
        yield _Brought(seen=_unread(file, stem, error.problems, collection, options))
        return
    except OSError:  # the disk's, which befalls them all
        raise
    except Exception as error:  # a mistake of ours that this file alone brings out
        yield _Brought(seen=_unread(file, stem, [collect.failure(file.path, error)], collection, options))
        return
    for taken in found:
        is_new = taken.is_sound and bool(taken.drafts)
        brought = _Brought(seen=_seen(file, stem, taken, collection), taken=taken if is_new else None)
        _take_in([brought], collection)
        yield brought


def _take_in(brought: Iterable[_Brought], collection: CollectionContext) -> None:
    """Let the files after it see what it brought."""
    for each in brought:
        if each.taken:
            collection.take_in(each.taken.drafted, each.taken.rows)


def _seen(file: _ReadFile, stem: str, taken: CollectedReturn, collection: CollectionContext) -> SeenReturn:
    context = collect.feedback_context(taken, stem, collection, is_look=False)
    errors = [problem for problem in taken.problems if problem.is_error]
    counts = sound.counts(taken.counts, taken.unsound).items()
    line = str(words()["collect"]["table"])
    titles = collection.schemas.tables
    return SeenReturn(
        file=file.id,
        name=shown_name(taken.file_name),
        county=taken.county,
        county_name=context.county_name,
        received_on=taken.received_on.isoformat(),
        state=_state(taken, errors),
        errors=len(errors),
        warnings=len(taken.problems) - len(errors),
        counts=tuple(
            line.format(table=titles[name].title, new=new, changed=changed, same=same).strip()
            for name, (new, changed, same) in counts
            if new or changed
        ),
        changes=tuple(each.strip() for each in collect.change_lines(taken, collection, _MOST_CHANGES)),
        questions=findings.questions(taken.problems),
        asks_older=findings.asks_older(taken.problems),
        answers=county_feedback.feedback_files(taken.for_feedback, taken.file_name, taken.problems, context),
        text=_message(context, taken.file_name, taken.problems),
    )


def _state(taken: CollectedReturn, errors: Sequence[Problem]) -> State:
    if errors:
        return State.CONFLICT if any(error.code in findings.CONFLICTS for error in errors) else State.FAULTY
    return State.SOUND if taken.drafts else State.UNCHANGED


def _unread(
    file: _ReadFile, stem: str, problems: Sequence[Problem], collection: CollectionContext, options: CollectOptions
) -> SeenReturn:
    context = FeedbackContext(
        county_name=collection.places.counties.get(options.county, ""),
        received_on=None,
        accepted=False,
        stem=stem,
        handbook=collection.campaign.site.handbook,
    )
    return SeenReturn(
        file=file.id,
        name=shown_name(file.path.name),
        county=options.county,
        county_name=context.county_name,
        received_on="",
        state=State.FAULTY,
        errors=len(problems),
        warnings=0,
        answers=county_feedback.feedback_files(None, file.path.name, problems, context),
        text=_message(context, file.path.name, problems),
    )


def _message(context: FeedbackContext, file_name: str, problems: Sequence[Problem]) -> str:
    """What is copied and sent to the county in a chat."""
    texts, listed = wording.words()["message"], findings.lines(problems)
    about = {"county": context.county_name or texts["someone"], "file": shown_name(file_name), "count": len(listed)}
    if not listed:
        return str(texts["sound"]).format(**about)
    rest = len(listed) - _MOST_IN_A_MESSAGE
    more = [texts["more"].format(count=rest)] if rest > 0 else []
    return "\n".join([texts["faulty"].format(**about), *listed[:_MOST_IN_A_MESSAGE], *more])
