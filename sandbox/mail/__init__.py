"""E-mail in the workspace: an SMTP server that keeps what it is handed, and a mailbox for every address."""
