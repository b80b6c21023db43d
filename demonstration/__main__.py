"""Write the demonstration: `python -m demonstration OUT_DIR [--villages N]`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from demonstration.gazetteer import FILE
from demonstration.generator import COMMITTED_VILLAGES, ROOT, generate
from site_builder import schemas


def main() -> None:
    """Generate the files and write them; remove data files of ours that are no longer made."""
    parser = argparse.ArgumentParser(prog="demonstration", description="Write the demonstration's data files.")
    parser.add_argument("out", metavar="OUT_DIR", type=Path)
    parser.add_argument("--villages", metavar="N", type=int, default=COMMITTED_VILLAGES)
    options = parser.parse_args()
    if options.villages != COMMITTED_VILLAGES and options.out.resolve() == (ROOT / FILE).parent:
        parser.error("a scaled run would put invented divisions into the gazetteer; choose another OUT_DIR")
    try:
        files = generate(options.villages)
    except ValueError as error:
        parser.error(str(error))
    write(files, options.out)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {options.out}")


def write(files: Mapping[str, bytes], out: Path) -> None:
    """Make the folder hold these files; only stale .csv files of known tables are removed."""
    for name in schemas.load(ROOT).tables:
        for path in [out / f"{name}.csv", *(out / name).glob("*.csv")]:
            if path.relative_to(out).as_posix() not in files:
                path.unlink(missing_ok=True)
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
