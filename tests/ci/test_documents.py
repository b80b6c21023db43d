"""What the documents name is there: tests of the threat model, paths of the decisions, terms of the glossary."""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = [PROJECT / "docs" / "threat-model.md", *sorted((PROJECT / "docs" / "decisions").glob("*.md"))]
MADE = ("build/", ".builds/", ".cache/")  # below these stands what the software makes
_NAMED = re.compile(r"`([\w.-]+/[\w./-]*)(?:::(\w+))?`")
_LINK = re.compile(r"\]\(([^)#]+)\)")


@cache
def functions(path: Path) -> set[str]:
    """The names of a module's functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def lost(text: str, folder: Path) -> list[str]:
    """What a document names and is not there: paths from the project's root, tests in them, links from its folder."""
    named = [(path, test) for path, test in _NAMED.findall(text) if not path.startswith(MADE)]
    paths = [path for path, _ in named if not (PROJECT / path).exists()]
    tests = [
        f"{path}::{test}"
        for path, test in named
        if test and path not in paths and test not in functions(PROJECT / path)
    ]
    return paths + tests + [link for link in _LINK.findall(text) if not (folder / link).exists()]


def retired_words() -> list[str]:
    """The words that the glossary has taken out of all names: those in backticks on the left of its list."""
    table = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").partition("## Words that are not used")[2]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    return [word for cell in rows for word in re.findall(r"`(\w+)`", cell)]


def names_of(path: Path) -> Iterator[str]:
    """The name of a module and every name in it."""
    yield path.stem
    with path.open("rb") as file:
        yield from (token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.NAME)


def has_word(name: str, word: str) -> bool:
    """Whether a word is a part of a name, written_so or WrittenSo."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return f"_{word}_" in f"_{parts}_"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    """Every path, every test and every link of the threat model and the decisions leads somewhere."""
    assert lost(document.read_text(encoding="utf-8"), document.parent) == []


def test_what_is_gone_is_seen() -> None:
    """A path, a test and a link that lead nowhere are each named."""
    here = "tests/ci/test_documents.py"
    text = f"`site_builder/nowhere.py` `{here}::test_of_nothing` [x](nowhere.md) `{here}::lost` `build/pages`"
    assert lost(text, PROJECT / "docs") == ["site_builder/nowhere.py", f"{here}::test_of_nothing", "nowhere.md"]


def test_every_attack_has_its_test() -> None:
    """A guard of the threat model that no test stands for is none."""
    table = DOCUMENTS[0].read_text(encoding="utf-8").partition("## Attacks")[2].partition("\n## ")[0]
    rows = [
        line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| the attacker | wants")
    ]
    assert rows
    assert [row for row in rows if "::test_" not in row] == []


def test_every_decision_is_in_the_index() -> None:
    """The index of the decisions lists each of them once, and each says what would change it."""
    folder = PROJECT / "docs" / "decisions"
    records = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("[0-9]*.md")}
    assert sorted(_LINK.findall((folder / "README.md").read_text(encoding="utf-8"))) == sorted(records)
    assert [name for name, text in records.items() if "**We would change it" not in text] == []


def test_a_term_of_the_glossary_has_one_meaning() -> None:
    """Each term stands once in the glossary, with its Chinese word and its meaning."""
    text = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").partition("## Words that are not used")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ][1:]
    terms = [row[0] for row in rows]
    assert len(terms) == len(set(terms)) >= 20
    assert all(len(row) == 3 and all(row) for row in rows)


def test_a_retired_word_is_in_no_name() -> None:
    """What the glossary says not to use names nothing in the code."""
    words = retired_words()
    found = {(path.name, name) for path in (PROJECT / "site_builder").rglob("*.py") for name in names_of(path)}
    assert len(words) >= 10
    assert sorted(f"{file}: {name}" for file, name in found for word in words if has_word(name, word)) == []


@pytest.mark.parametrize("name", ["told", "_MOST_TOLD", "told_of", "IsTold"])
def test_a_word_is_seen_in_every_kind_of_name(name: str) -> None:
    """Alone, in capitals, before and after other words."""
    assert has_word(name, "told")
    assert not has_word("untold", "told")
