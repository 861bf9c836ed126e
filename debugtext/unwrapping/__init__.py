"""Takes dumps out of whatever stands around them: logs, JSON, Markdown, colours, lost tabs, notes."""

from debugtext.unwrapping.unwrap import unwrap

__all__ = ["unwrap"]
