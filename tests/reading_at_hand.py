"""A pytest plugin: files that are sent in are read in the process at hand: one for each would take half a second.

What is read still goes over as bytes and is looked at as strictly as ever. Tests of that process start it.
"""

from collections.abc import Iterator

import pytest

from site_builder.untrusted_files import child, reading

_OF_THE_PROCESS = {"test_untrusted_hostile.py", "test_untrusted_any_bytes.py", "test_untrusted_delimited.py"}
_started = reading._reply


class _Now:
    """Whether a test of the process that reads is running."""

    is_of_the_process = False


def _reply(command: list[str], data: bytes) -> bytes:
    return _started(command, data) if _Now.is_of_the_process else b"".join(child.pieces(command[-1], data))


reading._reply = _reply


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Start a process for each file where that is what the test is about."""
    _Now.is_of_the_process = item.path.name in _OF_THE_PROCESS
    try:
        return (yield)
    finally:
        _Now.is_of_the_process = False
