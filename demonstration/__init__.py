"""The demonstration's data: invented, seeded, and true to every rule that real data must keep.

The 789 villages of 2018 and the 700 of 2017 have real codes and names from the gazetteer; which of them are
poor villages, and all people, numbers, dates and texts, are invented. Every invented row says `demo`.
"""

from demonstration.generator import generate

__all__ = ["generate"]
