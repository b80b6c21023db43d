"""What a material's Typst files may ask for: files by their own names, and no package.

A package would be fetched from the network while the sheet is set, and no commit would hold what was printed. Typst
itself cannot be forbidden to fetch one, so each import names its file in plain letters, and nothing may put source
text together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_ENDING = ".typ"
# Words of Typst that read source. `std` holds them all, under names that could be put together. After a number or a
# hyphen they are words of their own, as in 2pt-eval("…").
_READER = re.compile(r"(?<![^\W\d])(?:import|include|eval|std)(?!\w)")
# No @, which begins a package, and no backslash, which could write one; nothing that goes on computing after the name.
_PLAIN = re.compile(r'(?:import|include)[ \t]+"[^"@\\]+\.typ"[ \t]*(?=:|;|\]|\}|\Z|as |\n(?!\s*[.+*/]))')


def foreign_sources(files: Mapping[str, bytes], folder: str) -> Iterator[Problem]:
    """Each line of a material's Typst files that reads source in another way. files: by name; folder: theirs."""
    for name, content in files.items():
        if name.endswith(_ENDING):
            yield from _in_file(content.decode("utf-8", "replace").replace("\r\n", "\n"), f"{folder}/{name}")


def _in_file(text: str, file: str) -> Iterator[Problem]:
    for found in _READER.finditer(text):
        if not _PLAIN.match(text, found.start()):
            start = text.rfind("\n", 0, found.start()) + 1
            entered = text[start:].split("\n", 1)[0].strip()
            line = text.count("\n", 0, start) + 1
            yield Problem(
                code=Code.MATERIAL_SOURCE,
                file=file,
                line=line,
                entered=safe_to_show(entered),
                details={"word": found.group()},
            )
