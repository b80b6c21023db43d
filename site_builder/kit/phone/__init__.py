"""The phone forms of a county: XLSForm workbooks for ODK and Kobo, made from the same forms as workbook and paper."""

from site_builder.kit.phone.forms import phone_forms

__all__ = ["phone_forms"]
