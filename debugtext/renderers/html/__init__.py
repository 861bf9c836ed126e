"""The HTML page: what it is made of in Python, and its scripts and styles; the flame graph also as a picture."""
