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
    ERROR = "error"  # any error code, also after the call was carried out
    DROPPED = "dropped"  # done, but the connection ends without an answer
    BROKEN = "broken"  # done, but answered with 503
    REVOKED = "revoked"  # the app's token does not count any more
    SLOW = "slow"  # every answer takes long
    MAIL_REFUSED = "mail_refused"  # 550: there is no such recipient
    MAIL_LATER = "mail_later"  # 451: try again later
    MAIL_DROPPED = "mail_dropped"  # taken, but the connection ends without an answer


USUAL_REFUSAL = "user_disabled"


@dataclass(frozen=True)
class Call:
    """A call of the Web API as faults see it: its method, the conversation it is about, and the people."""

    method: str
    conversations: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fault:
    """One that is on. Without a `method`, `user`, `conversation` or `address` it concerns all of them.

    `seconds` is how long to wait (429) or how long an answer takes. With `taken` the call is carried out before it is
    answered with `error`. It ends after `left` times, or at `until` (`time.monotonic`), or when it is switched off.
    """

    id: str
    kind: Kind
    method: str = ""
    user: str = ""
    conversation: str = ""
    address: str = ""
    error: str = USUAL_REFUSAL
    taken: bool = False
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
            "id": self.id, "kind": self.kind.value, "method": self.method, "user": self.user,
            "conversation": self.conversation, "address": self.address, "error": self.error, "taken": self.taken,
            "seconds": self.seconds, "left": self.left, "remain": remain,
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

    def strikes(self, kind: Kind, call: Call, *, taken: bool = False) -> Fault | None:
        """The fault of this kind that a call meets, before it is carried out or after (`taken`); it counts."""
        return self._first(
            one
            for one in self._of(kind)
            if one.taken == taken
            and one.method in ("", call.method)
            and (not one.user or one.user in call.users)
            and (not one.conversation or one.conversation in call.conversations)
        )

    def refuses(self, user: str) -> Fault | None:
        """The fault by which this person cannot be written to; it counts."""
        return self._first(one for one in self._of(Kind.REFUSED_PERSON) if one.user == user)

    def of_mail(self, kind: Kind, address: str = "") -> Fault | None:
        """The fault of this kind that a letter to an address meets; it counts."""
        return self._first(one for one in self._of(kind) if one.address.casefold() in ("", address.casefold()))

    def _of(self, kind: Kind) -> Iterator[Fault]:
        return (one for one in self.all() if one.kind is kind)

    def _first(self, fitting: Iterator[Fault]) -> Fault | None:
        fault = next(fitting, None)
        if fault and fault.left is not None:
            self._on[fault.id] = replace(fault, left=fault.left - 1)
            self._changes.tell(Change("faults"))
        return fault

    def mail(self, address: str) -> str:
        """What an SMTP client is told about this recipient; empty if nothing is wrong."""
        if self.of_mail(Kind.MAIL_REFUSED, address):
            return "550 5.1.1 No such recipient here"
        if self.of_mail(Kind.MAIL_LATER, address):
            return "451 4.3.0 Try again later"
        return ""
