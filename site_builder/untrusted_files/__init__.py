"""What a county sent, as it stands: sheets of cells, read strictly and in safety, before anything is made of them."""

from site_builder.untrusted_files.file import Note, Received, Sheet, Value
from site_builder.untrusted_files.formats.bounds import address
from site_builder.untrusted_files.reading import read, reading_ahead

__all__ = ["Note", "Received", "Sheet", "Value", "address", "read", "reading_ahead"]
