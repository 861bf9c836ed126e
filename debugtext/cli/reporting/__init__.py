"""From INPUT arguments to a report, its outputs and an exit code."""
