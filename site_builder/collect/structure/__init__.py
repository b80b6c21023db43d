"""Structure before cells: which tables a sheet holds, where their heads, rows, sums and notes stand."""
