"""What a sheet says of itself that it is: another list, an old one, a plan, of those who left, of another year."""
