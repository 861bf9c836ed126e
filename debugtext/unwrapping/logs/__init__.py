"""Removes what logs and their viewers put before, behind and between lines."""
