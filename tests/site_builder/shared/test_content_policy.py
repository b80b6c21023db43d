"""Content policies: what a page may do, in the words of the standard."""

import hashlib
from base64 import b64encode

from site_builder.shared.content_policy import of_plain_page, of_themed_page, of_village_page


def name_of(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_a_plain_page_runs_and_loads_nothing() -> None:
    """Its own style by its hash, the empty icon, and nothing else from anywhere."""
    assert directives(of_plain_page("p{color:red}村")) == {
        "default-src": "'none'",
        "style-src": name_of("p{color:red}村"),
        "img-src": "data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_village_page_runs_the_site_s_files_besides() -> None:
    """What a plain page may, and scripts that are files of the site."""
    style = "p{color:red}村"
    assert directives(of_village_page(style)) == directives(of_plain_page(style)) | {
        "script-src": "'self'",
        "manifest-src": "'self'",
        "img-src": "'self' data:",
    }


def test_a_themed_page_runs_the_site_s_files_and_nothing_else() -> None:
    """Files of the site; no inline script and no inline style."""
    assert directives(of_themed_page()) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "manifest-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert directives(of_themed_page(["https://*.example.org"]))["img-src"] == "'self' data: https://*.example.org"
