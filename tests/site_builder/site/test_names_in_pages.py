"""Pages of the find box hold what every lookup needs."""

import json
import re
from pathlib import Path

from site_builder.render.lookup import FOLDER, NEEDED, literal_of
from site_builder.render.script_json import script_literal
from site_builder.site.names_in_pages import put_names_in

EMPTY = '<script type="application/json" data-names></script>'
BLOCK = re.compile(r'<script type="application/json" data-names>(.*?)</script>', re.DOTALL)


def test_the_block_says_what_the_scripts_set(sound_built: Path) -> None:
    """On the home page, the page of the box and the one that is missing."""
    site = sound_built / "build/site"
    set_by_scripts = {name: json.loads(literal_of((site / FOLDER / f"{name}.js").read_text())) for name in NEEDED}
    for path in ("index.html", "find/index.html", "404.html"):
        (block,) = BLOCK.findall((site / path).read_text(encoding="utf-8"))
        assert json.loads(block) == set_by_scripts


def test_no_name_ends_the_block(tmp_path: Path) -> None:
    """Whatever a name holds is data; a page without a block stays as it is."""
    (tmp_path / FOLDER).mkdir(parents=True)
    for name in NEEDED:
        literal = script_literal({"name": "</script><b>龙&]=;"})
        (tmp_path / FOLDER / f"{name}.js").write_text(
            f'(window.campaignNames=window.campaignNames||{{}})["{name}"]={literal};\n'
        )
    (tmp_path / "a.html").write_text(f"<p>{EMPTY}</p>")
    (tmp_path / "b.html").write_text("<p>b</p>")
    put_names_in(tmp_path)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    (block,) = BLOCK.findall(page)
    assert block.isascii()  # as the scripts: under any encoding that a host may name it is the same
    assert page == f"<p>{EMPTY.replace('></', f'>{block}</')}</p>"
    assert json.loads(block)["index"] == {"name": "</script><b>龙&]=;"}
    assert (tmp_path / "b.html").read_text() == "<p>b</p>"
