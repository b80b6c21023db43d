"""The copy on which going official is tried: of the content, and of nothing that a link leads to."""

from pathlib import Path

import pytest
from tiny_campaign import make_root

from site_builder.model import campaign, content_files
from site_builder.office.official import trial
from site_builder.shared.problems import CampaignError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign in which a link leads out."""
    root = make_root(tmp_path / "root")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "key").write_text("secret", encoding="utf-8")
    (root / "content" / "out").symlink_to(tmp_path / "elsewhere")
    return root


def test_nothing_is_copied_where_a_link_stands(root: Path) -> None:
    """It could lead to a whole disk, and what it leads to would be plain in the copy."""
    with pytest.raises(CampaignError) as refused, trial.copied(root):
        pytest.fail("it was copied")
    assert [problem.file for problem in refused.value.problems] == ["content/out"]


def test_a_link_that_comes_meanwhile_stays_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the check refuses it in the copy."""
    with monkeypatch.context() as context:
        context.setattr(content_files, "refuse_links", lambda _: None)
        copying = trial.copied(root)
        there = copying.__enter__()
    assert (there / "content" / "out").is_symlink()
    with pytest.raises(CampaignError):
        campaign.load(there)
    copying.__exit__(None, None, None)
