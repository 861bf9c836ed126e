"""Reads the debug texts that Go programs print about themselves, and says what is wrong."""
