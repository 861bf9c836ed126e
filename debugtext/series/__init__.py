"""Texts of one program among each other: which belong together, when they were taken, who is in two of them."""
