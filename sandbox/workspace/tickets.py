"""Tickets for Socket Mode: `apps.connections.open` gives one, and it opens one connection."""

from __future__ import annotations

import secrets
import time

LIFE = 30.0
"""Seconds."""


class Tickets:
    """Tickets that were given out and not used."""

    def __init__(self) -> None:
        self._born: dict[str, float] = {}

    def issue(self) -> str:
        """A new ticket."""
        now = time.monotonic()
        self._born = {ticket: born for ticket, born in self._born.items() if now - born < LIFE}
        ticket = secrets.token_urlsafe(24)
        self._born[ticket] = now
        return ticket

    def take(self, ticket: str) -> bool:
        """Use a ticket, which works once and for half a minute; whether it was good."""
        born = self._born.pop(ticket, None)
        return born is not None and time.monotonic() - born < LIFE
