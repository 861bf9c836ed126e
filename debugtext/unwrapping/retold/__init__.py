"""Rewrites dumps that people and their tools have retold in a form of their own."""
