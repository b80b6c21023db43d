"""The desk's engine says of each return what Python says of it here: the same text, workbook and receipt.

The returns are those that the examples of problem codes send: a dozen in the short form, all of them in the long one.
"""

import base64
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest
from rounds import IS_LONG, sample

from site_builder import untrusted_files
from site_builder.commands.browser import self_check
from site_builder.kit.desk import engine, one_file

COUNTY = "220881"
HERE = Path(__file__).parent
MOST_SECONDS, MOST_BYTES = 240, 500 << 20
SHORT = 12


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Files by name: what the examples have read, each once."""
    import export_faults
    import return_faults
    import untrusted_file_faults
    from faulty_project import Project
    from tiny_campaign import make_root

    found: dict[bytes, str] = {}
    read = untrusted_files.read

    def noted(path: Path, name: str | None = None) -> object:
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 20:
            found.setdefault(path.read_bytes(), path.suffix)
        return read(path, name)

    monkeypatch_module.setattr(untrusted_files, "read", noted)
    faults = {**return_faults.FAULTS, **export_faults.FAULTS, **untrusted_file_faults.FILES}
    for code, fault in sample(faults.items(), SHORT):
        project = Project(root=make_root(tmp_path_factory.mktemp(code)))
        list(fault(project))
    monkeypatch_module.undo()
    return {f"{number:03}{suffix}": content for number, (content, suffix) in enumerate(found.items())}


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def campaign_of_county(record: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the desk holds, on this disk."""
    folder = tmp_path_factory.mktemp("campaign")
    with zipfile.ZipFile(io.BytesIO(record)) as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def answers(
    engine_root: Path, record: bytes, returns: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """What the engine says of each, and what it took."""
    folder = tmp_path_factory.mktemp("sent")
    for name, content in returns.items():
        (folder / name).write_bytes(content)
    packed = tmp_path_factory.mktemp("record") / "county.zip"
    packed.write_bytes(record)
    arguments: list[str | Path] = [
        engine_root / engine.FOLDER,
        one_file.TEMPLATES / "worker.js",
        packed,
        COUNTY,
        folder,
    ]
    done = subprocess.run(
        ["node", HERE / "answers.mjs", *arguments], capture_output=True, text=True, check=False, timeout=1800
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in returns}
    return said, json.loads(done.stdout.splitlines()[-1])


def test_each_return_is_answered_as_here(
    answers: tuple[dict[str, dict[str, Any]], dict[str, float]],
    returns: dict[str, bytes],
    campaign_of_county: Path,
    tmp_path: Path,
) -> None:
    """Letter by letter what a county would read, and the parts of the workbook that it would mend."""
    assert len(returns) >= (60 if IS_LONG else 8)
    desk = self_check.load(str(campaign_of_county), COUNTY, lambda step: None)
    for name, content in returns.items():
        path = tmp_path / name
        path.write_bytes(content)
        here, there = json.loads(desk.answer(str(path))), answers[0][name]
        assert there["page"] == here["page"], name
        assert there["receipt"] == here["receipt"], name
        assert parts_of(there["workbook"]) == parts_of(here["workbook"]), name


def parts_of(workbook: dict[str, str] | None) -> dict[str, str]:
    """The parts of a marked workbook, however their XML is spelt; without the day on which it was made."""
    if workbook is None:
        return {}
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(workbook["content"]))) as packed:
        names = [name for name in packed.namelist() if name != "docProps/core.xml"]
        texts = {name: packed.read(name).decode("utf-8", "replace") for name in names}
    xml = {
        name: canonicalize(text, rewrite_prefixes=True)
        for name, text in texts.items()
        if name.endswith((".xml", ".rels", ".vml"))
    }
    return {"name": workbook["name"], **texts, **xml}


def test_it_stays_within_memory_and_time(answers: tuple[dict[str, dict[str, Any]], dict[str, float]]) -> None:
    """On a machine that is busy with other tests: bounds against what grows without end, not the figures themselves."""
    took = answers[1]
    assert took["first"] < MOST_SECONDS
    assert took["bytes"] < MOST_BYTES
