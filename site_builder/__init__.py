"""From the counties' files to the public site, in one direction.

collect → content/data → check → records → publication → render → build → publish.
Each module imports only modules that stand before it on that way.
"""

__version__ = "0.1.0"
