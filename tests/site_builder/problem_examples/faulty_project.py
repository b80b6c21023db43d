"""A tiny campaign of its own for each fault, and the ways in which people spoil one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder import checks
from site_builder.model import campaign, schemas
from site_builder.shared.problems import CampaignError, Problem


@dataclass(frozen=True, kw_only=True)
class Project:
    """A tiny campaign to spoil; paths are below content/."""

    root: Path

    def path(self, file: str) -> Path:
        """Where a file stands."""
        return self.root / "content" / file

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def append(self, file: str, *rows: str) -> None:
        """Add lines to a file."""
        text = self.path(file).read_text(encoding="utf-8")
        self.write(file, text + "".join(row + "\n" for row in rows))

    def write(self, file: str, content: str | bytes) -> None:
        """Put other content into a file."""
        self.path(file).parent.mkdir(parents=True, exist_ok=True)
        self.path(file).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    def check(self) -> list[Problem]:
        """What `campaign check` finds in the data and the settings."""
        return raised(lambda: checks.check(self.root, campaign.load(self.root), schemas.load(self.root)).problems)


Fault = Callable[[Project], Iterable[Problem]]
"""Spoils a project and gives back what is found."""


def raised(step: Callable[[], object]) -> list[Problem]:
    """The problems that a step gives back, or those that stop it."""
    try:
        found = step()
    except CampaignError as error:
        return error.problems
    return found if isinstance(found, list) else []
