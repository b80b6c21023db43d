"""What stands on the pages of a PDF, read by poppler."""

import subprocess


def pages(content: bytes) -> list[str]:
    """The text of each page in the order it was set, without white space: line breaks are the typesetter's business."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return ["".join(page.split()).replace("\u200b", "") for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def text(content: bytes) -> str:
    """The text of all pages, without white space."""
    return "".join(pages(content))
