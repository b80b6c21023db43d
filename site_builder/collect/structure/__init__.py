"""How what was sent is laid out: which lines are heads, and what each column means."""
