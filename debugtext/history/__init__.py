"""What watches have kept: one SQLite file with every text as it came, its numbers by stack, and what happened."""
