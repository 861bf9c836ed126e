"""From all findings to those that are reported: what several rules or dumps say of the same is said once."""
