"""Slack and a mail server as they would be if they took everything: asked as ever, told nothing."""

from datetime import datetime
from itertools import count
from typing import Any

from bot.gateway import Gateway
from mail.letters.letter import Letter
from mail.smtp import Postman

ASKS = frozenset({"info", "list", "history", "replies", "members", "test", "get", "lookupByEmail", "getPermalink"})


class SilentGateway(Gateway):
    """Calls that only ask go to Slack; all others end here, with the answer of a Slack that is content."""

    def __init__(self, asked: Gateway) -> None:
        self._asked = asked
        self._numbers = count(1)
        self._invented: set[str] = set()

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        """Ask Slack, or pretend to have told it. Raises `Failure` as ever where Slack is asked."""
        if method.rpartition(".")[2] in ASKS and args.get("channel") not in self._invented:
            return self._asked.call(method, **args)
        number = next(self._numbers)
        if method == "conversations.open":
            self._invented.add(f"D-rehearsed-{number}")
            return {"ok": True, "channel": {"id": f"D-rehearsed-{number}"}}
        said = {"channel": args.get("channel", ""), "ts": f"{number}.000000", "messages": []}
        return {"ok": True, **said}


class SilentPostman(Postman):
    """Takes every letter and keeps none."""

    def send(self, letter: Letter, name: str, address: str, identity: str, now: datetime) -> None:
        """Nothing."""
