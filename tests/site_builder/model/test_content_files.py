"""Only plain files and folders stand in content/: what is not, is named before anything is read."""

import os
import shutil
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION

from site_builder.cli import main
from site_builder.model import campaign
from site_builder.shared.problems import CampaignError

COMMANDS = (
    ("check",),
    ("build",),
    ("sheets", "--county", "220881"),
    ("kit", "--out", "kit"),
    ("status",),
    ("privacy",),
)


def refused(root: Path) -> list[tuple[str, str]]:
    with pytest.raises(CampaignError) as caught:
        campaign.load(root)
    return [(problem.code, problem.file) for problem in caught.value.problems]


@pytest.mark.parametrize("to", ["/etc/passwd", "../../../signing-key", "index.md", "nowhere", "."])
def test_a_link_is_refused_wherever_it_leads(root: Path, to: str) -> None:
    """Out of the folder, to a file in it, to nothing, to a folder in which it would find itself."""
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content/pages/out.md").symlink_to(to)
    assert refused(root) == [("content-link", "content/pages/out.md")]


def test_a_linked_folder_is_refused(root: Path, tmp_path: Path) -> None:
    """A material's folder, or the whole content: another campaign's data would be published as ours."""
    (root / "content/materials").mkdir(exist_ok=True)
    (root / "content/materials/poster").symlink_to(tmp_path)
    assert refused(root) == [("content-link", "content/materials/poster")]
    (root / "content/materials/poster").unlink()
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to("elsewhere")
    assert refused(root) == [("content-link", "content")]


def test_a_link_among_the_schemas_is_refused(root: Path, tmp_path: Path) -> None:
    """What stands there goes along to every county."""
    own = root / "survey_schemas"
    original = own.resolve()
    own.unlink()
    shutil.copytree(original, own)
    (own / "tables" / "x.json").symlink_to(tmp_path / "key")
    assert refused(root) == [("content-link", "survey_schemas/tables/x.json")]


def test_a_pipe_is_refused_and_stops_nothing(root: Path) -> None:
    """Whoever opened it would wait for ever."""
    os.mkfifo(root / "content/words/zh-CN.local.yml")
    assert refused(root) == [("content-link", "content/words/zh-CN.local.yml")]


@pytest.mark.parametrize("name", ["a\nb.md", "a\tb.md", "a\u2028b.md", " a.md", "a "])
def test_a_name_that_is_no_line_is_refused(root: Path, name: str) -> None:
    """The site's list of checksums holds one name a line: nobody could verify the site."""
    (root / "content/pages" / name).write_text("", encoding="utf-8")
    assert [code for code, _ in refused(root)] == ["content-name"]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("README.md", "README.md"),
        ("about/readme.md", "about/readme.md"),
        ("about/.draft.md", "about/.draft.md"),
        (".notes/a.md", ".notes/a.md"),
        ("templates/x.md", "templates"),
        ("Templates/x.md", "Templates"),
    ],
)
def test_a_page_that_the_site_tool_makes_none_of_is_refused(root: Path, name: str, taken: str) -> None:
    """By its name: the build would end at what is not there, and give advice about the disk."""
    page = root / "content/pages" / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("---\ntitle: x\n---\n\n# x\n", encoding="utf-8")
    assert refused(root) == [("content-taken", f"content/pages/{taken}")]


@pytest.mark.parametrize("name", ["about/templates/x.md", "about/readme-first.md", ".DS_Store", "about/README.txt"])
def test_names_that_only_look_alike_pass(root: Path, name: str) -> None:
    """Below a section, longer ones, and files that are no pages."""
    path = root / "content/pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    campaign.load(root)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_refuses_before_it_reads(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """No sheet, page, kit or list is made; the key that the link leads to is not shown."""
    (tmp_path / "signing-key").write_text("the secret of the key")
    (root / "content/materials").mkdir(exist_ok=True)
    (root / "content/materials/note.txt").symlink_to(tmp_path / "signing-key")
    assert main(["--root", str(root), *command]) == 1
    said = "".join(capsys.readouterr())
    assert "content/materials/note.txt" in said
    assert "链接" in said
    assert "secret" not in said
    assert not (root / "build/site").exists()


def test_the_demonstration_is_plain() -> None:
    """Nothing that staff begin with is refused."""
    campaign.load(DEMONSTRATION)


@pytest.mark.parametrize("name", [".gitattributes", "data/.gitattributes", "pages/.gitignore", "data/.GitAttributes"])
def test_nothing_tells_git_what_to_show(root: Path, name: str) -> None:
    """A reviewer would read that a binary file differs, and not which phone was changed."""
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content" / name).write_text("* -diff\n", encoding="utf-8")
    assert refused(root) == [("content-git", f"content/{name}")]


@pytest.mark.parametrize("folder", ["pages/__pycache__", "__pycache__", "pages/help/__PyCache__"])
def test_nothing_stands_where_the_comparison_does_not_look(root: Path, folder: str) -> None:
    """A page there would be published without being committed."""
    (root / "content" / folder).mkdir(parents=True)
    (root / "content" / folder / "notice.md").write_text("---\ntitle: 一\n---\n", encoding="utf-8")
    assert refused(root) == [("content-taken", f"content/{folder}")]


@pytest.mark.parametrize("name", ["release.json", "SHA256SUMS", "SHA256SUMS.sig", "Sha256Sums.md", "release.json.md"])
def test_no_page_takes_the_place_of_what_the_publishing_writes(root: Path, name: str) -> None:
    """A folder of that name would stop the publishing with an error that names no page; a signature would be false."""
    (root / "content/pages" / name).mkdir(parents=True)
    assert refused(root) == [("content-taken", f"content/pages/{name}")]


def test_the_same_names_elsewhere_are_nobody_s(root: Path) -> None:
    """What stands in a folder of the site is no file of its top."""
    (root / "content/pages/help").mkdir(parents=True, exist_ok=True)
    (root / "content/pages/help/release.json.md").write_text("", encoding="utf-8")
    (root / "content/.gitkept").write_text("", encoding="utf-8")
    with pytest.raises(CampaignError):
        campaign.load(root)
    (root / "content/.gitkept").unlink()
    campaign.load(root)
