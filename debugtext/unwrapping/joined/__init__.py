"""Repairs lines that were joined, wrapped, split or lost."""
