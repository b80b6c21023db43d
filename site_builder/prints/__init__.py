"""Prints: from public records and the staff's designs to posting sheets, plaques, posters and lists on paper."""
