"""Content Security Policies: what a page may load and run, said in the page itself (https://www.w3.org/TR/CSP3/).

They are the second net. Data are escaped wherever they enter a format; should a hole be left, the browser still runs
nothing that the site does not name here. A host that can set headers should add `frame-ancestors 'none'`, which a page
cannot say of itself, to all pages but those of embed/, which are made for frames.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable

# Nothing of ours connects to anything; a checker that asks the page for robots.txt, such as Lighthouse, may.
_OWN_HOST = "connect-src 'self'"
_MANIFEST = "manifest-src 'self'"
# These do not fall back to default-src.
_NOWHERE = "base-uri 'none'; form-action 'none'"


def of_plain_page(style: str) -> str:
    """The policy of a page without scripts, that loads nothing: its own style, and an icon that is empty."""
    return f"default-src 'none'; style-src {_source(style)}; img-src data:; {_OWN_HOST}; {_NOWHERE}"


def of_village_page(style: str) -> str:
    """The policy of a page with its own style, that loads nothing but the site's own scripts, icons and pictures."""
    plain = of_plain_page(style).replace("img-src data:", "img-src 'self' data:")
    return f"script-src 'self'; {_MANIFEST}; {plain}"


def of_themed_page(image_hosts: Iterable[str] = ()) -> str:
    """The policy of a page that uses the site's own files and no others.

    image_hosts: other hosts that images may come from, none unless the settings hold a key for base maps.

    No script and no style stand inside such a page: the maps style elements through the object model alone.
    """
    images = " ".join(("'self'", "data:", *image_hosts))
    own = f"script-src 'self'; style-src 'self'; {_MANIFEST}"
    return f"default-src 'none'; {own}; img-src {images}; {_OWN_HOST}; {_NOWHERE}"


def of_desk(style: str, script: str) -> str:
    """The policy of the desk of a county: its own style and script, a worker out of the page, and no way out of it."""
    own = f"script-src {_source(script)} blob: 'wasm-unsafe-eval'; worker-src blob:; style-src {_source(style)}"
    return f"default-src 'none'; {own}; img-src data:; connect-src 'none'; {_NOWHERE}"


def of_office_desk(style: str, script: str) -> str:
    """The policy of the desk of the office: its own style and script; it asks whoever gave it out, and nobody else."""
    own = f"script-src {_source(script)}; style-src {_source(style)}"
    return f"default-src 'none'; {own}; img-src data:; {_OWN_HOST}; {_NOWHERE}"


def _source(text: str) -> str:
    """What names an inline script or style by its content."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
