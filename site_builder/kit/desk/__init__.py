"""The desk of a county: one page that checks a return on the clerk's machine, with the software that takes it in."""
