"""What makes a check code, told apart from the script of the page that does so for the public."""

import unicodedata

from stdnum.iso7064 import mod_37_2

from site_builder.publication.postings import ALPHABET


def tidied(entered: str) -> str:
    """A code as somebody typed it, without its hyphen and spaces, in half-width capitals."""
    return "".join(unicodedata.normalize("NFKC", entered).upper().replace("-", "").split())


def is_code(entered: str) -> bool:
    """Whether something can be a check code at all, of any village and edition: otherwise it was mistyped."""
    code = tidied(entered)
    return len(code) == 7 and mod_37_2.is_valid(code, ALPHABET)
