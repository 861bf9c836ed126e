"""Undoes what terminals, chats, mails, web pages and spreadsheets do to a text."""
