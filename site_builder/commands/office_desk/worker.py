"""The process that looks: it is asked one thing after the other, and may be ended at any time; another begins anew.

A file that keeps it too long ends it: the server leaves that file out and asks the next one of the others.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from site_builder.commands.collect import failure
from site_builder.commands.office_desk.engine import Engine
from site_builder.commands.office_desk.findings import Choice, Look, SentFile
from site_builder.office.diff.sections import DiffSection
from site_builder.shared import own_process
from site_builder.shared.disk import refusal
from site_builder.shared.problems import CampaignError, Problem
from site_builder.untrusted_files import limits

_SPAWNED = multiprocessing.get_context("spawn")  # nothing of the server's threads or connections goes along
LONGEST = 600.0  # seconds without a word: no step takes so long, even on a slow machine
OF_A_FILE = 20.0  # of the processor, for a file: with the ten of the process that reads it, half a minute
_WITH_A_FILE = ("reading", "checking")


class EndedError(Exception):
    """The process was ended, or ended by itself, before it had answered."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """The process for one campaign, started when it is first asked. room: a folder of the session."""

    root: Path
    room: Path
    longest: float = LONGEST
    of_a_file: float = OF_A_FILE
    _process: BaseProcess | None = None
    _ours: Connection | None = field(default=None)

    def look(
        self,
        sent: Sequence[SentFile],
        choices: Mapping[str, Choice],
        stuck: frozenset[str],
        tell: Callable[[str, str], object],
    ) -> Look:
        """What `Engine.look` finds. Raises EndedError, and CampaignError where there was none."""
        found = self._ask(("look", sent, dict(choices), stuck), tell)
        assert isinstance(found, Look)  # noqa: S101  (narrows the type)
        return found

    def public(self, look: Look, tell: Callable[[str, str], object]) -> list[DiffSection]:
        """What `Engine.public` finds. Raises as `look` does."""
        return list(self._ask(("public", look), tell))

    def start(self) -> None:
        """Let it load its modules while the page is still being looked at."""
        if self._process is None or not self._process.is_alive():
            self._ours, theirs = _SPAWNED.Pipe()
            self._process = _SPAWNED.Process(
                target=_serve, args=(theirs, self.root, self.room, self.of_a_file), daemon=True
            )
            with own_process.started_safely():
                self._process.start()
            theirs.close()

    def end(self) -> None:
        """End it, whatever it is doing."""
        process = self._process
        if process is not None:
            process.kill()
            process.join()

    def _ask(self, request: tuple[Any, ...], tell: Callable[[str, str], object]) -> Any:  # noqa: ANN401
        self.start()
        ours = self._ours
        assert ours is not None  # noqa: S101  (just started)
        try:
            ours.send(request)
            while ours.poll(self.longest):
                kind, content = ours.recv()
                if kind == "step":
                    tell(*content)
                elif kind == "problems":
                    raise CampaignError(content)
                else:
                    return content
        except (OSError, EOFError) as error:
            self.end()
            raise EndedError from error
        self.end()
        raise EndedError


def _serve(theirs: Connection, root: Path, room: Path, of_a_file: float) -> None:
    """Answer until the other end is closed. An interrupt at the terminal is for the server, which ends this one.

    of_a_file: after so many seconds of the processor at one file the system ends it. A file is told of before anything
    is done with it, so that the server knows which one that was.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engine = Engine(root=root, room=room)

    def tell(key: str, about: str) -> None:
        limits.end_itself_after(of_a_file if key in _WITH_A_FILE else 0)
        theirs.send(("step", (key, about)))

    with suppress(EOFError, OSError):
        while True:
            kind, *request = theirs.recv()
            answer = _answer(getattr(engine, kind), request, tell, root)
            limits.end_itself_after(0)
            theirs.send(answer)


def _answer(
    ask: Callable[..., Any], request: Sequence[Any], tell: Callable[[str, str], None], root: Path
) -> tuple[str, Any]:
    problems: Sequence[Problem]
    try:
        return "found", ask(*request, tell)
    except CampaignError as error:
        problems = error.problems
    except OSError as error:
        problems = [refusal(error, root)]
    except Exception as error:  # a mistake of ours: the page stays, and says so
        problems = [failure(root, error)]
    return "problems", list(problems)
