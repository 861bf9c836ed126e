"""What runs for a while: a watch with its table, and a server of one page."""
