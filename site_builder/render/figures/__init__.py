"""Figures by county for pages and maps: rates with what they are of, totals, what they say, and how they came about."""
