"""What reaches the terminal: data on standard output, everything else on standard error."""
