"""What the commands with views, pictures and conversions of one profile share."""
