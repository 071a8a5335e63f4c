"""What the worker's tasks call: one matcher for each process, with the model and the index in it."""

from uuid import UUID

from core.rules.offers import OFFERS_PER_WAVE
from core.uow import SYSTEM, Units
from embeddings.index import MentorIndex
from embeddings.profiles import ProfileEncoder
from embeddings.vectors import Encoder
from matching.search import Found, find


class Matcher:
    """Finds mentors. Threads of a process share one; make it after a fork, not before."""

    def __init__(self, units: Units, encoder: Encoder) -> None:
        self._units, self._encoder = units, encoder
        self._profiles = ProfileEncoder(units, encoder)
        self._index = MentorIndex(encoder)

    def warm(self) -> None:
        """Encode what is waiting and build the index, so that the first request is as fast as the next."""
        while self._profiles.catch_up():
            pass
        self._index.refresh(self._units)

    def find(self, request_id: UUID, limit: int = OFFERS_PER_WAVE) -> Found:
        """The mentors who fit a request best among those who may be asked. Raises `NotFound`.

        What was written a second ago counts: profiles that changed are encoded first.
        """
        self._profiles.catch_up()
        self._index.refresh(self._units)
        with self._units.read(SYSTEM) as reading:
            return find(reading, self._index, self._encoder, request_id, limit)

    def encode(self, profile_id: UUID) -> None:
        """Encode a profile that was just saved, so that no request has to wait for it."""
        self._profiles.encode(profile_id)
