"""Lines that were joined, wrapped, split or lost."""
