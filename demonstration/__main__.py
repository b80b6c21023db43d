"""Write the demonstration's content: `python -m demonstration OUT_DIR [--villages N]`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

from demonstration.generator import COMMITTED_VILLAGES, HOME, ROOT, generate
from demonstration.second_half import LAST_DAY
from site_builder.model import campaign, schemas
from site_builder.model.campaign import DataStatus

_CONTENT = HOME / "content"
_AS_OF = re.compile(r"^data_as_of: .*$", re.MULTILINE)


def main() -> None:
    """Generate the files and write them; remove data files of ours that are no longer made."""
    parser = argparse.ArgumentParser(prog="demonstration", description="Write the demonstration's content.")
    parser.add_argument("out", metavar="OUT_DIR", type=Path)
    parser.add_argument("--villages", metavar="N", type=int, default=COMMITTED_VILLAGES)
    parser.add_argument("--whole-year", action="store_true", help="to the end of December instead of June")
    options = parser.parse_args()
    if options.whole_year and options.out.resolve() == ROOT / "content":
        parser.error("content/ holds the demonstration as of June; choose another OUT_DIR")
    if options.villages != COMMITTED_VILLAGES and options.out.resolve() == ROOT / "content":
        parser.error("a scaled run would put invented divisions into the gazetteer; choose another OUT_DIR")
    if _is_official(options.out):
        parser.error("official data stand there; the demonstration would take their place")
    try:
        files = campaign_files(options.villages, whole_year=options.whole_year)
    except ValueError as error:
        parser.error(str(error))
    write(files, options.out)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {options.out}")


def _is_official(out: Path) -> bool:
    stands = out.name == "content" and (out.parent / campaign.FILE).is_file()
    return stands and campaign.load(out.parent).data_status is DataStatus.OFFICIAL


def campaign_files(villages: int = COMMITTED_VILLAGES, *, whole_year: bool = False) -> dict[str, bytes]:
    """All of a campaign's content by path below `content/`: what is written here by hand, and the generated data.

    whole_year: to the end of December; the settings then say that day.

    Raises ValueError when there cannot be so many villages.
    """
    data = {f"data/{name}": content for name, content in generate(villages, whole_year=whole_year).items()}
    paths = (path for path in _CONTENT.rglob("*") if path.is_file())
    files = {path.relative_to(_CONTENT).as_posix(): path.read_bytes() for path in paths} | data
    if whole_year:
        settings = files["campaign.yml"].decode("utf-8")
        files["campaign.yml"] = _AS_OF.sub(f"data_as_of: {LAST_DAY}", settings).encode("utf-8")
    return files


def write(files: Mapping[str, bytes], out: Path) -> None:
    """Make the folder hold these files; only stale .csv files of known tables are removed."""
    data = out / "data"
    for name in schemas.load(ROOT).tables:
        for path in [data / f"{name}.csv", *(data / name).glob("*.csv")]:
            if path.relative_to(out).as_posix() not in files:
                path.unlink(missing_ok=True)
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
