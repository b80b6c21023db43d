"""Other processes of this software: they import what stands beside this one, and nothing from the folder one stands in.

Python looks there first otherwise, and the folder may be the one in which somebody else's files land.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SAFE = "PYTHONSAFEPATH"  # https://docs.python.org/3/using/cmdline.html#envvar-PYTHONSAFEPATH
_MAIN = "import sys; sys.path.append(sys.argv.pop(1)); from site_builder.cli import main; sys.exit(main(sys.argv[1:]))"


def command(*arguments: str) -> list[str]:
    """What starts `campaign` with these arguments, in whatever folder that is done."""
    return [sys.executable, "-P", "-c", _MAIN, str(Path(__file__).parents[3]), *arguments]


@contextmanager
def started_safely() -> Iterator[None]:
    """Within it Python's own processes, which multiprocessing starts by `-c`, import nothing from where one stands."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before
