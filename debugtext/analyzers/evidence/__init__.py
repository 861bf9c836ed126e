"""What speaks for and against trouble: one question a file, which several rules ask."""
