"""The exit codes, the contract with scripts and CI; those of errors are theirs."""

from debugtext.errors import TROUBLE, UNREADABLE

__all__ = ["CLEAN", "CLOSED_PIPE", "FINDINGS", "INTERRUPTED", "TROUBLE", "UNREADABLE"]

CLEAN = 0
FINDINGS = 1
"""There are findings at or above `--fail-on`."""
INTERRUPTED = 130
CLOSED_PIPE = 141
