"""What people said, with its vectors, kept in memory for those who were looked at last."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final
from uuid import UUID

from core.rules.facts import ProfileFacts
from core.uow import Reading
from embeddings.facets import profile_texts
from embeddings.halves import STORED
from embeddings.store import Said, load_said
from embeddings.vectors import Encoder, Matrix

MOST_BYTES: Final = 192 << 20  # of vectors; some twelve thousand mentors


class Memory:
    """The vectors of some people, by content. Threads may share one."""

    def __init__(self, encoder: Encoder, most_bytes: int = MOST_BYTES) -> None:
        self._encoder, self._most_bytes = encoder, most_bytes
        self._known: OrderedDict[UUID, Said] = OrderedDict()  # by profile, the last used last
        self._bytes = 0
        self._changing = threading.Lock()

    def of(self, reading: Reading, profiles: Sequence[ProfileFacts]) -> dict[UUID, Said]:
        """What these profiles say, by their ids: remembered, else as stored, else encoded here and now.

        A profile may have changed since it was encoded; what comes back always belongs to its content as given.
        """
        found = self._remembered(profiles)
        missing = [each for each in profiles if each.profile_id not in found]
        stored = load_said(reading, self._encoder.name, [each.profile_id for each in missing])
        for profile in missing:
            said = stored.get(profile.profile_id)
            if said is None or said.content_hash != profile.content_hash:
                said = _encoded(profile, self._encoder)
            found[profile.profile_id] = said
        with self._changing:
            for profile in missing:
                self._keep(profile.profile_id, found[profile.profile_id])
        return found

    def forget(self, profile_ids: Iterable[UUID]) -> None:
        """Keep nothing of these any more."""
        with self._changing:
            for profile_id in profile_ids:
                if dropped := self._known.pop(profile_id, None):
                    self._bytes -= dropped.vectors.nbytes

    def _remembered(self, profiles: Sequence[ProfileFacts]) -> dict[UUID, Said]:
        found = {}
        with self._changing:
            for profile in profiles:
                said = self._known.get(profile.profile_id)
                if said is not None and said.content_hash == profile.content_hash:
                    found[profile.profile_id] = said
                    self._known.move_to_end(profile.profile_id)
        return found

    def _keep(self, profile_id: UUID, said: Said) -> None:
        old = self._known.pop(profile_id, None)
        self._known[profile_id] = said
        self._bytes += said.vectors.nbytes - (old.vectors.nbytes if old else 0)
        while self._bytes > self._most_bytes:
            _, dropped = self._known.popitem(last=False)
            self._bytes -= dropped.vectors.nbytes


def rows_of(people: Iterable[Said]) -> dict[str, Matrix]:
    """The vector of each text that any of these people said."""
    return {text: row for said in people for text, row in zip(said.texts, said.vectors, strict=True)}


def _encoded(profile: ProfileFacts, encoder: Encoder) -> Said:
    facets, start = {}, 0
    texts = profile_texts(profile)
    for facet, values in texts.items():
        if values:
            facets[facet] = slice(start, start + len(values))
            start += len(values)
    every = tuple(chain.from_iterable(texts.values()))
    return Said(profile.content_hash, every, encoder.encode(every).astype(STORED), facets)
