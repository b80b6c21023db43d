"""A tiny, fake campaign to spoil: two counties with four villages, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION, PROJECT, make_root

from site_builder import checks, publication
from site_builder.checks import Checked
from site_builder.model import campaign, schemas
from site_builder.model.schemas import Schemas
from site_builder.publication.public import PublicRecords
from site_builder.shared import validation_cache, words
from site_builder.shared.words import Words


@pytest.fixture(scope="session")
def warm_memory(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a check of the sound campaign remembers, so that each test validates only what it spoils."""
    folder = make_root(tmp_path_factory.mktemp("warm"))
    checks.check(folder, campaign.load(folder), schemas.load(folder))
    return (folder / validation_cache.FILE).read_bytes()


@pytest.fixture
def root(tmp_path: Path, warm_memory: bytes) -> Path:
    """The tiny campaign in a folder of the test's own, checked once before."""
    make_root(tmp_path)
    (tmp_path / ".cache").mkdir()
    (tmp_path / validation_cache.FILE).write_bytes(warm_memory)
    return tmp_path


@pytest.fixture(scope="session")
def known() -> Schemas:
    return schemas.load(PROJECT)


@pytest.fixture(scope="session")
def labels() -> Words:
    return words.load(DEMONSTRATION, "zh-CN")


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

    def publish() -> PublicRecords:
        settings = campaign.load(root)
        checked = checks.check(root, settings, known)
        assert checked.is_publishable, checked.problems
        return publication.publish(checked.records, settings, known)

    return publish
