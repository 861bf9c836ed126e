"""Views: what a profile holds per function, per call, per stack, per label; computed only, never printed."""
