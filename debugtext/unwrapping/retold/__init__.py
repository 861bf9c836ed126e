"""What people and their tools write of a dump in a form of their own."""
