"""The records: frozen values that say what a text holds, and nothing about what it means."""
