"""A letter as it is sent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """A letter, drawn both ways; the two say the same and carry the same links.

    `thread` names what belongs together in a mailbox. `standing` is how the subject stood when it was drawn.
    An `optional` letter can be refused with one click at `unsubscribe_url`.
    """

    subject: str
    text: str
    html: str
    thread: str
    standing: str
    optional: bool = False
    unsubscribe_url: str = ""
