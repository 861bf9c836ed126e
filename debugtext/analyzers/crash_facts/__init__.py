"""What a report of a program's end, or of its tests' end, tells: its kind, its cause, where it happened."""
