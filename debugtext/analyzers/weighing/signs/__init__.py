"""The signs that tell a leak from idle goroutines: a file for each row of the table."""
