"""The signs by which a leak is told from idleness: a file for each row of the table."""
