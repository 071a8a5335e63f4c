"""Who may enter the web pages of staff: one-time links, sessions, their cookie."""
