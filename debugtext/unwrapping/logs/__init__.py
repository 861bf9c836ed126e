"""What logs and their viewers put before, behind and between the lines."""
