"""The exit codes, on which scripts and CI rely; those of errors are defined beside the errors."""

from debugtext.errors import TROUBLE, UNREADABLE

__all__ = ["CLEAN", "CLOSED_PIPE", "FINDINGS", "INTERRUPTED", "TROUBLE", "UNREADABLE"]

CLEAN = 0
FINDINGS = 1
"""There are findings at or above `--fail-on`."""
INTERRUPTED = 130
"""Ctrl-C, as a shell reports a program that SIGINT ended (128 + 2)."""
CLOSED_PIPE = 141
"""Nobody reads standard output any more, as after `| head` (128 + 13, SIGPIPE)."""
