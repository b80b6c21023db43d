"""The heads that the office has confirmed for a county are read strictly, and checked with everything else."""

from pathlib import Path

import pytest

from site_builder.model import county_heads, forms, schemas
from site_builder.shared.problems import CampaignError


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("columns:\n  驻村干部名字: 姓名\n  点位: 村名\n", []),
        ("columns:\n  驻村干部名字: 姓明\n", ["collecting-title"]),
        ("columns:\n  驻村干部名字: 姓名\n  驻村干部名字: 身份\n", ["settings-repeated"]),
        ("columns: {}\n", ["settings-value"]),
        ("column:\n  驻村干部名字: 姓名\n", ["settings-unknown"]),
        ("columns:\n  驻村干部名字: 12\n", ["settings-value"]),
        ("columns: [", ["settings-syntax"]),
    ],
)
def test_every_fault_of_a_countys_file_is_named(text: str, codes: list[str], root: Path) -> None:
    """Syntax, unknown keys, heads that stand twice and titles that no form has."""
    known = forms.load(root, schemas.load(root))
    (root / county_heads.FOLDER).mkdir()
    (root / county_heads.path("220881")).write_text(text, encoding="utf-8")
    found = list(county_heads.check(root, known, ["220881"]))
    assert [problem.code for problem in found] == codes
    assert {problem.file for problem in found} <= {"content/collecting/220881.yml"}
    if codes:
        with pytest.raises(CampaignError):
            county_heads.load(root, "220881", known)


def test_what_is_written_is_read_again(root: Path) -> None:
    """Also heads that YAML would take for something else."""
    heads = {"驻村干部名字": "姓名", "2018": "身份", "是: 否": "村名", "no": "姓名"}
    (root / county_heads.FOLDER).mkdir()
    (root / county_heads.path("220881")).write_bytes(county_heads.written(heads))
    known = forms.load(root, schemas.load(root))
    assert county_heads.load(root, "220881", known) == heads
    assert county_heads.load(root, "220882", known) == {}
    assert county_heads.load(root, "", known) == {}
