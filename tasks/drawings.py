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

Draw = Callable[[Reading, Kind, UUID, UUID | None], Message]
FRESH_SECONDS = 0.2


class Drawings:
    """Draws what some claims say, in their order: as many ahead as will be sent while they are fresh."""

    def __init__(self, units: Units, claims: Sequence[Claim], draw: Draw) -> None:
        self._units, self._draw = units, draw
        self._ahead = [claim for claim in claims if claim.by is Channel.SLACK and claim.kind is not Kind.REMOVED]
        self._drawn: dict[UUID, Message | Exception] = {}
        self._drawn_at = self._given_at = float("-inf")

    def of(self, claim: Claim) -> Message:
        """What a claim says, as things stand. Raises what came up while it was drawn."""
        now = time.monotonic()
        if claim.id not in self._drawn or now - self._drawn_at > FRESH_SECONDS:
            at, sending = self._ahead.index(claim), now - self._given_at
            self._draw_some(self._ahead[at : at + max(1, int(FRESH_SECONDS / max(sending, 0.001)))])
        found = self._drawn.pop(claim.id)
        self._given_at = time.monotonic()
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
            return self._draw(reading, claim.kind, claim.subject, claim.audience.person_id)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - raised where its message is due
            return error
