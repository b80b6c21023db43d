"""What one command alone needs is installed together with that command, and names itself where it is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem


@contextmanager
def installed_by(command: str) -> Iterator[None]:
    """Import within it what one of the project's extras brings.

    command: installs the extra, then does what was asked for. Raises CampaignError where the extra is lacking.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        module = error.name or str(error)
        details = {"module": module, "command": command}
        raise CampaignError([Problem(code=Code.SOFTWARE_EXTRA, file=module, details=details)]) from None
