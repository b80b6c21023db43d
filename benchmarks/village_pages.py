"""Our village pages alone: `python -m benchmarks.village_pages ROOT OUT` writes them and prints the cost as JSON."""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.measure import Cost, Watch
from site_builder.build import write_all
from site_builder.model import programme
from site_builder.publication.public import PublicRecords
from site_builder.shared import words
from site_builder.shared.words import Words
from site_builder.site import contents

_KEPT = "public-records.pickle"


def keep(root: Path, public: PublicRecords) -> None:
    """Keep the public records beside the data, so that several runs need not check and load the data again."""
    (root / _KEPT).write_bytes(pickle.dumps(public))


def kept(root: Path) -> PublicRecords:
    """The public records that `keep` kept."""
    public: PublicRecords = pickle.loads((root / _KEPT).read_bytes())  # noqa: S301  (written by this very run)
    return public


def write(site: Path, public: PublicRecords, labels: Words, korean: Words) -> None:
    """Render and write the village pages and their sitemaps, as the build does."""
    write_all(site, ((path, text.encode("utf-8")) for path, text in contents.own_files(public, labels, korean)))


def run(root: Path, out: Path) -> Cost:
    """Render and write the village pages of the kept records into a new folder."""
    public, labels, korean = kept(root), programme.chinese_words(root), words.load(root, "ko")
    watch = Watch()
    write(out, public, labels, korean)
    return watch.lap()


if __name__ == "__main__":
    print(json.dumps(asdict(run(Path(sys.argv[1]), Path(sys.argv[2])))))
