"""Stands in for `campaign publish` where many push: a site of one page, that lists who has pushed, really published.

Run at the top of a clone, with the target after `publish`. It prints how the commit stood to what was published.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from small_site import small_site

from site_builder.publish import order

STAFF = "staff"
SHOWN = "a problem\n" * 20_000
"""More than a pipe takes in that nobody reads: who writes it notices when nobody is there."""


def publish(root: Path, target: str) -> str:
    """Publish what is committed, as the verb does after a build that had much to tell."""
    print(SHOWN, flush=True)
    commit = order.commit_to_publish(root)
    with TemporaryDirectory() as folder:
        who = sorted(path.name for path in (root / STAFF).iterdir())
        site = small_site(Path(folder, "built"), "\n".join(who))
        return site.publish(root, target, commit.id, keep=99).value


if __name__ == "__main__":
    print(f"verdict: {publish(Path.cwd(), sys.argv[2])}")
