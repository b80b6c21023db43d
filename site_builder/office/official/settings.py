"""The settings of a campaign whose data are no longer invented; all else in the file stays as it was written."""

from __future__ import annotations

import re
from datetime import date

_LINES = {
    "status": re.compile(r"(?m)^data_status:.*$"),
    "as_of": re.compile(r"(?m)^data_as_of:.*$"),
    "address": re.compile(r"(?m)^  address:.*$"),
}


def official(text: str, as_of: date | None, address: str) -> str:
    """The text of content/campaign.yml for official data. as_of, address: None and "" leave what stands there."""
    new = {"status": "data_status: official"}
    new |= {"as_of": f"data_as_of: {as_of}"} if as_of else {}
    new |= {"address": f"  address: {address}"} if address else {}
    for key, line in new.items():
        text = _LINES[key].sub(line.replace("\\", r"\\"), text, count=1)
    return text
