"""Write the demonstration's content: `python -m demonstration OUT_DIR [--villages N]`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from demonstration.generator import COMMITTED_VILLAGES, HOME, ROOT, generate
from site_builder.model import campaign, schemas
from site_builder.model.campaign import DataStatus

_CONTENT = HOME / "content"


def main() -> None:
    """Generate the files and write them; remove data files of ours that are no longer made."""
    parser = argparse.ArgumentParser(prog="demonstration", description="Write the demonstration's content.")
    parser.add_argument("out", metavar="OUT_DIR", type=Path)
    parser.add_argument("--villages", metavar="N", type=int, default=COMMITTED_VILLAGES)
    options = parser.parse_args()
    if options.villages != COMMITTED_VILLAGES and options.out.resolve() == ROOT / "content":
        parser.error("a scaled run would put invented divisions into the gazetteer; choose another OUT_DIR")
    if _is_official(options.out):
        parser.error("official data stand there; the demonstration would take their place")
    try:
        files = campaign_files(options.villages)
    except ValueError as error:
        parser.error(str(error))
    write(files, options.out)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {options.out}")


def _is_official(out: Path) -> bool:
    stands = out.name == "content" and (out.parent / campaign.FILE).is_file()
    return stands and campaign.load(out.parent).data_status is DataStatus.OFFICIAL


def campaign_files(villages: int = COMMITTED_VILLAGES) -> dict[str, bytes]:
    """All of a campaign's content by path below `content/`: what is written here by hand, and the generated data.

    Raises ValueError when there cannot be so many villages.
    """
    data = {f"data/{name}": content for name, content in generate(villages).items()}
    paths = (path for path in _CONTENT.rglob("*") if path.is_file())
    return {path.relative_to(_CONTENT).as_posix(): path.read_bytes() for path in paths} | data


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
