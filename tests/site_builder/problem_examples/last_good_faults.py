"""One fault for each problem that tells what is held back, or why nothing is."""

from faulty_project import Fault, Project, raised
from privacy_faults import git

from site_builder import last_good
from site_builder.model import campaign, schemas
from site_builder.shared.git import files_at
from site_builder.shared.problems import Problem

LIAISONS = "data/liaisons/220881.csv"


def committed(project: Project) -> None:
    """Make a repository of what stands there, or one commit more."""
    if not (project.root / ".git").exists():
        git(project.root, "init", "-q", "--object-format=sha1")
    git(project.root, "add", "content")
    git(project.root, "commit", "-qm", "改")


def publishable(project: Project) -> list[Problem]:
    """What is said of what may be published."""
    settings, known = campaign.load(project.root), schemas.load(project.root)
    return raised(lambda: last_good.publishable(project.root, settings, known).problems)


def removed(project: Project) -> list[Problem]:
    """A clerk deletes the file of a list that has become empty."""
    committed(project)
    project.path("data/windows/220882.csv").unlink()
    return project.check()


def held_back(project: Project) -> list[Problem]:
    """One county's file comes in another encoding."""
    committed(project)
    project.write(LIAISONS, project.path(LIAISONS).read_text(encoding="utf-8").encode("gb18030"))
    return publishable(project)


def withdrawn(project: Project) -> list[Problem]:
    """A window's phone is emptied, in a cell that must be filled in."""
    committed(project)
    project.edit("data/windows/220881.csv", ",0436-0000005,", ",,")
    return publishable(project)


def edition_held_back(project: Project) -> list[Problem]:
    """An edition holds figures of a county whose surveys come in one push with a liaison file that cannot be read."""
    names = ("data/published_counts.csv", "data/village_surveys/220881.csv", "data/needs/220881.csv")
    whole = {name: project.path(name).read_text(encoding="utf-8") for name in names}
    for name, text in whole.items():
        project.write(name, text.partition("\n")[0] + "\n")
    committed(project)
    for name, text in whole.items():
        project.write(name, text)
    project.write(LIAISONS, "")
    return publishable(project)


def whole(project: Project) -> list[Problem]:
    """The day of the data is put back by mistake, and every county's dates lie ahead of it."""
    committed(project)
    project.edit("campaign.yml", "data_as_of: 2018-06-30", "data_as_of: 2018-04-30")
    return publishable(project)


def incomplete(project: Project) -> list[Problem]:
    """A county's file is broken in a clone that lacks what it was before."""
    committed(project)
    name = files_at(project.root, "HEAD", "content/data/liaisons")[f"content/{LIAISONS}"]
    (project.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    project.write(LIAISONS, "")
    return publishable(project)


FAULTS: dict[str, Fault] = {
    "file-removed": removed,
    "county-held-back": held_back,
    "withdrawn-held-back": withdrawn,
    "edition-held-back": edition_held_back,
    "build-whole": whole,
    "git-incomplete": incomplete,
}
