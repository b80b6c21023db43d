"""A material's Typst files import files by their names, and nothing else."""

import pytest

from site_builder.model.typst_sources import foreign_sources


def refused(text: str) -> list[int | None]:
    return [problem.line for problem in foreign_sources({"sheet.typ": text.encode()}, "content/materials/poster")]


@pytest.mark.parametrize(
    "text",
    [
        '#import "prints.typ": fit, side\n#let sheet(item) = side(item)',
        '#import "own.typ" as own\r\n#include "words.typ"\r\n一',
        '#{ import "own.typ": a; include "b.typ" }',
        '#let imported = 1\n#let is-standard = "important"',
        '#include "own.typ"',
    ],
)
def test_files_by_their_names_pass(text: str) -> None:
    """Those of the folder and of the software; a name that only holds such a word is none."""
    assert refused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.1": canvas',
        '#import "\\u{40}preview/cetz:0.3.1": canvas',
        '#import "@pre" + "view/cetz:0.3.1": canvas',
        '#import "own.typ".slice(0, 0) + "@" + "preview/x:1.0.0"',
        '#{ import "own.typ"\n  .slice(0, 0)\n}',
        '#import ("own.typ")',
        '#let name = "x.typ"; #import name',
        '#include "notes.txt"',
        '#eval("#imp" + "ort \\"@preview/x:1.0.0\\"", mode: "markup")',
        '#let n = 2pt-eval("1pt")',
        '#let n = 1-eval("1")',
        '$2std.eval("1")$',
        "#let run = eval",
        '#dictionary(std).at("ev" + "al")("1")',
        '#import/**/"@preview/cetz:0.3.1"',
        '#import"@preview/cetz:0.3.1"',
        '#import\n"@preview/cetz:0.3.1"',
    ],
)
def test_everything_else_that_reads_source_is_named_at_its_line(text: str) -> None:
    """A package, a name that is put together, source that is put together, a file that is no Typst."""
    assert refused(f"一\n{text}")[:1] == [2]


def test_only_typst_files_are_looked_at() -> None:
    """Words that people read may say what they like."""
    assert list(foreign_sources({"material.yml": b"title: import"}, "content/materials/poster")) == []
