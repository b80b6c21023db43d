"""The key that decides by chance what else an edition hides: in content/, with the data that it protects.

It is needed to make an edition and for nothing else: what an edition hides is on record. A lost key takes nothing
along, and another one changes nothing that was published.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from string import ascii_lowercase

from site_builder.model.campaign import DataStatus
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

FILE = "content/edition-key.txt"
_LENGTH = 40  # of 26 letters: 188 bits. Letters alone, so that no part of it looks like a personal number
_KEY = re.compile(rf"({'|'.join(DataStatus)})-[a-z]{{{_LENGTH}}}")


def load(root: Path, status: DataStatus) -> bytes:
    """The key under the project's root. Raises CampaignError where there is none for such data, and never shows one."""
    path = root / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = [_KEY.fullmatch(line) for line in lines if line and not line.startswith("#")]
    if len(found) != 1 or not found[0]:
        raise CampaignError([Problem(code=Code.EDITION_KEY_MISSING, file=FILE)])
    if status is DataStatus.OFFICIAL and found[0][1] != status:
        raise CampaignError([Problem(code=Code.EDITION_KEY_DEMO, file=FILE)])
    return found[0][0].encode()


def make(root: Path, status: DataStatus, head: str) -> bool:
    """Write a new key, below a head that says what it is; False where a file of that name stands."""
    try:
        with (root / FILE).open("x", encoding="utf-8", newline="\n") as file:
            letters = "".join(secrets.choice(ascii_lowercase) for _ in range(_LENGTH))
            file.write(f"{head.strip()}\n{status}-{letters}\n")
    except FileExistsError:
        return False
    return True
