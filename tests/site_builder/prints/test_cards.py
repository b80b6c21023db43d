"""Pictures to share and icons: of the site and of each county, light, and marked in a demonstration."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from site_builder.model.campaign import DataStatus
from site_builder.prints.cards import pictures
from site_builder.prints.making import Workshop
from site_builder.prints.memory import Memory
from site_builder.publication.addresses import ICON_SIZES
from site_builder.publication.public import PublicRecords
from site_builder.shared.words import Words

pytestmark = pytest.mark.needs("fonts-noto-cjk")
MOST = 40_000  # bytes
Made = Callable[[PublicRecords], dict[str, bytes]]


@pytest.fixture
def made(labels: Words, korean: Words, tmp_path: Path) -> Made:
    """All pictures of some records."""
    return lambda public: dict(
        pictures(Workshop(public=public, words=labels, korean=korean, memory=Memory(tmp_path / "memory")))
    )


def looked_at(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_the_site_and_each_county_have_a_picture(made: Made, sound_public: PublicRecords) -> None:
    """Of the size that messengers want, each its own; and icons as devices ask for them."""
    found = made(sound_public)
    cards = {f"share/{county.code}.png" for county in sound_public.counties} | {"assets/share.png"}
    icons = {f"assets/icon-{size}.png": size for size in ICON_SIZES}
    assert set(found) == cards | set(icons)
    assert {looked_at(found[path]).size for path in cards} == {(1200, 630)}
    assert {path: looked_at(found[path]).size[0] for path in icons} == icons
    assert len({found[path] for path in cards}) == len(cards)
    assert max(len(content) for content in found.values()) <= MOST


def test_a_demonstration_s_picture_says_so(made: Made, sound_public: PublicRecords) -> None:
    """In a strip at its foot, which an official one does not have."""
    settings = sound_public.campaign.model_copy(update={"data_status": DataStatus.OFFICIAL})
    official = replace(sound_public, campaign=settings)
    corners = [looked_at(made(each)["assets/share.png"]).getpixel((5, 620)) for each in (sound_public, official)]
    assert corners[0] != (255, 255, 255)
    assert corners[1] == (255, 255, 255)


@pytest.mark.parametrize("name", ["前郭尔罗斯蒙古族自治县和很长很长的名字", '#image("x")', "*甲*_乙_$丙$"])
def test_a_name_is_set_as_it_is(name: str, made: Made, sound_public: PublicRecords) -> None:
    """Within the middle square, however long; nothing in it is an order to the typesetter."""
    county = replace(sound_public.counties[0], name=name)
    picture = looked_at(made(replace(sound_public, counties=(county,)))[f"share/{county.code}.png"])
    beside = picture.crop((0, 20, 300, 550)).getcolors()
    assert beside is not None
    assert [colour for _, colour in beside] == [(255, 255, 255)]


def test_what_was_made_is_remembered(made: Made, sound_public: PublicRecords) -> None:
    """The same records give the same bytes."""
    assert made(sound_public) == made(sound_public)
