"""Lists of liaisons with phones and without a column for consents: no phone in them is made public, which is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.collect.structure.parts import Table
from site_builder.collect.values.cells import is_blank
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_PHONE, _CONSENT = "work_phone", "phone_consent"


def problems(file: str, found: Iterable[Table]) -> Iterator[Problem]:
    """One word for each file, at its first such list."""
    for table in found:
        form, columns = table.header.form, table.header.columns
        asked = {column.field.name: place for place, column in columns.items()}
        if form.table.name != "liaisons" or _PHONE not in asked or _CONSENT in asked:
            continue
        if not all(map(is_blank, table.header.below(table.sheet, asked[_PHONE]))):
            titles = {"title": form.table.field(_CONSENT).title, "phone": form.table.field(_PHONE).title}
            yield Problem(code=Code.CONSENT_UNASKED, file=file, sheet=table.name, details=titles)
            return
