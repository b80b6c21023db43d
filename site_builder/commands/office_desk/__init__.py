"""The desk of the office: a page on this machine with which returns are taken in, from the files to the commit."""
