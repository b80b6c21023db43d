"""Forms that counties have been sent are told apart by their version: another form has another one.

`form_editions.json` holds, by version, the digest of each form with what it offers. Blessing adds a version, and never
changes one: a form that was changed since is a new version, in survey_schemas/forms.json.
"""

import hashlib
import json
from pathlib import Path

import pytest

from site_builder.model import forms, schemas
from site_builder.model.forms import Form, form_digest

PROJECT = Path(__file__).resolve().parents[2]
EDITIONS = Path(__file__).with_name("form_editions.json")


def digest(form: Form) -> str:
    """Of the form and the codes that its dropdowns offer."""
    offers = [sorted(column.field.choices) for column in form.columns]
    return hashlib.sha256(json.dumps([form_digest(form), offers]).encode()).hexdigest()[:16]


@pytest.mark.golden
def test_a_form_that_was_changed_has_a_version_of_its_own(request: pytest.FixtureRequest) -> None:
    """Else a kit of before is told that the office forgot to say so, instead of that it is an old one."""
    asked = forms.load(PROJECT, schemas.load(PROJECT))
    now = {name: digest(form) for name, form in sorted(asked.forms.items())}
    editions = json.loads(EDITIONS.read_text(encoding="utf-8"))
    if request.config.getoption("--bless") and asked.version not in editions:
        editions[asked.version] = now
        EDITIONS.write_text(f"{json.dumps(editions, indent=2)}\n", encoding="utf-8")
    assert editions.get(asked.version) == now, "raise the version in survey_schemas/forms.json, then `make bless`"
    assert list(editions)[-1] == asked.version
