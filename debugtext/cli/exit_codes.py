"""The exit codes, the contract with scripts and CI."""

CLEAN = 0
FINDINGS = 1
"""There are findings at or above `--fail-on`."""
TROUBLE = 2
"""Usage, configuration, I/O or internal error; nothing was judged."""
UNREADABLE = 3
"""The input was read but is empty or not understood."""
INTERRUPTED = 130
CLOSED_PIPE = 141
