"""Crash reports, with the runtime's own messages, and panics that a program has recovered."""
