"""Rows that hold what is another row's: slipped by a line or sorted apart, or one person for many villages."""
