"""Messages drawn for a batch of claims: many in one transaction while sending is fast, one at a time while it is not.

A drawing is no older than a moment when it goes out.
"""

import time
from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from bot.blocks import Message
from core.models import Channel
from core.notifications import Kind
from core.services.deliveries import Claim
from core.uow import SYSTEM, Reading, Units

Draw = Callable[[Reading, Kind, UUID], Message]
FAST_SECONDS, FRESH_SECONDS = 0.02, 0.2


class Drawings:
    """Draws what some claims say, in their order."""

    def __init__(self, units: Units, claims: Sequence[Claim], draw: Draw) -> None:
        self._units, self._draw = units, draw
        self._ahead = [claim for claim in claims if claim.by is Channel.SLACK]
        self._drawn: dict[UUID, Message | Exception] = {}
        self._drawn_at = self._asked_at = float("-inf")

    def of(self, claim: Claim) -> Message:
        """What a claim says, as things stand. Raises what came up while it was drawn."""
        now = time.monotonic()
        fast, self._asked_at = now - self._asked_at < FAST_SECONDS, now
        if claim.id not in self._drawn or now - self._drawn_at > FRESH_SECONDS:
            at = self._ahead.index(claim)
            self._draw_some(self._ahead[at:] if fast else [claim])
        found = self._drawn.pop(claim.id)
        if isinstance(found, Exception):
            raise found
        return found

    def _draw_some(self, claims: Sequence[Claim]) -> None:
        with self._units.read(SYSTEM) as reading:
            self._drawn = {claim.id: self._one(reading, claim) for claim in claims}
        self._drawn_at = time.monotonic()

    def _one(self, reading: Reading, claim: Claim) -> Message | Exception:
        """One that cannot be drawn keeps no other from being drawn."""
        try:
            return self._draw(reading, claim.kind, claim.subject)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - raised where its message is due
            return error
