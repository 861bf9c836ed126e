"""Profiles at `debug=1`, and runtime.MemStats in the forms in which programs print it."""
