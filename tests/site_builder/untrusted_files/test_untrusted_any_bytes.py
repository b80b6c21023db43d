"""Whatever bytes are sent under whatever name: a file that was read, or problems; never a traceback."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds
from sent_files import converted, of_cells, rich_workbook, saved, sent

from site_builder.shared.problems import CampaignError, as_lines
from site_builder.untrusted_files import UntrustedFile, child, personal, read
from site_builder.untrusted_files.messages import FactsMessage, RefusalMessage, RowsMessage

SUFFIXES = [".xlsx", ".xls", ".ods", ".csv", ".zip"]
BEGINNINGS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe", b"<?xml ", b"%PDF"]
WORKBOOK = saved(rich_workbook())


def ends_well(path: Path) -> bool:
    """Read the file, look for personal data, word the problems. True when it could be read."""
    try:
        file = read(path)
    except CampaignError as error:
        assert error.problems
        assert all(as_lines(problem) for problem in error.problems)
        return False
    assert isinstance(file, UntrustedFile)
    assert all(as_lines(problem) for problem in personal.find(file, lambda *_: False))
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=rounds(5, 30))
@given(suffix=st.sampled_from(SUFFIXES), beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=2000))
def test_any_bytes_end_well(suffix: str, beginning: bytes, rest: bytes, folder: Path) -> None:
    """Arbitrary bytes under every accepted ending, some of them beginning like a known kind."""
    ends_well(sent(folder, f"报表{suffix}", beginning + rest))


@given(st.sampled_from(SUFFIXES), st.sampled_from(BEGINNINGS), st.binary(max_size=2000))
def test_the_reading_itself_always_ends_in_words(suffix: str, beginning: bytes, rest: bytes) -> None:
    """The same without a process of its own: the last message is the facts or a refusal."""
    *_, last = child.messages(suffix, beginning + rest)
    assert isinstance(last, FactsMessage | RefusalMessage)


@settings(max_examples=rounds(5, 30))
@given(place=st.integers(0, len(WORKBOOK) - 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_workbook_ends_well(place: int, byte: int, cut: bool, folder: Path) -> None:
    """One byte of a sound workbook changed, or all behind it lost."""
    content = bytearray(WORKBOOK)
    content[place] = byte
    ends_well(sent(folder, "报表.xlsx", bytes(content[: place if cut else None])))


@settings(max_examples=rounds(5, 30))
@given(data=st.data())
def test_a_workbook_with_a_damaged_part_ends_well(data: st.DataObject, folder: Path) -> None:
    """Sound archive, but one of its parts holds a changed stretch: parsers meet it after all checks of the archive."""
    with zipfile.ZipFile(BytesIO(WORKBOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    start = data.draw(st.integers(0, len(parts[name])))
    end = data.draw(st.integers(start, min(len(parts[name]), start + 40)))
    parts[name] = parts[name][:start] + data.draw(st.binary(max_size=10)) + parts[name][end:]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    ends_well(sent(folder, "报表.xlsx", out.getvalue()))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return converted(WORKBOOK, "xls", tmp_path_factory.mktemp("xls"))


@pytest.mark.needs("libreoffice-calc")
class TestOldWorkbooks:
    """.xls is taken apart by a reader of our own."""

    @settings(max_examples=rounds(5, 30))
    @given(data=st.data())
    def test_a_damaged_one_ends_well(self, data: st.DataObject, sound: bytes, folder: Path) -> None:
        """A stretch of it changed, or all behind it lost."""
        place = data.draw(st.integers(0, len(sound) - 1))
        stretch = data.draw(st.binary(min_size=1, max_size=8))
        content = sound[:place] + stretch + sound[place + len(stretch) :]
        ends_well(sent(folder, "报表.xls", content if data.draw(st.booleans()) else content[:place]))

    def test_the_sound_one_is_read(self, sound: bytes, folder: Path) -> None:
        """Undamaged, it is read: else the test above would prove nothing."""
        assert ends_well(sent(folder, "报表.xls", sound))


def test_the_sound_workbook_is_read(folder: Path) -> None:
    """Undamaged, it is read."""
    assert ends_well(sent(folder, "报表.xlsx", WORKBOOK))


_IN_XML = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    # Fifteen digits, as Excel keeps them: the writer rounds to sixteen.
    st.floats(allow_nan=False, allow_infinity=False, width=16).map(lambda number: float(f"{number:.15g}")),
    st.text(_IN_XML, min_size=1, max_size=9).filter(lambda text: text[0] not in "=#" and "_x" not in text),
)


@settings(max_examples=rounds(10, 30))
@given(st.lists(st.lists(_VALUE, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_cells_are_read_as_they_were_written(rows: list[list[object]]) -> None:
    """Cells of every type come back at their addresses; nothing is lost but empty rows at the end."""
    shown = list(child.messages(".xlsx", of_cells(rows)))
    read_back = [row for message in shown if isinstance(message, RowsMessage) for row in message.rows]
    wanted = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None}
    found = {(r, c): value for r, row in enumerate(read_back) for c, value in enumerate(row) if value is not None}
    assert found == wanted
