"""Locks: who waits for which, who holds it, and the rules about those that nobody will release."""
