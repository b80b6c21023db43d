"""Two hundred invented numbers hidden in returns: none is missed, and none gets out of the file it came in."""

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from canaries import FOUR, Returns, all_returns, old_returns
from rounds import IS_LONG, rounds, sample
from tiny_campaign import PROJECT

from site_builder import privacy, untrusted_files
from site_builder.cli import FINE, PROBLEMS, main
from site_builder.model import forms, schemas
from site_builder.privacy.finder import numbers, plain
from site_builder.untrusted_files import personal

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))
sys.path.insert(0, str(Path(__file__).parents[1] / "untrusted_files"))
from collect_examples import SOUND, grid, write_workbook
from sent_files import converted

CODES = {f"personal-{kind}" for kind in FOUR}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound return."""
    form = forms.load(PROJECT, schemas.load(PROJECT)).forms["liaisons"]
    base = tmp_path_factory.mktemp("base") / "报表.xlsx"
    write_workbook(base, {form.sheet: grid(form, SOUND["liaisons"])})
    return base


@pytest.fixture(scope="module")
def old(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Returns]:
    """Returns in the formats of other programs, with identity numbers of an age."""
    folder = tmp_path_factory.mktemp("old")
    return cache(lambda age: old_returns(base, lambda content, suffix: converted(content, suffix, folder), age))


@pytest.fixture(scope="module")
def returns(base: Path, old: Callable[[str], Returns]) -> Returns:
    """A return for each hiding place, otherwise sound."""
    return all_returns(base) | old("")


def test_there_are_two_hundred(returns: Returns) -> None:
    """Four numbers in each of some fifty places, and no number twice."""
    hidden = [number for _, _, four in returns.values() for number in four]
    assert len(set(hidden)) == len(hidden) >= 200


@pytest.mark.needs("libreoffice-calc")
@pytest.mark.parametrize("age", ["", "old"])
def test_every_place_is_looked_at(base: Path, old: Callable[[str], Returns], age: str, tmp_path: Path) -> None:
    """Each kind of number is found in each place, and no problem repeats one. The short form samples the old."""
    missed = []
    places = all_returns(base, age) | (old(age) if IS_LONG or not age else {})
    for place, (name, content, four) in sample(places.items(), 12) if age else places.items():
        path = tmp_path / name
        path.write_bytes(content)
        problems = personal.find(untrusted_files.read(path), lambda *_: False)
        found = {problem.code for problem in problems}
        missed += [(place, code) for code in sorted(CODES - found)]
        assert not hidden_in(repr([problem for problem in problems if problem.file != name]), four)
    assert missed == []


def collect_all(root: Path, returns: Returns, *options: str) -> None:
    folder = root / "received"
    folder.mkdir(exist_ok=True)
    for name, content, _ in returns.values():
        (folder / name).write_bytes(content)
    files = [str(path) for path in sorted(folder.iterdir())]
    answers = ["--answers", str(root / "answers")]
    assert main(["--root", str(root), "collect", *files, "--county", "220881", *answers, *options]) == PROBLEMS


def written_by(root: Path) -> str:
    """Everything below the root but what was sent, packed files unpacked, and every object of a commit of it all."""
    git = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    (root / ".gitignore").write_text("received\n")
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "收表"], check=True)
    objects = subprocess.run([*git, "cat-file", "--batch-all-objects", "--batch"], check=True, capture_output=True)
    files = [path for path in root.rglob("*") if path.is_file() and not {"received", ".git"} & set(path.parts)]
    texts = [path.relative_to(root).as_posix() + "\n" + unpacked(path.read_bytes()) for path in files]
    return "\n".join([objects.stdout.decode("utf-8", "replace"), *texts])


def unpacked(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def hidden_in(text: str, numbers_hidden: tuple[str, ...]) -> list[str]:
    """The numbers that a text holds, however they are set apart or widened. Not by the detector that is tested."""
    text = re.sub(r"&#(\d+);", lambda code: chr(int(code.group(1))), unicodedata.normalize("NFKC", text))
    bare = re.sub(r"[\s.\-\u200b;<>/]|</?[a-z:]+>", "", text)
    return [number for number in numbers_hidden if number in bare or number in text]


def test_none_gets_out(root: Path, returns: Returns, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of a refused return is written; no number stands in answers, logs, record, git objects or the site."""
    before = {path: path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()}
    collect_all(root, dict(list(returns.items())[:: rounds(24, 8)]))  # a mere look tells and answers as writing does
    collect_all(root, dict(sample(returns.items(), 16)), "--write")
    assert main(["--root", str(root), "build"]) == FINE
    out, err = capfd.readouterr()
    hidden = tuple(number for _, _, four in returns.values() for number in four)
    assert hidden_in(out + err, hidden) == []
    assert {path: path.read_bytes() for path in before} == before
    assert len(list((root / "answers").rglob("*.html"))) >= rounds(12, 40)
    assert hidden_in(written_by(root), hidden) == []


def test_with_the_detector_off_they_do(
    root: Path, returns: Returns, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The control: without the detector many of the same numbers stand in answers and git objects."""
    monkeypatch.setattr(numbers, "_STRETCH", re.compile(r"(?!)"))
    monkeypatch.setattr(privacy, "in_number", lambda value: None)
    monkeypatch.setattr(plain, "_WITH_LETTERS", re.compile(r"(?!)"))
    some = dict(list(returns.items())[:12])
    some["a CSV file in GBK"] = returns["a CSV file in GBK"]
    some["lines above a CSV file's heads"] = returns["lines above a CSV file's heads"]
    collect_all(root, some, "--write")
    hidden = tuple(number for _, _, four in some.values() for number in four)
    assert len(hidden_in(written_by(root), hidden)) >= 10
