"""Whether another name is another person or the same one put right."""

import pytest

from site_builder.collect.values import names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("李春花", "李春华"),
        ("王敏", "王民"),
        ("李己", "李已"),
        ("赵末", "赵未"),
        ("斯琴高娃", "斯琴高瓦"),
    ],
)
def test_one_character_that_sounds_or_looks_alike_is_a_slip(before: str, after: str) -> None:
    """As it is mistyped in pinyin, or misread from paper."""
    assert names.is_slip(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("王敏", "王福"),
        ("王军", "王辉"),
        ("李海", "李梅"),
        ("李春花", "李秋花"),
        ("李春花", "李春"),
        ("王敏", "汪民"),
        ("王莉", "汪莉"),
        ("黎振发", "李振发"),
        ("皇甫建生", "皇莆建生"),
        ("김", "이"),
        ("王敏", "王敏"),
    ],
)
def test_any_other_character_is_another_person(before: str, after: str) -> None:
    """Taken for a correction, the one before would vanish without a trace."""
    assert not names.is_slip(before, after)
