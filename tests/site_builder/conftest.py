"""A tiny, fake campaign to spoil: two counties with four villages, in a folder of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pages_once  # noqa: F401  (what it says it does is done as it is imported)
import pytest
from short_kits import few_spare_lines  # noqa: F401
from tiny_campaign import DEMONSTRATION, PROJECT, make_root, remember

from site_builder import checks, publication
from site_builder.build import build
from site_builder.checks import Checked
from site_builder.model import campaign, programme, schemas
from site_builder.model.schemas import Schemas
from site_builder.publication.public import PublicRecords
from site_builder.shared import validation_cache, words
from site_builder.shared.words import Words
from site_builder.site import contents, releases


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign as it came, checked; no test may change it."""
    folder = make_root(tmp_path_factory.mktemp("untouched"))
    checks.check(folder, campaign.load(folder), schemas.load(folder))
    return folder


@pytest.fixture(scope="session")
def warm_memory(untouched: Path) -> dict[str, bytes]:
    """What the looks of a check remember of the sound campaign, by file: each test pays for what it spoils alone."""
    return {path.name: path.read_bytes() for path in (untouched / validation_cache.FILE).parent.glob("*.json")}


@pytest.fixture(scope="session")
def sound_public(untouched: Path, known: Schemas) -> PublicRecords:
    """The public records of the sound campaign, for tests that change none of its files."""
    return public_of(untouched, known)


@pytest.fixture(scope="session")
def rendered(untouched: Path, sound_public: PublicRecords, labels: Words, korean: Words) -> dict[str, bytes]:
    """All that is rendered of the sound campaign: once for all tests that only look at it."""
    own = {name: text.encode() for name, text in contents.own_files(sound_public, labels, korean)}
    return contents.site_tool_files(untouched, sound_public, labels, korean) | own


@pytest.fixture(scope="session")
def sound_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root in which the sound campaign has been built; no test may change it."""
    folder = make_root(tmp_path_factory.mktemp("built"))
    build(folder, releases.input_digest(folder), report=lambda step: None)
    return folder


@pytest.fixture(autouse=True)
def no_forge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a forge runs the tests, what it says of its own repository is none of the tiny campaign's."""
    for name in ("GITHUB_EVENT_PATH", "CI_PROJECT_VISIBILITY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def root(tmp_path: Path, warm_memory: dict[str, bytes]) -> Path:
    """The tiny campaign in a folder of the test's own, checked once before."""
    make_root(tmp_path)
    remember(tmp_path, warm_memory)
    return tmp_path


@pytest.fixture
def built_before(root: Path, sound_built: Path) -> Path:
    """The tiny campaign in a folder of the test's own, where the site has been built before."""
    shutil.copytree(sound_built / releases.FOLDER, root / releases.FOLDER)
    (root / releases.LINK).symlink_to((sound_built / releases.LINK).readlink())
    return root


@pytest.fixture(scope="session")
def known() -> Schemas:
    return schemas.load(PROJECT)


@pytest.fixture(scope="session")
def labels() -> Words:
    return programme.chinese_words(DEMONSTRATION)


@pytest.fixture(scope="session")
def korean() -> Words:
    return words.load(DEMONSTRATION, "ko")


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], None]:
    """Replace a text that stands once in a file below content/."""

    def replace(file: str, old: str, new: str) -> None:
        path = root / "content" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def check(root: Path, known: Schemas) -> Callable[[], Checked]:
    """Check the campaign as it stands now."""
    return lambda: checks.check(root, campaign.load(root), known)


@pytest.fixture
def public(root: Path, known: Schemas) -> Callable[[], PublicRecords]:
    """The public records of the campaign as it stands now."""
    return lambda: public_of(root, known)


def public_of(root: Path, known: Schemas) -> PublicRecords:
    settings = campaign.load(root)
    checked = checks.check(root, settings, known)
    assert checked.is_publishable, checked.problems
    return publication.publish(checked.records, settings, known)
