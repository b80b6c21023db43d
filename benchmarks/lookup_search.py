"""The find box's own search, run by Node.js over a site of the lookup alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from benchmarks.host import packed
from benchmarks.lookup_queries import Query
from site_builder.build import write_all
from site_builder.publication.public import PublicRecords
from site_builder.render.lookup import lookup_files, scripts

SHOWN = 50  # as many results as the box lists


class Answer(TypedDict):
    """What one query found: [kind, code, cost], the best first; what is near beside it; whether it is a slip; files."""

    found: list[tuple[str, str, int]]
    near: list[tuple[str, str, int]]
    slipped: bool
    files: list[str]


def written(public: PublicRecords, site: Path, pages: Mapping[str, str] | None = None) -> Path:
    """Write the lookup of some records and pages below a folder; gives the folder."""
    write_all(site, ((path, text.encode("utf-8")) for path, text in lookup_files(public, pages or {})))
    write_all(site / "assets", scripts().items())
    return site


def searched(site: Path, texts: Sequence[str], *, typed: bool = False) -> list[Answer]:
    """The answer to each text; typed: with the files that each beginning of it takes on the way."""
    with TemporaryDirectory() as folder:
        queries = Path(folder) / "queries.json"
        queries.write_text(json.dumps(texts), encoding="utf-8")
        program = Path(__file__).with_name("lookup_search.mjs")
        command: list[str | Path] = ["node", program, site, queries, *(["typed"] if typed else [])]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    answers: list[Answer] = json.loads(output)
    return answers


def bytes_of(site: Path, answer: Answer) -> int:
    """What an answer costs as it travels: the scripts, with or without a digest in their names, and its files."""
    assets = site / "assets"
    scripts = [*assets.glob("find.*js"), *assets.glob("search.*js")]
    return sum(
        len(packed(path)) for path in [*scripts, *(assets / "lookup" / f"{name}.js" for name in answer["files"])]
    )


def found_strictly(query: Query, answer: Answer) -> bool:
    """Whether the village that is meant is the very first."""
    return [code for _, code, _ in answer["found"][:1]] == [query.code]


def found_first(query: Query, answer: Answer) -> bool:
    """Whether the village is first, or listed among those on top that the query cannot tell apart."""
    listed = answer["found"][:SHOWN]
    return query.code in [code for _, code, cost in listed if cost == listed[0][2]]
