"""Faults that a person switches on: what Slack and mail servers do on bad days, so that one can see what the app does.

Nothing is on after a restart.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from sandbox.changes import Change, Changes
from sandbox.store import Json


class Kind(StrEnum):
    """What can go wrong."""

    RATE_LIMIT = "rate_limit"  # 429, and how long to wait
    REFUSED_PERSON = "refused_person"  # one person cannot be written to
    DROPPED = "dropped"  # done, but the connection ends without an answer
    BROKEN = "broken"  # done, but answered with 503
    REVOKED = "revoked"  # the app's token does not count any more
    SLOW = "slow"  # every answer takes long
    MAIL_REFUSED = "mail_refused"  # 550: there is no such recipient
    MAIL_LATER = "mail_later"  # 451: try again later
    MAIL_DROPPED = "mail_dropped"  # taken, but the connection ends without an answer


REFUSALS = ("user_disabled", "cannot_dm_bot", "user_not_found", "restricted_action")


@dataclass(frozen=True)
class Fault:
    """One that is on. Without a `method`, `user` or `address` it concerns all of them.

    `seconds` is how long to wait (429) or how long an answer takes. It ends after `left` times, or at `until`
    (`time.monotonic`), or when it is switched off.
    """

    id: str
    kind: Kind
    method: str = ""
    user: str = ""
    address: str = ""
    error: str = "user_disabled"
    seconds: float = 0.0
    left: int | None = None
    until: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended by itself."""
        return self.left == 0 or (self.until is not None and time.monotonic() >= self.until)

    def shown(self) -> Json:
        """It for the page, with the seconds that remain."""
        remain = None if self.until is None else round(max(0.0, self.until - time.monotonic()), 1)
        return {
            "id": self.id, "kind": self.kind.value, "method": self.method, "user": self.user, "address": self.address,
            "error": self.error, "seconds": self.seconds, "left": self.left, "remain": remain,
        }  # fmt: skip


class Faults:
    """Those that are on, the first one first."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._on: dict[str, Fault] = {}
        self._numbers = count(1)

    def switch_on(self, fault: Fault) -> Fault:
        """Begin with it; it gets an id."""
        made = replace(fault, id=f"F{next(self._numbers)}")
        self._on[made.id] = made
        self._changes.tell(Change("faults"))
        return made

    def switch_off(self, fault_id: str | None = None) -> None:
        """End one, or all."""
        for one in list(self._on) if fault_id is None else [fault_id]:
            self._on.pop(one, None)
        self._changes.tell(Change("faults"))

    def all(self) -> list[Fault]:
        """All that are on now."""
        for fault in list(self._on.values()):
            if fault.is_over:
                del self._on[fault.id]
        return list(self._on.values())

    def meets(self, kind: Kind, *, method: str = "", user: str = "", address: str = "") -> Fault | None:
        """The fault of this kind that meets a call, a person or an address, if there is one; it counts."""
        for fault in self._fitting(kind, method, user, address.casefold()):
            if fault.left is not None:
                self._on[fault.id] = replace(fault, left=fault.left - 1)
                self._changes.tell(Change("faults"))
            return fault
        return None

    def _fitting(self, kind: Kind, method: str, user: str, address: str) -> Iterator[Fault]:
        for fault in self.all():
            named = ((fault.method, method), (fault.user, user), (fault.address.casefold(), address))
            if fault.kind is kind and all(wanted in ("", given) for wanted, given in named):
                yield fault

    def mail(self, address: str) -> str:
        """What an SMTP client is told about this recipient; empty if nothing is wrong."""
        if self.meets(Kind.MAIL_REFUSED, address=address):
            return "550 5.1.1 No such recipient here"
        if self.meets(Kind.MAIL_LATER, address=address):
            return "451 4.3.0 Try again later"
        return ""
