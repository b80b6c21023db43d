"""The reports of the periods: monthly bulletin, quarterly review, half-year and annual summary, from public records.

A report is tables, charts and sentences; what writes it as DOCX or workbook, and the pages, know nothing of records.
"""
