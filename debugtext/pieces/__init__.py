"""From bytes to pieces of plain text: encodings and compression are removed, and lines keep their numbers."""
