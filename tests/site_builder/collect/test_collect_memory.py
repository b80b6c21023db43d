"""Garbage is looked for between files only, and as ever afterwards."""

import gc

import pytest

from site_builder.collect import memory


def test_within_none_is_looked_for_and_afterwards_as_ever() -> None:
    """Whatever happens, what was frozen is let go and the looking goes on."""
    with pytest.raises(KeyError), memory.without_garbage_collection():
        assert not gc.isenabled()
        memory.keep_to_the_end()
        assert gc.get_freeze_count() > 0
        raise KeyError
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
