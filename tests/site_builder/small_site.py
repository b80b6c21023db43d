"""A site of a few small files that looks like a finished build: for tests that publish many times."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.publish import package, targets
from site_builder.publish.lists import Release
from site_builder.publish.order import Verdict
from site_builder.publish.targets import Wanted
from site_builder.site import release_folders, releases

ADDRESS = "https://example.org/"
BELIEVED = date(2018, 8, 14)


@dataclass(frozen=True, kw_only=True)
class SmallSite:
    """built: the folder of the build, with the site and its list of checksums."""

    built: Path

    @staticmethod
    def release(commit: str, number: int = 1) -> Release:
        """What the site says of itself at a commit."""
        return Release(commit=commit, made="2018-06-30 16:05", data_as_of="2018-06-30", number=number, address=ADDRESS)

    def publish(
        self,
        root: Path,
        target: str,
        commit: str,
        number: int = 1,
        until: date = BELIEVED,
        address: str = ADDRESS,
        **wanted: int,
    ) -> Verdict:
        """Pack and publish it, as the verb does after a build. until: its signature's last day; wanted: how."""
        release = replace(self.release(commit, number), address=address)
        with package.packed(root, releases.finished(self.built), release, until) as made:
            return targets.publish(target, root, made, Wanted(**wanted))  # type: ignore[arg-type]


def small_site(folder: Path, text: str, files: int = 3) -> SmallSite:
    """Make the site in a new folder; every page of it holds the text."""
    site = folder / "site"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_text(text)
    (site / "assets" / "site.css").write_text(f"/* {text} */")
    for number in range(files - 2):
        (site / f"{number}.html").write_text(f"{number} {text}")
    (folder / release_folders.CHECKSUMS).write_text(release_folders.checksums(folder))
    return SmallSite(built=folder)
