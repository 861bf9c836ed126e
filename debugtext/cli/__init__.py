"""The command line. A command reads its options, calls the library once, prints the result and sets the exit code."""
