"""What terminals, chats, mails, web pages and spreadsheets do to a text."""
