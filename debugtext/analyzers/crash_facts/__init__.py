"""What the report of a crash, or of a test that was ended, says: the kind, the cause, and where it happened."""
