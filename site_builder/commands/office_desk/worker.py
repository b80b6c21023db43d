"""The process that looks: it is asked one thing after the other, and may be ended at any time; another begins anew."""

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

_SPAWNED = multiprocessing.get_context("spawn")  # nothing of the server's threads or connections goes along
LONGEST = 600.0  # seconds without a word: no step takes so long, even on a slow machine


class EndedError(Exception):
    """The process was ended, or ended by itself, before it had answered."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """The process for one campaign, started when it is first asked. room: a folder of the session."""

    root: Path
    room: Path
    longest: float = LONGEST
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
            self._process = _SPAWNED.Process(target=_serve, args=(theirs, self.root, self.room), daemon=True)
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


def _serve(theirs: Connection, root: Path, room: Path) -> None:
    """Answer until the other end is closed. An interrupt at the terminal is for the server, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engine = Engine(root=root, room=room)

    def tell(key: str, about: str) -> None:
        theirs.send(("step", (key, about)))

    with suppress(EOFError, OSError):
        while True:
            kind, *request = theirs.recv()
            theirs.send(_answer(getattr(engine, kind), request, tell, root))


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
