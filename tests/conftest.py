"""What tests of several folders share."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from open_log import LOG
from rounds import IS_LONG

from site_builder.privacy.visibility import is_log_open

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("steady")
# Commands that tests run are to say all, as to a member at a terminal: their data are invented. What the tests of the
# site say of real data is for tests/site/conftest.py to hold back.
os.environ.setdefault(LOG, "open" if is_log_open(os.environ) else "members")
os.environ.pop("CI", None)
pytest_plugins = [
    *("system_packages", "browsers", "own_content"),
    *("compiled_templates", "reading_at_hand", "checked_once", "schemas_at_hand"),
    *("settings_at_hand", "no_repository", "made_once"),
]
# By processor time, all of a dozen seconds and more. The first builds the demonstration, which others of them wait for:
# those that do not stand between.
LONGEST = (
    "test_site_accessibility.py",
    "test_hostile_site.py",
    "test_problem_examples.py",
    "test_handbook_commands.py",
    "test_commands_units.py",
    "test_site_browser.py",
    "test_desk_page.py",
    "test_publish_hosts.py",
    "test_build.py",
    "test_duty_rules.py",
    "test_lookup_search.py",
    "test_disclosure_attacker.py",
    "test_site_privacy.py",
    "test_publish_pushes.py",
    "test_office_desk_engine.py",
    "test_cli.py",
    "test_new_campaign.py",
    "test_publish_kills.py",
    "test_last_good_counties.py",
    "test_last_good_history.py",
    "test_report_recount.py",
    "test_commands_platforms.py",
    "test_collect_damages.py",
    "test_untrusted_hostile.py",
    "test_desk_returns.py",
    "test_hostile_messages.py",
    "test_install_locked.py",
    "test_collect_village_lists.py",
    "test_collect_three_ways.py",
    "test_commands_liaison.py",
    "test_publish_served.py",
    "test_publish_elsewhere.py",
    "test_commands.py",
    "test_privacy_returns.py",
    "test_commands_official.py",
    "test_hostile_reports.py",
    "test_commands_collect.py",
    "test_collect_newer_values.py",
    "test_collect_round_trip.py",
    "test_rules.py",
    "test_site_html.py",
    "test_hostile_downloads.py",
    "test_demonstration_generator.py",
    "test_collect_structure.py",
    "test_typesetting.py",
    "test_hostile_kit.py",
    "test_untrusted_any_bytes.py",
    "test_site_asks_nobody.py",
    "test_large_type.py",
    "test_find_box.py",
    "test_other_site_tools.py",
    "test_prints_read_back.py",
    "test_benchmarks_sites.py",
    "test_site_agrees.py",
)
EXPECTED = Path(__file__).parent / "expected"
PROJECT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept the present output as tests/expected")


def pytest_report_header() -> str:
    """Say which form it is: what waits for the long one is passed over aloud."""
    return "form: long, everything" if IS_LONG else "form: short; tests marked long_form wait for `make test-long`"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what goes in the long form alone; the longest files go first, so that none is left for the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    waiting = [] if IS_LONG else [item for item in items if item.get_closest_marker("long_form")]
    if waiting:
        config.hook.pytest_deselected(items=waiting)
        items[:] = [item for item in items if item not in waiting]


@pytest.fixture
def same_as_expected(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a file of tests/expected; with --bless, write them there first."""

    def compare(name: str, content: bytes) -> None:
        path = EXPECTED / name
        if request.config.getoption("--bless"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert content.decode() == path.read_bytes().decode(), f"{name} changed; `make bless` accepts the change"

    return compare


@pytest.fixture(scope="session")
def built_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A root in which the demonstration has been built, pages and site; made once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    root = (own if worker_id == "master" else own.parent) / "built"
    with (own.parent / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "build").exists():
            build_in(root)
    return root


def build_in(root: Path) -> None:
    """Build the demonstration there. mkdocs.yml is copied: Zensical writes beside the file, not beside its link."""
    # Made when it is first asked for: tests of a site do without.
    from demonstration_campaign import CAMPAIGN, copy_content

    from site_builder.build import build
    from site_builder.prints import memory as prints
    from site_builder.site.releases import input_digest

    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    copy_content(root)
    for name in ("survey_schemas", "site_builder", "maps", "requirements.lock"):
        (root / name).symlink_to(CAMPAIGN / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    # Setting all prints anew takes longer than everything else: what the project's own build remembers will do.
    for folder in (PROJECT / prints.FOLDER, root / ".cache"):
        folder.mkdir(parents=True, exist_ok=True)
    (root / prints.FOLDER).symlink_to(PROJECT / prints.FOLDER)
    build(root, input_digest(root), report=lambda step: None)  # by its name the tests of the site know it


@pytest.fixture(scope="session")
def built_site(built_root: Path) -> Path:
    """The built site of the demonstration."""
    return (built_root / "build" / "site").resolve()
