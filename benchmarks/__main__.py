"""Measure all sizes and write README.md: `python -m benchmarks [--sizes 1489 12000]`."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report, sizes

README = Path(__file__).parent / "README.md"
_SIZES = (1_489, 12_000, 128_000)  # this campaign, a large province, the whole country's poor villages
_MEMORY_DISK = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it)
_BYTES_NEEDED = 10 * 1024**3


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the speed and write README.md.")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, metavar="VILLAGES")
    measured = []
    for villages in sorted(parser.parse_args().sizes):
        with _empty_folder() as root:
            measured.append(sizes.measure(root, villages))
        # After each size, since the largest takes a quarter of an hour.
        README.write_text(report.text(measured, on_memory_disk=_has_memory_disk()), encoding="utf-8")


@contextmanager
def _empty_folder() -> Iterator[Path]:
    """A folder in memory where there is room for one: an ordinary disk's speed varies too much."""
    with TemporaryDirectory(prefix="benchmark-", dir=_MEMORY_DISK if _has_memory_disk() else None) as folder:
        yield Path(folder)


def _has_memory_disk() -> bool:
    return _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free >= _BYTES_NEEDED


if __name__ == "__main__":
    main()
