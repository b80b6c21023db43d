"""What one sitting at the desk holds: files, choices, what was found, what was written. Looking goes on by the side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Condition, Thread

from site_builder.cli import problem_list
from site_builder.commands.office_desk import findings, saving
from site_builder.commands.office_desk.findings import Choice, Look, SeenReturn, SentFile, State
from site_builder.commands.office_desk.saving import Repository
from site_builder.commands.office_desk.worker import EndedError, Worker
from site_builder.office.diff.sections import DiffSection
from site_builder.record import writing
from site_builder.shared.characters import visible
from site_builder.shared.disk import fit_name, refusal
from site_builder.shared.problems import CampaignError, Problem

MOST_FILES = 1000


@dataclass(slots=True, kw_only=True)
class Sitting:
    """The state that the page shows; changed under the session's lock alone.

    stuck: the names of files at which a look did not end, by id; step: the key of what is being done, "" for nothing,
    and about: of which file; number: of the next file; shown: the number of the look, which no other has, by which a
    page says what it shows; trouble: what stopped it; is_stale: whether the look is one of before, shown until the next
    one is there; is_ended: whether a look ended before its time; has_moved: whether the record is another than the one
    that was looked at; written: contents by path that this sitting has written and not committed, taken: the returns
    that they came of, done: the look that was written last; is_committed: whether it is committed; refused: what git
    says of a commit that failed.
    """

    sent: dict[int, SentFile] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    number: int = 1
    shown: int = 0
    step: str = ""
    about: str = ""
    look: Look | None = None
    is_stale: bool = False
    public: list[DiffSection] | None = None
    public_problems: list[Problem] = field(default_factory=list)
    trouble: list[Problem] = field(default_factory=list)
    has_moved: bool = False
    is_ended: bool = False
    written: Mapping[str, bytes] = field(default_factory=dict)
    taken: tuple[SeenReturn, ...] = ()
    done: int = -1
    is_committed: bool = False
    refused: str = ""

    @property
    def is_written(self) -> bool:
        """Whether just what is shown has been written: of files that were dropped after that nothing has."""
        return self.done == self.shown


@dataclass(slots=True, kw_only=True)
class Session:
    """A sitting with its worker. root: the campaign's; folder: an empty one of this session alone."""

    root: Path
    folder: Path
    worker: Worker = field(init=False)
    now: Sitting = field(default_factory=Sitting)
    repository: Repository = field(init=False)
    version: int = 1
    changed: Condition = field(default_factory=Condition)
    _wanted: bool = False
    _is_over: bool = False
    _thread: Thread | None = None

    def __post_init__(self) -> None:
        (self.folder / "archives").mkdir()
        self.worker = Worker(root=self.root, room=self.folder / "archives")
        self.repository = saving.repository(self.root)

    def begin(self) -> None:
        """Start to look whenever something is wanted, until `end`."""
        self.worker.start()
        self._thread = Thread(target=self._go_on, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End the worker and whoever waits."""
        with self.changed:
            self._is_over = True
            self.changed.notify_all()
        self.worker.end()
        if self._thread is not None:
            self._thread.join()

    # ---- what the officer does

    def add(self, name: str, content: bytes) -> bool:
        """Keep a file that was dropped, under its own name; whether there is room for it."""
        with self.changed:
            if len(self.now.sent) >= MOST_FILES:
                return False
            number = self.now.number
            self.now.number += 1
            path = self.folder / "sent" / str(number) / fit_name(visible(name, ""), str(number))
            path.parent.mkdir(parents=True)
            path.write_bytes(content)
            self.now.sent[number] = SentFile(number=number, path=path)
        return True

    def want(self) -> None:
        """Look at all files, from now on as they are and as the officer has chosen."""
        with self.changed:
            self._wanted = True
            self.now.has_moved = self.now.is_ended = self.now.is_committed = False
            self.now.refused = ""
            self.now.trouble = []
            self.now.is_stale = True
            self._bump()

    def leave_out(self, number: int) -> None:
        """Look at a file no more."""
        with self.changed:
            self.now.sent.pop(number, None)
            stuck = self.now.stuck.items()
            self.now.stuck = {file: name for file, name in stuck if number_of(file) != number}
        self.want()

    def choose(self, file: str, choice: Choice) -> None:
        """What is said of a file, from the next look on."""
        with self.changed:
            self.now.choices[file] = choice

    def stop(self) -> None:
        """End the look that goes on; the file that it is at is not taken in."""
        self.worker.end()

    def write(self, shown: int) -> bool:
        """Write what is sound, whole or not at all, and only where the record is still what it was compared with.

        shown: the look that the page shows from which this is asked; of another one nothing is written, and False said.
        """
        with self.changed:
            look = self.now.look
            if shown != self.now.shown:
                return False
            if look is None or self.now.is_written or self.now.is_stale:
                return True
            try:
                writing.write(self.root, look.drafts, look.stood)
                self.now.written = {**self.now.written, **look.drafts}
                self.now.taken += tuple(each for each in look.returns if each.state is State.SOUND)
                self.now.done = shown
            except writing.MovedOnError:
                self.now.has_moved = True
            except CampaignError as error:
                self.now.trouble = error.problems
            except OSError as error:
                self.now.trouble = [refusal(error, self.root)]
            self.repository = saving.repository(self.root)
            self._bump()
            return True

    def commit(self, message: str, who: tuple[str, str], shown: int) -> bool:
        """Commit what was written here, as it was; without that, what stands uncommitted in the record.

        who: name and address of who commits, where git knows of none; shown: as of `write`.
        """
        with self.changed:
            now, paths = self.now, tuple(self.now.written) or self.repository.pending
            if shown != now.shown:
                return False
            if not paths or now.step:
                return True
            now.step = "committing"
            self._bump()
        try:
            # The office's own hooks may take their time.
            refused = saving.changed_since(self.root, now.written) or saving.commit(self.root, paths, message, *who)
        except CampaignError as error:
            refused = problem_list(error.problems)
        self.repository = saving.repository(self.root)
        left: dict[str, object] = {} if refused else {"written": {}, "taken": ()}
        self._set(now, step="", refused=refused, is_committed=not refused, **left)
        return True

    def begin_anew(self) -> None:
        """Clear the desk for other files."""
        with self.changed:
            self.now = Sitting(number=self.now.number, shown=self.now.shown + 1)
            self.repository = saving.repository(self.root)
            self._bump()

    def wait(self, known: int, seconds: float) -> int:
        """The version, once it is another than the known one, or when so many seconds have passed."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != known or self._is_over, seconds)
            return self.version

    # ---- looking

    def _bump(self) -> None:
        self.version += 1
        self.changed.notify_all()

    def _go_on(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self._wanted or self._is_over)
                if self._is_over:
                    return
                self._wanted = False
                now, asked = self.now, (list(self.now.sent.values()), dict(self.now.choices), frozenset(self.now.stuck))
                now.public, now.public_problems = None, []
            self._look(now, *asked)

    def _look(self, now: Sitting, sent: list[SentFile], choices: Mapping[str, Choice], stuck: frozenset[str]) -> None:
        try:
            look = self.worker.look(sent, choices, stuck, self._tell) if sent else None
            self._set(now, look=look, shown=now.shown + 1, is_stale=self._wanted)
            if look and look.drafts and not self._wanted:
                self._set(now, public=self.worker.public(look, self._tell))
        except CampaignError as error:
            if now.is_stale:
                self._set(now, look=None, shown=now.shown + 1, is_stale=False, trouble=error.problems)
            else:
                self._set(now, public_problems=error.problems)
        except EndedError:
            self._leave_out_stuck(now)
        self._set(now, step="", about="")

    def _leave_out_stuck(self, now: Sitting) -> None:
        """The file that the worker was at when it was ended is not taken in; the others are looked at again."""
        if self._is_over or not now.is_stale:
            return
        file, _, rest = now.about.partition("\n")
        name = rest.partition("\n")[0]
        if now.step in {"reading", "checking"} and file not in now.stuck:
            self._set(now, stuck=now.stuck | {file: name})
            self.want()
        else:
            self._set(now, look=None, shown=now.shown + 1, is_stale=False, is_ended=True)

    def _tell(self, key: str, about: str) -> None:
        self._set(self.now, step=key, about=about)

    def _set(self, now: Sitting, **values: object) -> None:
        with self.changed:
            for name, value in values.items():
                setattr(now, name, value)
            self._bump()


def chosen(choice: Choice, said: Mapping[str, str]) -> Choice:
    """A choice with what a form of the page says added to it: of the county, of a row, or that an older one is taken.

    Raises ValueError for a row that is none.
    """
    if "county" in said:
        choice = replace(choice, county=said["county"])
    if "older" in said:
        choice = replace(choice, accept_older=said["older"] == "yes")
    for key, text in said.items():
        if key.startswith("row:"):
            row = findings.row_of(key.removeprefix("row:"))
            choice = replace(
                choice,
                accepted=choice.accepted - {row} | ({row} if text == "accepted" else set()),
                kept=choice.kept - {row} | ({row} if text == "kept" else set()),
            )
    return choice


def number_of(file: str) -> int:
    """The number of what was dropped that a file's id has. Raises ValueError for what is no id."""
    return int(file.partition("-")[0])
