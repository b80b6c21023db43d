"""What takes the place of compiled parts of packages where Python runs in a browser: pure parts, or a few classes.

`.ci/desk` puts these files beside the packages; nothing else imports them.
"""
