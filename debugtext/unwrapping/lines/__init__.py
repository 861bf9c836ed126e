"""What a line of Go's is, and whether a text is as Go prints it."""
