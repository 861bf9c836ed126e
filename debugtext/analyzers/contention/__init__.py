"""The rules about contention and threads."""
