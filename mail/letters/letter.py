"""A letter as it is sent."""

from dataclasses import dataclass

from mail.event import Event


@dataclass(frozen=True)
class Letter:
    """A letter, drawn both ways; the two say the same and carry the same links.

    `thread` names what belongs together in a mailbox. `standing` is how the subject stood when it was drawn.
    An `optional` letter can be refused with one click at `unsubscribe_url`. With an `event` it is an invitation.
    """

    subject: str
    text: str
    html: str
    thread: str
    standing: str
    optional: bool = False
    unsubscribe_url: str = ""
    event: Event | None = None
