"""How far the formats look: the limits that several of them share."""

LONGEST_LINE = 10_000
"""Longer lines are no goroutine headers, and no lines of other tools: they are not matched."""
LONGEST_GO_LINE = 100_000
"""Longer lines are not Go's, except for messages of panics, which are shortened to this length."""
MOST_FOREIGN_LINES = 5
"""How many lines of other writers (a log, a print) may stand within a text; more of them end it."""
