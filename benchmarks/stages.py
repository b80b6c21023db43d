"""Our build, stage by stage as build.py runs it: `python -m benchmarks.stages ROOT` prints the costs as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import village_pages
from benchmarks.measure import Cost, Watch
from site_builder import checks, publication
from site_builder.build import write_all
from site_builder.model import campaign, programme, schemas
from site_builder.shared import validation_cache, words
from site_builder.site import contents, releases
from site_builder.site.site_tool import build_site

BUILD = ("inputs", "check", "gate", "pages", "site_tool", "villages", "swap")
"""The stages of a first build in their order; check_again is the check with nothing changed."""


def run(root: Path) -> dict[str, Cost]:
    """Build from nothing, measuring each stage; the public records are kept for the other measurements."""
    (root / validation_cache.FILE).unlink(missing_ok=True)
    shutil.rmtree(root / releases.FOLDER, ignore_errors=True)
    costs, watch = {}, Watch()
    digest = releases.input_digest(root)
    settings, tables = campaign.load(root), schemas.load(root)
    labels, korean = programme.chinese_words(root), words.load(root, "ko")
    costs["inputs"] = watch.lap()
    checks.check(root, settings, tables)
    costs["check"] = watch.lap()
    checked = checks.check(root, settings, tables)
    costs["check_again"] = watch.lap()
    public = publication.publish(checked.records, settings, tables)
    costs["gate"] = watch.lap()
    village_pages.keep(root, public)
    watch.start()
    with releases.new_release(root, digest) as release:
        pages, site = release / "pages", release / "site"
        write_all(pages, contents.site_tool_files(root, public, labels, korean).items())
        costs["pages"] = watch.lap()
        build_site(root, settings, pages, site)
        costs["site_tool"] = watch.lap()
        village_pages.write(site, public, labels, korean)
        costs["villages"] = watch.lap()
    costs["swap"] = watch.lap()
    return costs


if __name__ == "__main__":
    print(json.dumps({stage: asdict(cost) for stage, cost in run(Path(sys.argv[1])).items()}))
