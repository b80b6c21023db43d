"""Exports of the phone forms, laid flat as a county's clerk would type them."""
