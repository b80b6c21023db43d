"""A pytest plugin: a test of the software that reads `content/`, which is the staff's, is an error.

It sees what this process opens or lists. Tests of the site, in `tests/site`, are made to read it.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[1]
_CONTENT = str(_PROJECT / "content")
_OF_THE_SITE = _PROJECT / "tests" / "site"
_READING = {"open", "os.listdir", "os.scandir"}


class _Watch:
    """Whether a test of the software is running now."""

    is_on = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _Watch.is_on or event not in _READING or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    name = os.fsdecode(arguments[0])
    if event == "open" and arguments[1] is None and not os.path.isabs(name):  # noqa: PTH117  (Path() costs too much here)
        return  # os.open: the name may count from another folder, as where shutil.rmtree goes down
    path = os.path.abspath(name)  # noqa: PTH100
    if path == _CONTENT or path.startswith(_CONTENT + os.sep):
        raise PermissionError(f"a test of the software reads {path}, which is the staff's")


sys.addaudithook(_hook)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch while a test of the software runs, with its fixtures."""
    _Watch.is_on = _OF_THE_SITE not in item.path.parents
    try:
        return (yield)
    finally:
        _Watch.is_on = False
