"""The exit codes, on which scripts and CI rely; those of errors are defined beside the errors."""

from debugtext.errors import TROUBLE, UNREADABLE

__all__ = ["CLEAN", "CLOSED_PIPE", "FINDINGS", "INTERRUPTED", "MEANINGS", "TROUBLE", "UNREADABLE"]

CLEAN = 0
FINDINGS = 1
INTERRUPTED = 130
"""As a shell reports a program that SIGINT ended (128 + 2)."""
CLOSED_PIPE = 141
"""As a shell reports a program that SIGPIPE ended (128 + 13)."""
MEANINGS = {
    CLEAN: "nothing at or above `--fail-on` (to `check`, a text without a dump too)",
    FINDINGS: "findings at or above `--fail-on`",
    TROUBLE: "wrong usage or settings, no such input, expired ignore, internal error",
    UNREADABLE: "the input was read, but is empty or not understood",
    INTERRUPTED: "interrupted (Ctrl-C)",
    CLOSED_PIPE: "nobody reads the output any more, as after `| head`",
}
"""What each code says: in the manual, in the help of `check`, and in docs/ci.md. The highest one that applies wins."""
