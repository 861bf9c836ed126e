"""The files of a user's project: its configuration, its baseline, and its sources as a checkout has them."""
