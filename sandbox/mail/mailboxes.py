"""All mail by address. Upper and lower case do not matter in an address."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from sandbox.changes import Change, Changes
from sandbox.mail.letter import Letter
from sandbox.store import Json, Store
from sandbox.workspace.clock import Clock


@dataclass(frozen=True)
class Mail:
    """One mail in one mailbox. `unsubscribed` is the answer to the press of its one-click link."""

    id: str
    address: str
    at: float
    raw: str
    read: bool = False
    unsubscribed: int | None = None

    @cached_property
    def letter(self) -> Letter:
        """What stands in it."""
        return Letter(self.raw.encode("latin-1"))


class Mailboxes:
    """Keeps mail in the order in which it came."""

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        self._store, self._changes, self._clock = store, changes, clock
        self._mails = {key: Mail(**body) for key, body in store.load("mail").items()}

    def take(self, addresses: list[str], raw: bytes) -> None:
        """Put a mail into the mailbox of everybody it is for."""
        for address in dict.fromkeys(address.casefold() for address in addresses):
            mail_id = f"M{secrets.token_hex(8)}"
            self._keep(Mail(mail_id, address, self._clock.time(), raw.decode("latin-1")))

    def all(self) -> dict[str, list[Mail]]:
        """The mails of each address, oldest first."""
        found: dict[str, list[Mail]] = {}
        for mail in self._mails.values():
            found.setdefault(mail.address, []).append(mail)
        return found

    def of(self, address: str) -> list[Mail]:
        """The mails of one address, newest first."""
        return [mail for mail in reversed(self._mails.values()) if mail.address == address.casefold()]

    def find(self, mail_id: str) -> Mail | None:
        """One mail."""
        return self._mails.get(mail_id)

    def mark_read(self, mail: Mail) -> None:
        """Note that it was read."""
        if not mail.read:
            self._keep(replace(mail, read=True))

    def mark_unsubscribed(self, mail: Mail, status: int) -> None:
        """Note how its one-click link was answered."""
        self._keep(replace(mail, unsubscribed=status))

    def _keep(self, mail: Mail) -> Mail:
        self._mails[mail.id] = mail
        self._store.put("mail", mail.id, asdict(mail))
        self._changes.tell(Change("mail"))
        return mail


def summary(mail: Mail) -> Json:
    """A mail as a line in a list."""
    letter = mail.letter
    return {
        "id": mail.id, "address": mail.address, "at": mail.at, "unread": not mail.read, "from": letter.sender,
        "subject": letter.header("Subject"), "preview": letter.preview,
    }  # fmt: skip


def shown(mail: Mail) -> Json:
    """A mail in full."""
    letter = mail.letter
    files = [{"name": one.name, "type": one.kind, "size": len(one.content)} for one in letter.attachments]
    return summary(mail) | {
        "headers": letter.headers, "text": letter.text, "html": letter.html, "attachments": files,
        "unsubscribe": letter.unsubscribe, "unsubscribed": mail.unsubscribed,
    }  # fmt: skip
