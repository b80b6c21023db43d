"""The difference between two states of what is public: what a reviewer has to look at before it is published."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder import last_good, publication
from site_builder.last_good import past_columns
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.privacy import lint
from site_builder.publication.public import PublicRecords
from site_builder.shared import validation_cache
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import Problem

_PAGES = "content/pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicState:
    """One of the two states. pages: the hand-written pages' bytes by path; problems: what was found in its data."""

    public: PublicRecords
    pages: dict[str, bytes]
    problems: list[Problem]


def as_it_stands(root: Path, schemas: Schemas, line: CommitLine | None = None) -> PublicState:
    """What would be public of what stands under the root. Raises CampaignError when nothing would."""
    settings = campaign.load(root)
    found = last_good.publishable(root, settings, schemas, line)
    public = publication.publish(found.records, settings, schemas, found.held_back)
    pages = {path.relative_to(root).as_posix(): path.read_bytes() for path in lint.files_below(root / _PAGES)}
    return PublicState(public=public, pages=pages, problems=found.problems)


def at_commit(root: Path, schemas: Schemas, commit: str) -> PublicState:
    """What was public at a commit, by the schemas of today. Raises CampaignError when that is not known any more."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        past_columns.write_out(root, commit, schemas, copy)
        validation_cache.copy_to(root, copy)
        return as_it_stands(copy, schemas, CommitLine(root=root, tip=commit))


def with_drafts(root: Path, schemas: Schemas, drafts: Mapping[str, bytes]) -> PublicState:
    """What would be public if drafts, by path from the root, stood there. Raises CampaignError when nothing would."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / lint.CONTENT, copy / lint.CONTENT, symlinks=True)
        for path, content in drafts.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(content)
        validation_cache.copy_to(root, copy)
        return as_it_stands(copy, schemas, CommitLine(root=root))
