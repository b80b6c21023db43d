"""What one cell of a return says: its text understood as the field that it is for."""
