"""What an interaction hands to the app: a trigger id to open a modal with, and a response URL to answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import takewhile

from sandbox.errors import SlackError
from sandbox.store import Store

RESPONSE_LIFE, RESPONSE_USES = 1800.0, 5
FORGOTTEN_AFTER = 600.0


@dataclass
class Trigger:
    """Permission to open one modal for a person; `view` is the modal in which the person acted."""

    person: str
    view: str | None
    born: float
    used: bool = False


class Triggers:
    """Trigger ids. They live for seconds, so they are kept in memory alone."""

    def __init__(self, life: float) -> None:
        self._life = life
        self._by_id: dict[str, Trigger] = {}

    def issue(self, person: str, view: str | None = None) -> str:
        """A new trigger id."""
        now = time.monotonic()
        for old in _older(self._by_id, now - FORGOTTEN_AFTER):
            del self._by_id[old]
        key = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._by_id[key] = Trigger(person, view, now)
        return key

    def exchange(self, key: str) -> Trigger:
        """Use a trigger id, which works once.

        Raises `SlackError`: `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`.
        """
        trigger = self._by_id.get(key)
        if not trigger:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > self._life:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """Permission to answer an interaction; `message` is the timestamp of the message in which it happened."""

    person: str
    channel: str
    message: str | None
    born: float
    uses: int = 0


class ResponseUrls:
    """Response URLs, by their secret part. They outlive a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_secret = {key: ResponseUrl(**body) for key, body in store.load("response_url").items()}

    def issue(self, person: str, channel: str, message: str | None = None) -> str:
        """The secret part of a new response URL."""
        now = time.time()
        for old in _older(self._by_secret, now - RESPONSE_LIFE):
            del self._by_secret[old]
            self._store.delete("response_url", old)
        secret = secrets.token_urlsafe(18)
        self._by_secret[secret] = ResponseUrl(person, channel, message, now)
        self._store.put("response_url", secret, asdict(self._by_secret[secret]))
        return secret

    def use(self, secret: str) -> ResponseUrl:
        """Use a response URL, which works five times within half an hour.

        Raises `SlackError`: `expired_url`, `used_url`.
        """
        url = self._by_secret.get(secret)
        if not url or time.time() - url.born > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        url.uses += 1
        self._store.put("response_url", secret, asdict(url))
        return url


def _older(born_in_order: Mapping[str, Trigger | ResponseUrl], than: float) -> list[str]:
    """The keys of those born before a moment: the first ones."""
    return [key for key, _ in takewhile(lambda item: item[1].born < than, born_in_order.items())]
