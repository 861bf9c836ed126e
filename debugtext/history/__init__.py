"""The store of `debugtext watch`: one SQLite file with every text as it came, its numbers by stack, and events."""
