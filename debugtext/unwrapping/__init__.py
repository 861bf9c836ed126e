"""Frees dumps from whatever is around and in them: logs, JSON, Markdown, colours, notes; restores lost tabs."""

from debugtext.unwrapping.unwrap import unwrap

__all__ = ["unwrap"]
