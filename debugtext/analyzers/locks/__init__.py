"""Locks: which goroutines wait for which lock, who holds it, and the rules about locks that nobody will release."""
