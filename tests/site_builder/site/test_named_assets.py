"""What many pages load has its content in its name, is kept for long, and is what each page asks for."""

import re
from pathlib import Path

from site_builder.publish.browsers import expected
from site_builder.site.named_assets import BY_SCRIPTS, NAMED, name_by_content

_ASKED = re.compile(r'(?:src|href)="([^"]+\.(?:css|js))"')
MAP = ["leaflet.css", "leaflet.js", "live-map.js", "counties.js"]
DATA = "/assets/lookup/"  # kept no longer than the pages that say the same


def test_pages_ask_for_styles_and_scripts_that_may_be_kept(sound_built: Path) -> None:
    """Every one of the built site, at whatever depth it stands; and the file is there, under that name alone."""
    site = sound_built / "build/site"
    asked = set()
    for page in site.rglob("*.html"):
        for link in _ASKED.findall(page.read_text(encoding="utf-8").replace("&#46;", ".").replace("&#47;", "/")):
            folder = site if link.startswith("/") else page.parent
            asked.add((folder / link.lstrip("/")).resolve())
    paths = {f"/{path.relative_to(site.resolve()).as_posix()}" for path in asked}
    lasting = {path for path in paths if not path.startswith(DATA)}
    assert {path for path in lasting if "immutable" not in expected.caching_of(path)} == set()
    assert len(lasting) > len(NAMED) / 2  # texts to be copied have no page here
    assert [path for path in asked if not path.is_file()] == []
    assert [path for path in (*NAMED, *BY_SCRIPTS) if (site / path).exists()] == []


def test_other_content_has_another_name(tmp_path: Path) -> None:
    """The same content the same; what is no address in an attribute stays as it is."""
    found = []
    for text in ("a", "a", "b"):
        for path in (*NAMED, *BY_SCRIPTS):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        page = tmp_path / "page.html"
        page.write_text('<link href="../assets/site.css"><p>assets/site.css "assets/site.css"</p>')
        name_by_content(tmp_path)
        found.append(page.read_text())
    assert found[0] == found[1] != found[2]
    assert re.fullmatch(
        r'<link href="\.\./assets/site\.[0-9a-f]{8}\.min\.css"><p>assets/site\.css "assets/site\.css"</p>', found[0]
    )


def test_scripts_ask_for_what_may_be_kept(sound_built: Path) -> None:
    """What a script asks for is there, under the name that the script has for it."""
    assets = sound_built / "build/site/assets"
    for asking, asked in {"find": ["search"], "maps/county-map": MAP}.items():
        (script,) = assets.glob(f"{asking}.*.min.js")
        text = script.read_text(encoding="utf-8")
        for name in asked:
            stem, _, ending = name.partition(".")
            (file,) = script.parent.glob(f"{stem}.*.min.{ending or 'js'}")
            assert re.search(rf'["}}]{re.escape(file.name)}["`]', text), name
            assert "immutable" in expected.caching_of(f"assets/{file.name}")


def test_a_script_has_another_name_once_it_asks_for_another_file(tmp_path: Path) -> None:
    """Else a browser that keeps the script for a year would ask for a file that is no longer there."""
    names = []
    for text in ("a", "b"):
        folder = tmp_path / text
        for path in (*NAMED, *BY_SCRIPTS):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text('load(`${assets}leaflet.js`, "leaflet.js"); // leaflet.js')
        (folder / "assets/maps/leaflet.js").write_text(text)
        name_by_content(folder)
        (script,) = (folder / "assets/maps").glob("county-map.*.js")
        (asked,) = (folder / "assets/maps").glob("leaflet.*.js")
        assert script.read_text() == f'load(`${{assets}}{asked.name}`, "{asked.name}"); // leaflet.js'
        names.append(script.name)
    assert names[0] != names[1]
