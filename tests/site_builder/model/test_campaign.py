"""The settings file: every fault is named with its line, its key and what it should be."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION

from site_builder.model import campaign
from site_builder.shared.problems import CampaignError, Problem, sentence

Edit = Callable[[str, str, str], None]


def faults(root: Path) -> list[Problem]:
    with pytest.raises(CampaignError) as caught:
        campaign.load(root)
    return caught.value.problems


def line_of(root: Path, text: str) -> int:
    lines = (root / "content" / "campaign.yml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_demonstration_s_settings_load() -> None:
    """They name 789 and 700 villages, 7 and 8 window counties."""
    settings = campaign.load(DEMONSTRATION)
    assert [(target.villages, len(target.window_counties)) for target in settings.targets] == [(789, 7), (700, 8)]
    assert settings.hotline == "12348"


def test_an_unknown_key_is_named_with_the_nearest_known_one(root: Path, edit: Edit) -> None:
    """A misspelt setting is an error that names the key, its line and the nearest known key."""
    edit("campaign.yml", "smallest_published_count:", "smalest_published_count:")
    (unknown,) = faults(root)
    assert unknown.code == "settings-unknown"
    assert unknown.line == line_of(root, "smalest_published_count")
    assert "smalest_published_count" in sentence(unknown)
    assert "最接近的是“smallest_published_count”" in sentence(unknown)


def test_an_unknown_key_below_another_is_compared_with_its_neighbours(root: Path, edit: Edit) -> None:
    """Inside `site`, the nearest known key is one of `site`."""
    edit("campaign.yml", "    operator:", "    operater:")
    (unknown,) = [problem for problem in faults(root) if problem.code == "settings-unknown"]
    assert unknown.details == {"key": "site.footer.operater", "nearest": "operator", "hint": "最接近的是“operator”。"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("data_status: demo", "data_status: real", "data_status"),
        ("data_as_of: 2018-06-30", "data_as_of: 昨天", "data_as_of"),
        ('hotline: "12348"', "hotline: 12348", "hotline"),
        ("smallest_published_count: 10", "smallest_published_count: 3", "smallest_published_count"),
        ("address: https://example.org/", "address: javascript:alert(1)", "site.address"),
        ("site:\n", "site:\n  handbook: https://example.org/handbook\n", "site.handbook"),
        ("site:\n", 'site:\n  handbook: "javascript:alert(1)"\n', "site.handbook"),
        ("posting_days: 10", "posting_days: 10\npilot_months_due_day: 31", "pilot_months_due_day"),
        ('tianditu_key: ""', 'tianditu_key: "abc"', "map.tianditu_key"),
        ('tianditu_key: ""', 'tianditu_key: "{{ 7*7 }}"', "map.tianditu_key"),
        ("year: 2018\nprovince", "year: 二〇一八\nprovince", "year"),
        ('      - "220881"', "      - 220881", "targets.1.window_counties.1"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(root: Path, edit: Edit, old: str, new: str, key: str) -> None:
    """A setting of the wrong kind names its key and says in Chinese what is expected."""
    edit("campaign.yml", old, new)
    (problem,) = faults(root)
    assert problem.code == "settings-value"
    assert problem.details["key"] == key
    assert problem.details["expected"]
    assert problem.line


def test_a_setting_written_twice_is_named(root: Path, edit: Edit) -> None:
    """YAML would take the last of two; the second place is named instead."""
    edit("campaign.yml", "province_code:", "year: 2019\nprovince_code:")
    (problem,) = faults(root)
    assert (problem.code, problem.details["key"]) == ("settings-repeated", "year")
    assert problem.line == line_of(root, "year: 2019")


def test_an_absent_setting_is_named(root: Path, edit: Edit) -> None:
    """A setting that was deleted is named, in whichever part of the file it belongs."""
    edit("campaign.yml", "    operator: 吉林省法律援助中心\n", "")
    (problem,) = faults(root)
    assert (problem.code, problem.details["key"]) == ("settings-absent", "site.footer.operator")


def test_broken_yaml_is_located(root: Path, edit: Edit) -> None:
    """A quote that is not closed is reported with a line, not with a traceback."""
    edit("campaign.yml", 'approval_number: ""', 'approval_number: "')
    (problem,) = faults(root)
    assert problem.code == "settings-syntax"
    assert problem.line


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"title\n", b"\x00", b"a: &a [*a]\n"])
def test_a_file_that_is_no_settings_file_is_refused(root: Path, content: bytes) -> None:
    """Whatever stands in the file, the answer is a problem."""
    (root / "content" / "campaign.yml").write_bytes(content)
    assert faults(root)


def test_gbk_settings_are_refused(root: Path) -> None:
    """Settings saved as GBK are named as such."""
    path = root / "content" / "campaign.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert [problem.code for problem in faults(root)] == ["settings-encoding"]


def test_missing_settings_are_named(tmp_path: Path) -> None:
    """A folder without settings is said to be no campaign."""
    assert [problem.code for problem in faults(tmp_path)] == ["settings-missing"]
