"""Where a text comes from: standard input, a file, or one GET from a running program."""
