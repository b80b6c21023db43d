"""What the software and its tools make for themselves is in no commit.

It is believed where it stands: a print that was made before, a file in which nothing personal was found, a package.
Whoever could commit it would have another print published, or a number passed over, and no reviewer looks there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, shown_name

# All that .gitignore leaves out, so that it need not be decided of each whether something believes it.
_AT_THE_TOP = frozenset(
    {
        *(".cache", ".builds", "build", ".venv", "dist", "mutants", ".writing.json", ".writing.lock", ".coverage"),
        *(".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
        *("answers", "desk", "handbook", "kits", "letters", "public", "reports", "review", "sheets"),
    }
)
_ANYWHERE = frozenset({"__pycache__", "node_modules"})
_ENDINGS = (".egg-info",)


def problems(root: Path, commit: str = "") -> Iterator[Problem]:
    """Each such folder of which a commit has something; without one, of which the next commit will have something."""
    listed = ("ls-tree", "-r", "-z", "--name-only", commit) if commit else ("ls-files", "-z")
    paths = git.run(root, *listed).stdout.decode("utf-8", "replace").split("\0")
    for name in sorted({made for made in map(_made, paths) if made}):
        yield Problem(code=Code.PUBLISH_MADE, file=shown_name(name), details={"path": shown_name(name)})


def _made(path: str) -> str:
    """The folder that a path is in or is, "" where it is none of them. Some machines tell no capitals from others."""
    parts = path.split("/")
    if parts[0].lower() in _AT_THE_TOP:
        return parts[0]
    place = next((place for place, part in enumerate(parts, start=1) if _is_made_anywhere(part.lower())), 0)
    return "/".join(parts[:place])


def _is_made_anywhere(name: str) -> bool:
    return name in _ANYWHERE or name.endswith(_ENDINGS)
