"""LibreOffice, which stands in for Excel and WPS: opens a file, calculates what it takes for formulas, saves it."""

import subprocess
from pathlib import Path

from patience import END


def converted(file: Path, kind: str, reader: str = "") -> Path:
    """The file as another kind. reader: an import filter with its options, "" for the usual one."""
    folder = file.parent
    own = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    command = ["soffice", own, "--headless", *([f"--infilter={reader}"] if reader else [])]
    command += ["--convert-to", kind, "--outdir", str(folder / "saved"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=END)
    return folder / "saved" / f"{file.stem}.{kind.partition(':')[0]}"
