"""A Slack and a mail server that take everything at once, and write down when each message came."""

from collections import defaultdict
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from bot.gateway import Failure, Gateway, Meaning
from core.clock import Clock
from core.config import Settings
from mail.letters.letter import Letter
from mail.smtp import Postman


class Slack(Gateway):
    """Every account has one conversation, `D` and its id; a closed account takes nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._numbers = clock, count(1)
        self.closed: set[str] = set()
        self.posts: dict[UUID, list[datetime]] = defaultdict(list)
        self.changes = 0

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        """Take a message, open a conversation, or find a channel."""
        match method:
            case "conversations.open":
                self._refuse_closed(args["users"].split(","), method)
                return {"ok": True, "channel": {"id": "D" + args["users"].replace(",", "-")}}
            case "conversations.list":
                return {"ok": True, "channels": [_channel("mentorship-admins"), _channel("mentorship-questions")]}
            case "chat.postMessage":
                self._refuse_closed([args["channel"].removeprefix("D")], method)
                self.posts[UUID(args["metadata"]["event_payload"]["id"])].append(self._clock())
            case "chat.update":
                self.changes += 1
        return {"ok": True, "channel": args.get("channel", ""), "ts": f"{next(self._numbers)}.000000", "messages": []}

    def _refuse_closed(self, accounts: list[str], method: str) -> None:
        if self.closed.intersection(accounts):
            raise Failure(Meaning.PERSON, "user_disabled", method=method)


class Mail(Postman):
    """Takes every letter, and writes down under which Message-ID."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.letters: dict[str, list[datetime]] = defaultdict(list)

    def send(self, letter: Letter, name: str, address: str, identity: str, now: datetime) -> None:
        """Take one."""
        del letter, name, address
        self.letters[identity].append(now)


def _channel(name: str) -> dict[str, Any]:
    return {"id": f"C-{name}", "name": name, "is_member": True}
