"""The county's workbook: a sheet for each form, with what is known already filled in and locked."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs

from site_builder.kit.county import KitCounty
from site_builder.kit.workbook.choices import all_lists
from site_builder.kit.workbook.cover import write_cover
from site_builder.kit.workbook.looks import TEXT, make_style
from site_builder.kit.workbook.sheet import plan_sheet, write_form
from site_builder.kit.workbook.wording import attribute, words
from site_builder.model.campaign import Campaign
from site_builder.model.forms import BEFORE_SHEET, DIGEST_KEY, KIT_SHEET, LISTS_SHEET, Form, Forms, form_digest
from site_builder.model.schemas import Schemas
from site_builder.record.cell_digests import prefilled

_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_name(county: KitCounty, forms: Forms) -> str:
    """The name of a county's workbook file."""
    kind = "unit_file" if forms.is_of_units else "village_list_file" if forms.lists_villages else "file"
    return str(words()[kind].format(county_code=county.code))


def county_workbook(county: KitCounty, forms: Forms, schemas: Schemas, campaign: Campaign) -> bytes:
    """The workbook to send to a county: cover sheet, a sheet for each form, hidden ones for dropdowns, kit and digests.

    The same county, forms and campaign give the same bytes; the only date in it is the campaign's data_as_of.
    """
    out = io.BytesIO()
    book = Workbook(out, _SETTINGS)
    book.set_properties({"created": datetime.combine(campaign.data_as_of, time()), "title": attribute(county.name)})
    style = make_style(book)
    lists = all_lists(forms, county)
    references = {
        options: f"={LISTS_SHEET}!{xl_range_abs(0, place, len(options) - 1, place)}"
        for place, options in enumerate(lists)
    }
    write_cover(book, style, forms, county, campaign)
    for form in forms.forms.values():
        write_form(book, style, plan_sheet(form, forms, county, references), county, campaign)
    text = style(num_format=TEXT)
    _write_hidden(book, LISTS_SHEET, text, lists)
    _write_hidden(book, KIT_SHEET, text, list(zip(*kit_facts(county, forms, campaign).items(), strict=True)))
    _write_hidden(book, BEFORE_SHEET, text, list(zip(*_before(county, forms), strict=True)))
    book.worksheets()[0].activate()
    book.close()
    return out.getvalue()


def kit_facts(county: KitCounty, forms: Forms, campaign: Campaign) -> Mapping[str, str]:
    """What the workbook says of itself, for the collector."""
    facts = {
        "kit_version": forms.version,
        "county_code": county.code,
        "county_name": county.name,
        "data_status": campaign.data_status.value,
        "data_as_of": campaign.data_as_of.isoformat(),
    }
    return facts | {f"{DIGEST_KEY}{name}": form_digest(form) for name, form in forms.forms.items()}


def _before(county: KitCounty, forms: Forms) -> Iterator[tuple[str, str, str]]:
    """For each table the fields that its form shows, then its records: table, key, a digest for each field."""
    for form in forms.forms.values():
        names = _values(form)
        yield form.table.name, "", " ".join(names)
        digests = prefilled(county.code, form.table, names, county.rows.get(form.table.name, [])).digests
        for key, fields in sorted(digests.items()):
            yield form.table.name, "|".join(key), " ".join(fields.values())


def _values(form: Form) -> list[str]:
    shown = dict.fromkeys(column.field.name for column in form.columns)
    return [name for name in shown if name not in form.table.key]


def _write_hidden(book: Workbook, name: str, text: Format, columns: list[tuple[str, ...]]) -> None:
    """Add a hidden, protected sheet of texts, column by column."""
    sheet = book.add_worksheet(name)
    for place, texts in enumerate(columns):
        for row, value in enumerate(texts):
            if value:
                sheet.write_string(row, place, value, text)
    sheet.protect("")
    sheet.very_hidden()
