"""What one command alone needs: named in Chinese, with the command that installs it, where it is lacking."""

import sys
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.shared.extras import installed_by
from site_builder.shared.problems import CampaignError


def test_what_is_lacking_names_itself_and_the_command() -> None:
    """The module that is not there, and what installs it before it does what was asked for."""
    with pytest.raises(CampaignError) as caught, installed_by("make preview"):
        import module_of_no_package  # type: ignore[import-not-found]  # noqa: F401
    [problem] = caught.value.problems
    assert (problem.code, problem.file) == ("software-extra", "module_of_no_package")
    assert problem.details == {"module": "module_of_no_package", "command": "make preview"}


def test_preview_asks_for_what_it_watches_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is built."""
    monkeypatch.setitem(sys.modules, "watchdog", None)
    monkeypatch.delitem(sys.modules, "site_builder.site.watching", raising=False)
    for name in ("watchdog.events", "watchdog.observers"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert main(["--root", str(tmp_path), "preview"]) == 1
    err = capsys.readouterr().err
    assert "software-extra" in err
    assert "make preview" in err
    assert list(tmp_path.iterdir()) == []


def test_publishing_to_s3_asks_for_boto3_before_the_site_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not minutes later, when the site is made and ready to be sent; other targets never ask."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    assert main(["--root", str(tmp_path), "publish", "s3://bucket/site"]) == 1
    assert "make publish TARGET=s3://bucket/site" in capsys.readouterr().err
    assert main(["--root", str(tmp_path), "publish", str(tmp_path / "www")]) == 1
    assert "software-extra" not in capsys.readouterr().err
