"""A county's own look at a file before it is sent: what `campaign collect` would say of it, and nothing is written.

Whoever runs this is a page (`templates/desk/worker.js`). It gets text: JSON of plain values. A file can be sent only
where all that it brings is sound and this county's own; then there is a receipt.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from site_builder import county_feedback, untrusted_files
from site_builder.checks import table_schema
from site_builder.cli import words
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.commands.collect import failure, feedback_context
from site_builder.county_feedback import FeedbackContext
from site_builder.model import campaign, forms, schemas
from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.untrusted_files import UntrustedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """The record that a county's desk holds, read once; `tell` is told of each step by its key."""

    collection: CollectionContext
    county: str
    tell: Callable[[str], object]

    def answer(self, path: str) -> str:
        """What is to be said of a file, as JSON: the page, the marked workbook, and a receipt where it can be sent."""
        self.tell("reading")
        file = Path(path)
        try:
            read = untrusted_files.read(file)
            self.tell("checking")
            returns = intake.take(read, self.collection, CollectOptions(county=self.county))
            self.tell("writing")
            return json.dumps(self._of(read, returns), ensure_ascii=False)
        except CampaignError as error:
            problems = error.problems
        except Exception as error:  # a mistake of ours that this file alone brings out
            problems = [failure(file, error)]
        return json.dumps(self._of_unread(file, problems), ensure_ascii=False)

    def _of(self, read: UntrustedFile, returns: list[CollectedReturn]) -> dict[str, object]:
        (stem,) = county_feedback.stems([read.path.name])
        shown = next((taken for taken in returns if not taken.is_sound), returns[0])
        context = feedback_context(shown, stem, self.collection, is_look=True)
        files = county_feedback.feedback_files(shown.for_feedback, shown.file_name, shown.problems, context)
        is_whole = len(returns) == 1 and returns[0].is_sound and returns[0].county == self.county
        return {**_shown(files), "receipt": self._receipt(read, returns[0]) if is_whole else None}

    def _of_unread(self, file: Path, problems: list[Problem]) -> dict[str, object]:
        name = self.collection.places.counties.get(self.county, "")
        (stem,) = county_feedback.stems([file.name])
        context = FeedbackContext(county_name=name, received_on=None, accepted=False, stem=stem)
        return {**_shown(county_feedback.feedback_files(None, file.name, problems, context)), "receipt": None}

    def _receipt(self, read: UntrustedFile, taken: CollectedReturn) -> dict[str, object]:
        """What a receipt says: which file by its digest, what is in it by table, and what is empty."""
        tables = self.collection.schemas.tables
        filled = {name: counts for name, counts in taken.counts.items() if sum(counts)}
        return {
            "file": safe_to_show(read.path.name),
            "digest": read.digest,
            "bytes": read.path.stat().st_size,
            "received_on": taken.received_on.isoformat(),
            "counts": [
                words()["collect"]["table"]
                .format(table=tables[name].title, new=new, changed=changed, same=same)
                .strip()
                for name, (new, changed, same) in filled.items()
            ],
            "empty": [tables[name].title for name in self.collection.forms.forms if name not in filled],
        }


def load(root: str, county: str, tell: Callable[[str], object]) -> SelfCheck:
    """The desk of a county, from the record below a root. Raises CampaignError."""
    place = Path(root)
    settings, known = campaign.load(place), schemas.load(place)
    collection = collection_context.load(place, settings, known, forms.load(place, known))
    table_schema.load_validator()  # while the clerk looks for the file
    return SelfCheck(collection=collection, county=county, tell=tell)


def _shown(files: dict[str, bytes]) -> dict[str, object]:
    """The page's own part as HTML, and the marked workbook with its name; None where there is none to mark."""
    whole = next(content for name, content in files.items() if name.endswith(".html")).decode("utf-8")
    page = whole.partition("<main>")[2].partition("</main>")[0]
    marked = [(name, content) for name, content in files.items() if not name.endswith(".html")]
    workbook = {"name": marked[0][0], "content": base64.b64encode(marked[0][1]).decode("ascii")} if marked else None
    return {"page": page, "workbook": workbook}
