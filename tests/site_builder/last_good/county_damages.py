"""Ways in which a county's files are spoiled on their way. Each leaves an error that is the county's own."""

from collections.abc import Callable
from pathlib import Path

from site_builder.record.tables import county_file

Damage = Callable[[Path, str], None]
IDENTITY = "11010519491231002X"  # the standard's own example


def path_of(root: Path, table: str, county: str) -> Path:
    return root / county_file(table, county)


def rewritten(table: str, change: Callable[[str], str | bytes]) -> Damage:
    """A file's text goes through a change."""

    def spoil(root: Path, county: str) -> None:
        path = path_of(root, table, county)
        content = change(path.read_text(encoding="utf-8"))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return spoil


def removed(*names: str) -> Damage:
    """Files are deleted; all of the county's where none is named."""

    def spoil(root: Path, county: str) -> None:
        for path in (root / "content" / "data").glob(f"*/{county}.csv"):
            if not names or path.parent.name in names:
                path.unlink()

    return spoil


def last_row_again(text: str) -> str:
    return text + text.splitlines()[-1] + "\n"


def in_first_row(old: str, new: str) -> Callable[[str], str]:
    """Another text in the first row after the header."""

    def change(text: str) -> str:
        head, first, rest = text.split("\n", 2)
        return "\n".join([head, first.replace(old, new, 1), rest])

    return change


def neighbours_rows(root: Path, county: str) -> None:
    """The file of another county stands under this one's name."""
    other = "220881" if county != "220881" else "220882"
    path_of(root, "liaisons", county).write_bytes(path_of(root, "liaisons", other).read_bytes())


def conflict(text: str) -> str:
    """What git leaves in a file that somebody merges by hand and commits as it is."""
    return text.replace("\n", "\n<<<<<<< HEAD\n", 1) + "=======\n>>>>>>> main\n"


DAMAGES: dict[str, Damage] = {
    "another encoding": rewritten("liaisons", lambda text: text.encode("gb18030")),
    "half in another encoding": rewritten("liaisons", lambda text: text.encode() + "张某".encode("gb18030")),
    "two bytes a character": rewritten("villages", lambda text: text.encode("utf-16")),
    "emptied": rewritten("villages", lambda text: b""),
    "a workbook": rewritten("needs", lambda text: b"PK\x03\x04" + text.encode()),
    "noise": rewritten("activities", lambda text: bytes(range(256))),
    "cut off within a row": rewritten("liaisons", lambda text: text[: len(text) - len(text.splitlines()[-1]) // 2]),
    "semicolons": rewritten("village_surveys", lambda text: text.replace(",", ";")),
    "a column gone": rewritten("villages", lambda text: text.replace("campaign_year,", "", 1)),
    "a row twice": rewritten("liaisons", last_row_again),
    "a quote left open": rewritten("liaisons", in_first_row(",", ',"')),
    "a code in scientific notation": rewritten("villages", lambda text: text.replace("\n22", "\n2.2E+11,22", 1)),
    "a village of nowhere": rewritten("liaisons", lambda text: text.replace("\n22", "\n99", 1)),
    "a date ahead": rewritten("liaisons", in_first_row("2018-", "2028-")),
    "an identity number": rewritten("village_surveys", in_first_row(",demo", f"{IDENTITY},demo")),
    "a neighbour's rows": neighbours_rows,
    "marks of a conflict": rewritten("liaisons", conflict),
    "a file gone": removed("villages"),
    "two files gone": removed("liaisons", "activities"),
    "all files gone": removed(),
}
"""By what happened."""
