"""Recognizes lines that Go prints, and says whether a text is as Go prints it."""
