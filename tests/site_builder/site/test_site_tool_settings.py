"""mkdocs.yml says what the site looks like, and can have nothing run or read."""

from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder.shared.problems import CampaignError
from site_builder.site import site_tool_settings

OURS = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")


def refused(folder: Path, text: str) -> list[str]:
    (folder / site_tool_settings.FILE).write_text(text, encoding="utf-8")
    try:
        site_tool_settings.refuse_others(folder)
    except CampaignError as error:
        return [problem.code.value for problem in error.problems]
    return []


def test_the_one_that_the_software_comes_with_passes(tmp_path: Path) -> None:
    """With another menu, and an extension that reads nothing, too."""
    assert refused(tmp_path, OURS) == []
    assert refused(tmp_path, OURS.replace("  - attr_list\n", "  - attr_list\n  - footnotes\n")) == []
    assert refused(tmp_path, OURS + "  - 新的一栏: new.md\n") == []


@pytest.mark.parametrize(
    "added",
    [
        "site_author: !ENV CAMPAIGN_SIGNING_KEY",
        "copyright: !ENV [CAMPAIGN_SIGNING_KEY, x]",
        "hooks: [content/run.py]",
        "INHERIT: ../other.yml",
        "repo_name: !!python/object/apply:os.getcwd []",
        "extra_javascript: [content/run.js]",
    ],
)
def test_what_reads_the_environment_or_runs_code_is_refused(tmp_path: Path, added: str) -> None:
    """Variables, hooks, another file's settings, Python's own objects, scripts."""
    assert refused(tmp_path, f"{added}\n{OURS}") != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("site_name: ", "site_name: !ENV CAMPAIGN_SIGNING_KEY #"),
        ("custom_dir: site_builder/templates/theme", "custom_dir: /etc"),
        ("plugins: []", "plugins: [search]"),
        ("  - attr_list", "  - pymdownx.snippets"),
        ("  - attr_list", "  - pymdownx.snippets: {base_path: /}"),
        ("  - attr_list", "  - site_builder.cli"),
    ],
)
def test_what_reads_other_files_is_refused(tmp_path: Path, old: str, new: str) -> None:
    """A theme's folder goes onto the site as it is; extensions of Markdown are modules that are loaded."""
    assert OURS.count(old) == 1
    assert refused(tmp_path, OURS.replace(old, new)) != []
