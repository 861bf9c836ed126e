"""The outputs that CI systems read."""
