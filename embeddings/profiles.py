"""Keeps the vectors of profiles up to date with what people wrote."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Exists, delete, exists, func, insert, select

from core.models import Profile, ProfileVector
from core.rules.facts import ProfileFacts
from core.services.candidates import profile_facts
from core.uow import SYSTEM, Reading, Units, Work
from embeddings import marks
from embeddings.facets import Facet, Texts, profile_texts
from embeddings.store import IS_MARK, load, packed
from embeddings.vectors import Encoder, Matrix

AT_ONCE: Final = 256  # profiles; about ten seconds of encoding where all of them are new


class ProfileEncoder:
    """Encodes profiles whose content has no vectors of this model yet. Threads may share one."""

    def __init__(self, units: Units, encoder: Encoder) -> None:
        self._units, self._encoder = units, encoder
        self._current_until: datetime | None = None  # profiles changed before this are known to be encoded

    def catch_up(self, most: int = AT_ONCE) -> int:
        """Encode what has changed, the last changed first; how many profiles that were.

        It looks through all profiles the first time, and later only through those changed since.
        """
        with self._units.read(SYSTEM) as reading:
            now = marks.now(reading)
            stale = _stale(reading, self._encoder.name, most, since=self._current_until)
        self._encode(stale)
        if len(stale) < most:
            self._current_until = now - marks.OVERLAP
        return len(stale)

    def waiting(self) -> int:
        """How many profiles have no vectors of this model as they now stand."""
        with self._units.read(SYSTEM) as reading:
            stale = select(func.count(Profile.id)).where(~_is_current(self._encoder.name))
            return reading.session.scalars(stale).one()

    def encode(self, profile_id: UUID) -> None:
        """Encode one profile, if its content has changed."""
        with self._units.read(SYSTEM) as reading:
            stale = _stale(reading, self._encoder.name, 1, only=profile_id)
        self._encode(stale)

    def _encode(self, stale: list[ProfileFacts]) -> None:
        """Encode between two transactions. Texts that a profile had before are not encoded again."""
        if not stale:
            return
        with self._units.read(SYSTEM) as reading:
            rows = load(reading, self._encoder.name, [profile.profile_id for profile in stale])
        texts = {profile.profile_id: profile_texts(profile) for profile in stale}
        wanted = {text for each in texts.values() for facet in each.values() for text in facet}
        new = sorted(wanted - rows.keys(), key=len)  # texts of one length are encoded fastest together
        rows |= zip(new, self._encoder.encode(new), strict=True)
        for profile in stale:
            with self._units.work(SYSTEM) as work:
                _replace(work, profile, self._encoder.name, texts[profile.profile_id], rows)


def _stale(
    reading: Reading, model: str, most: int, *, since: datetime | None = None, only: UUID | None = None
) -> list[ProfileFacts]:
    query = select(Profile).where(~_is_current(model)).order_by(Profile.updated_at.desc(), Profile.id).limit(most)
    if since is not None:
        query = query.where(Profile.updated_at > since)
    if only is not None:
        query = query.where(Profile.id == only)
    return [profile_facts(profile) for profile in reading.session.scalars(query)]


def _is_current(model: str) -> Exists:
    return exists().where(
        ProfileVector.profile_id == Profile.id,
        ProfileVector.model == model,
        IS_MARK,
        ProfileVector.content_hash == Profile.content_hash,
    )


def _replace(work: Work, profile: ProfileFacts, model: str, texts: Texts, rows: Mapping[str, Matrix]) -> None:
    """Put new vectors in the place of all the old ones of a profile, unless its content has changed again."""
    content_hash = work.session.scalar(
        select(Profile.content_hash).where(Profile.id == profile.profile_id).with_for_update()
    )
    if content_hash != profile.content_hash:
        return
    work.session.execute(
        delete(ProfileVector).where(ProfileVector.profile_id == profile.profile_id, ProfileVector.model == model)
    )
    work.session.execute(
        insert(ProfileVector),
        [
            {
                "profile_id": profile.profile_id,
                "model": model,
                "facet": facet,
                "position": position,
                "text": text,
                "vector": packed(rows[text]) if text else b"",
                "content_hash": content_hash,
            }
            for facet, position, text in places(texts)
        ],
    )


def places(texts: Texts) -> Iterator[tuple[Facet, int, str]]:
    """The rows of a profile: facet, position and text. The first row of goals is there even if it is empty."""
    for facet, values in texts.items():
        yield from ((facet, position, text) for position, text in enumerate(values))
    if not texts[Facet.GOALS]:
        yield Facet.GOALS, 0, ""
