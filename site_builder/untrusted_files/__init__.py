"""What a county sent, as it stands: sheets of cells, read strictly and in safety, before anything is made of them."""

from site_builder.untrusted_files.file import Note, Sheet, UntrustedFile, Value
from site_builder.untrusted_files.formats.bounds import address
from site_builder.untrusted_files.reading import read, reading_ahead, words

__all__ = ["Note", "Sheet", "UntrustedFile", "Value", "address", "read", "reading_ahead", "words"]
