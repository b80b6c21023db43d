"""The whole site: what it consists of, MkDocs, and releases that are swapped in whole."""
