"""One module a command: it reads its options, calls the library once, prints the result and sets the exit code."""
