"""A pytest plugin: git is not started to say that a test's folder is in no repository, where none is above it.

Three questions of each check would otherwise be three processes. What makes a repository, or asks for anything else
than what stands in one, is git's to answer as ever.
"""

import subprocess
from pathlib import Path

from site_builder.shared import git

_READS = {"log", "ls-tree", "rev-parse", "show", "cat-file"}
_MARKS = (".git", "HEAD")  # the latter of one without a work tree
_ask = git.run


def _run(root: Path, *arguments: str | bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    folders = (root, *root.resolve().parents)
    if arguments[0] in _READS and not any((folder / name).exists() for folder in folders for name in _MARKS):
        refused = b"fatal: not a git repository (or any of the parent directories): .git\n"
        return subprocess.CompletedProcess(["git", *arguments], returncode=128, stdout=b"", stderr=refused)
    return _ask(root, *arguments, stdin=stdin)


git.run = _run
