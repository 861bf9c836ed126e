"""Markdown, for issues, chats and summaries of CI jobs."""
