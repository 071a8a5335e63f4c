"""Tells the pages that are open which part of what they show has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Literal

What = Literal["messages", "conversations", "home", "modals", "users", "log", "mail", "clock", "faults"]


@dataclass(frozen=True)
class Change:
    """A part that has to be read again; `channel` says which conversation's messages."""

    what: What
    channel: str | None = None


class _Reader:
    """One open page: the changes it has not heard of yet, each once."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.pending: dict[Change, None] = {}
        self.woken = asyncio.Event()


class Changes:
    """Passes changes to whoever follows. What changes often is told once: readers read the newest state."""

    def __init__(self) -> None:
        self._readers: set[_Reader] = set()
        self._closed = False

    def tell(self, change: Change, people: Iterable[str] | None = None) -> None:
        """Let these people know, or everybody."""
        concerned = None if people is None else set(people)
        for reader in self._readers:
            if concerned is None or reader.person in concerned:
                reader.pending[change] = None
                reader.woken.set()

    async def follow(self, person: str, quiet: float) -> AsyncIterator[Change | None]:
        """Changes for this person as they come; None after `quiet` seconds without any."""
        reader = _Reader(person)
        self._readers.add(reader)
        try:
            while not self._closed:
                try:
                    await asyncio.wait_for(reader.woken.wait(), quiet)
                except TimeoutError:
                    yield None
                reader.woken.clear()
                pending, reader.pending = reader.pending, {}
                for change in pending:
                    yield change
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        for reader in self._readers:
            reader.woken.set()
