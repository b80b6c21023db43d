"""Cutting: a finished PDF of many recipients is cut apart into one for each, with its own pages, tags and letters.

What Typst takes for a document before its first page it takes once for all (docs/decisions/21-cut-from-one-file.md).
"""
