"""How far the formats look: the limits that several of them share."""

LONGEST_LINE = 10_000
"""Longer lines are no frames or headings of other tools: they are not matched."""
LONGEST_GO_LINE = 100_000
"""Longer lines are no lines of a dump. Go prints at most ten arguments a call, but a type's name may be very long."""
MOST_FOREIGN_LINES = 5
"""Up to this many lines of other writers may stand within a text: a log's, or a print's that came in between."""
