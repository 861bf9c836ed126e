"""The table output, for people at a terminal: a module for each kind of text, and what they have in common."""
