"""One fault for each problem of personal numbers in the content, in git and in what was built."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from faulty_project import Fault, Project

from site_builder.model import campaign, schemas
from site_builder.privacy import history, lint
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

IDENTITY = "11010519491231002X"  # the standard's own example
_DAY = "2018-03-01T08:00:00+08:00"


def in_a_cell(project: Project) -> list[Problem]:
    """A clerk notes a number in a reply that nobody publishes."""
    project.edit("data/feedback/220881.csv", "内部答复，不公布", f"本人身份证{IDENTITY}")
    return project.check()


def exception(until: str, place: str = "content/pages/a.md") -> Fault:
    """The settings except a number until some day."""
    rule = "privacy_exceptions:\n  - {{kind: identity, place: {}, reason: 试, by: 甲, until: {}}}"

    def spoil(project: Project) -> list[Problem]:
        project.append("campaign.yml", rule.format(place, until))
        return project.check()

    return spoil


def git(root: Path, *arguments: str) -> None:
    """A git command with an author and a day of its own."""
    settings = ["-c", "user.name=甲", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    days = {"GIT_AUTHOR_DATE": _DAY, "GIT_COMMITTER_DATE": _DAY, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(["git", "-C", str(root), *settings, *arguments], check=True, capture_output=True, env=days)


def exceptions_of(project: Project) -> Exceptions:
    return Exceptions(campaign=campaign.load(project.root))


def in_repository(*steps: tuple[str, ...], name: str = "content/pages/a.md") -> Fault:
    """A page with a number, and what was done with it in git."""

    def spoil(project: Project) -> list[Problem]:
        (project.root / name).write_text(f"---\ntitle: 例\n---\n\n证号{IDENTITY}\n", encoding="utf-8")
        git(project.root, "init", "-q", "--object-format=sha1")
        for step in steps:
            git(project.root, *step)
        return history.in_history(project.root, schemas.load(project.root), exceptions_of(project))[1]

    return spoil


def staged(project: Project) -> list[Problem]:
    """The page is about to be committed."""
    in_repository(("add", "content/pages/a.md"))(project)
    return history.in_staged(project.root, schemas.load(project.root), exceptions_of(project))


def shallow(project: Project) -> list[Problem]:
    """A copy without its history."""
    in_repository(("add", "content/pages/a.md"), ("commit", "-qm", "改"), ("commit", "-qm", "改", "--allow-empty"))(
        project
    )
    copy = project.root / "copy"
    git(project.root, "clone", "-q", "--depth=1", f"file://{project.root}", str(copy))
    return history.in_history(copy, schemas.load(project.root), exceptions_of(project))[1]


def in_folder(code: Code, name: str, content: bytes) -> Callable[[Project], list[Problem]]:
    """A file that a build or a command wrote."""

    def spoil(project: Project) -> list[Problem]:
        return lint.in_files(project.root, code, [(name, content)], Belonging(), exceptions_of(project))

    return spoil


_PAGE = f"<p>证号{IDENTITY}</p>".encode()
FAULTS: dict[str, Fault] = {
    "privacy-content": in_a_cell,
    "privacy-staged": staged,
    "privacy-message": lambda project: history.in_message(f"收洮南市报表\n\n报送人证号{IDENTITY}\n".encode()),
    "privacy-history": in_repository(("add", "content/pages/a.md"), ("commit", "-qm", "改")),
    "privacy-loose": in_repository(("hash-object", "-w", "content/pages/a.md")),
    "privacy-site": in_folder(Code.PRIVACY_SITE, "build/site/about/index.html", _PAGE),
    "privacy-sent": in_folder(Code.PRIVACY_SENT, "letters/220881.html", _PAGE),
    "privacy-unread": in_folder(Code.PRIVACY_SENT, "answers/洮南市.zip", b"PK\x03\x04" + bytes(40)),
    "privacy-shallow": shallow,
    "exception-expired": exception("2018-06-29"),
    "exception-too-long": exception("2020-01-01"),
    "exception-unused": exception("2018-12-31"),
}
