"""Mails for tests, handed over as any app hands them over."""

import smtplib
from email.message import EmailMessage
from typing import Any


def letter(to: str = "mia@example.org", subject: str = "A mail", text: str = "Hello", **headers: str) -> EmailMessage:
    """A mail in plain text. Names of further headers have `_` for `-`."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Demo <demo@example.org>", to, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def send(port: int, message: EmailMessage, *to: str, login: tuple[str, str] | None = None) -> dict[str, Any]:
    """Hand it over by SMTP; to these addresses, or to those it names. Returns who was refused."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as link:
        if login:
            link.login(*login)
        return dict(link.send_message(message, to_addrs=list(to) or None))
