"""Repeated crash reports of one input: the first ones are kept, the others recognised and counted."""
