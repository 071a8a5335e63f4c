"""A letter with all its headers, as it is handed to a mail server."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from core.mailbox import Mailbox
from mail.calendar import icalendar
from mail.event import Event
from mail.letters.letter import Letter
from mail.text import one_line

NAME = 60


class _WholeLinks(EmailPolicy):
    """Headers that programs read stay on one line: Python would encode a long link as if it were words."""

    WHOLE = frozenset({"message-id", "references", "list-unsubscribe"})

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in self.WHOLE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


POLICY = _WholeLinks(linesep=SMTP.linesep)


def message_id(notification_id: UUID, sender: Mailbox) -> str:
    """The same for each try of one message, so that mailboxes collapse a letter that arrives twice."""
    return f"<{notification_id}@{sender.domain}>"


def enveloped(
    letter: Letter, to: Mailbox, *, sender: Mailbox, reply_to: Mailbox | None, identity: str, now: datetime
) -> EmailMessage:
    """The whole message: the text, and the HTML for who can show it.

    `References` names one parent for all letters of an offer, a request or a match, though none was ever sent under
    that id: mail programs group by it. An optional letter can be refused with one click (RFC 8058).
    """
    made = EmailMessage(policy=POLICY)
    made["From"] = sender.header()
    made["To"] = Mailbox(one_line(to.name, NAME), to.address).header()
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = identity
    made["References"] = f"<{letter.thread}@{sender.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    if reply_to:
        made["Reply-To"] = reply_to.header()
    if letter.unsubscribe_url:
        made["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.event:
        _invite(made, letter.event, sender, now)
    return made


def _invite(made: EmailMessage, event: Event, sender: Mailbox, now: datetime) -> None:
    """The event twice, as calendars look for it: as one more form of the letter (RFC 6047), and as a file."""
    drawn = icalendar(event, sender, now)
    made.add_alternative(drawn, subtype="calendar", cte="base64", params={"method": event.method})
    made.add_attachment(drawn.encode(), maintype="application", subtype="ics", filename="meeting.ics")
