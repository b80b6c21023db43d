"""The lookup beside Material's own search, its bytes by size, its time on slow 3G: `python -m benchmarks.lookup`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks import lookup_material, lookup_needs, lookup_sentences, lookup_visits
from benchmarks.lookup_queries import KINDS, Query, places, queries
from benchmarks.lookup_search import SHOWN, Answer, bytes_of, found_first, found_strictly, searched, written
from benchmarks.lookup_villages import of_gazetteer, of_size
from benchmarks.map_pages import built
from benchmarks.measure import output_of, tell

REPORT = Path(__file__).parent / "LOOKUP.md"
SIZES = (1_489, 12_000, 128_000)
SEED = 789  # of queries that nothing was tried on
QUERIES, SAMPLE, SENTENCES = 2_000, 200, 2_000
LEAST_FIRST, MOST_BYTES = 0.995, 50_000
MOST_SECONDS, MOST_UNTIL_BOX = 2.0, 1.2
"""What is asked for: the part found first, bytes of one lookup over the whole country, seconds to name and box."""
LEAST_OF_SENTENCES, MOST_WRONG, LEAST_OF_NEEDS, MOST_OF_NEED = 0.95, 0.01, 0.95, 60_000
"""Parts of sentences and needs that are answered, of sentences answered by others alone; bytes of one question."""
TYPED = ("洮南福胜", "福胜", "tnfs", "fusheng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Of some queries, the parts found: the very first; first or level with it and listed; among the first ten."""

    count: int
    strictly: float
    first: float
    ten: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Bytes of one lookup as they travel, script and index included, of texts entered at once or sign by sign."""

    files: int
    median: int
    most: int
    most_typed: int


def main() -> None:
    """Measure and write."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        root = Path(folder)
        public = of_gazetteer()
        asked = queries(places(public), QUERIES, SEED)
        site = written(public, root / "gazetteer")
        answers = searched(site, [query.text for query in asked])
        theirs, their_bytes = _material(root, asked[:SAMPLE])
        text = _text(
            kinds={kind: _part_of_kind(asked, answers, kind) for kind in KINDS},
            every=_part(asked, answers),
            sample=_part(asked[:SAMPLE], answers[:SAMPLE]),
            theirs=theirs,
            their_bytes=their_bytes,
            our_bytes=_load(site, [query.text for query in asked[:SAMPLE]]),
            loads={size: _load_of_size(root / str(size), size) for size in SIZES},
            **_of_campaign(root / "campaign"),
        )
        REPORT.write_text(text, encoding="utf-8")


def _material(root: Path, asked: Sequence[Query]) -> tuple[Part, int]:
    tell("lookup: Material's own search")
    site = lookup_material.built(of_gazetteer(), root / "material")
    found, their_bytes = lookup_material.searched(site, [query.text for query in asked])
    first = [codes[:1] == [query.code] for query, codes in zip(asked, found, strict=True)]
    ten = [query.code in codes for query, codes in zip(asked, found, strict=True)]
    strictly = sum(first) / len(asked)
    return Part(count=len(asked), strictly=strictly, first=strictly, ten=sum(ten) / len(asked)), their_bytes


def _part_of_kind(asked: Sequence[Query], answers: Sequence[Answer], kind: str) -> Part:
    pairs = [(query, answer) for query, answer in zip(asked, answers, strict=True) if query.kind == kind]
    return _part([query for query, _ in pairs], [answer for _, answer in pairs])


def _part(asked: Sequence[Query], answers: Sequence[Answer]) -> Part:
    pairs = list(zip(asked, answers, strict=True))
    return Part(
        count=len(pairs),
        strictly=sum(found_strictly(*pair) for pair in pairs) / len(pairs),
        first=sum(found_first(*pair) for pair in pairs) / len(pairs),
        ten=sum(query.code in [code for _, code, _ in answer["found"][:10]] for query, answer in pairs) / len(pairs),
    )


def _load_of_size(folder: Path, villages: int) -> Load:
    tell(f"lookup: {villages:,} villages")
    public = of_size(villages)
    asked = queries(places(public), SAMPLE, SEED)
    return _load(written(public, folder), [query.text for query in asked])


def _load(site: Path, texts: Sequence[str]) -> Load:
    at_once, typed = (
        [bytes_of(site, answer) for answer in searched(site, texts, typed=sign_by_sign)]
        for sign_by_sign in (False, True)
    )
    return Load(
        files=sum(1 for _ in (site / "assets" / "lookup").iterdir()),
        median=round(median(at_once)),
        most=max(at_once),
        most_typed=max(typed),
    )


def _of_campaign(root: Path) -> dict[str, object]:
    """What is measured on the demonstration's whole site."""
    root.mkdir()
    output_of("campaign_copy", root, SIZES[0])
    site = built(root)
    tell("lookup: sentences and needs")
    every = lookup_sentences.every_place(root)
    listed = {path.stem for path in (site / "villages").iterdir()}
    sentences, _ = lookup_sentences.measured(site, lookup_sentences.sentences(every, listed, SENTENCES, SEED))
    names = {"open": lookup_needs.OPEN, "kept back": lookup_needs.KEPT_BACK}
    needs = {name: lookup_needs.measured(site, lookup_needs.questions(file)) for name, file in names.items()}
    return {"sentences": sentences, "needs": needs, "visits": _visits(site)}


def _visits(site: Path) -> Mapping[str, lookup_visits.Visit]:
    tell("lookup: home to the name on slow 3G")
    with lookup_visits.chromium() as browser:
        return {text: lookup_visits.home_to_name(browser, site, text) for text in TYPED}


def _commit() -> str:
    command: list[str | Path] = ["git", "-C", REPORT.parent, "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _text(**measured: object) -> str:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701  (Markdown)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["percent"] = lambda part: f"{part * 100:.1f} %"
    environment.filters["kilobytes"] = lambda count: f"{count / 1000:.1f}"
    return environment.get_template("LOOKUP.md.jinja").render(
        **measured,
        seed=SEED,
        shown=SHOWN,
        least_first=LEAST_FIRST,
        most_bytes=MOST_BYTES,
        most_seconds=MOST_SECONDS,
        most_until_box=MOST_UNTIL_BOX,
        least_of_sentences=LEAST_OF_SENTENCES,
        most_wrong=MOST_WRONG,
        least_of_needs=LEAST_OF_NEEDS,
        most_of_need=MOST_OF_NEED,
        first_of_sentences=lookup_sentences.FIRST,
        first_of_needs=lookup_needs.FIRST,
        rounds=lookup_visits.ROUNDS,
        cores=os.cpu_count(),
        commit=_commit(),
        versions={name: version(name) for name in ("mkdocs-material", "jieba", "pypinyin")},
    )


if __name__ == "__main__":
    main()
