"""Vectors of profiles in PostgreSQL: encoded when a profile is new or changed, read by whoever compares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import numpy as np
from sqlalchemy import delete, exists, insert, select

from core.models import Profile, ProfileVector
from core.rules.facts import ProfileFacts
from core.services.candidates import profile_facts
from core.uow import SYSTEM, Reading, Units, Work
from embeddings.facets import Facet, Texts, profile_texts
from embeddings.vectors import Encoder, Matrix

FLOAT = np.dtype("<f4")
# Every encoded profile has a first row of goals. Its hash tells what content was encoded.
IS_MARK = (ProfileVector.facet == Facet.GOALS) & (ProfileVector.position == 0)
AT_ONCE = 256  # profiles; about ten seconds of encoding where all of them are new


def encode_stale(units: Units, encoder: Encoder, only: Iterable[UUID] | None = None, limit: int = AT_ONCE) -> int:
    """Encode profiles whose content has no vectors of this model yet, the last changed first; how many there were.

    Encoding is done between two transactions. A profile that changed meanwhile is left for the next time. Texts
    that a profile had before are not encoded again.
    """
    with units.read(SYSTEM) as reading:
        stale = _stale(reading, encoder.name, only, limit)
        rows = load(reading, encoder.name, [profile.profile_id for profile in stale])
    texts = {profile.profile_id: profile_texts(profile) for profile in stale}
    new = {text for each in texts.values() for facet in each.values() for text in facet if text not in rows}
    ordered = sorted(new, key=len)  # texts of one length are encoded fastest together
    rows |= zip(ordered, encoder.encode(ordered), strict=True)
    for profile in stale:
        with units.work(SYSTEM) as work:
            _replace(work, profile, encoder.name, texts[profile.profile_id], rows)
    return len(stale)


def load(reading: Reading, model: str, profile_ids: Iterable[UUID]) -> dict[str, Matrix]:
    """The vector of each text of these profiles."""
    rows = reading.session.execute(
        select(ProfileVector.text, ProfileVector.vector).where(
            ProfileVector.model == model, ProfileVector.profile_id.in_(list(profile_ids))
        )
    )
    return {text: np.frombuffer(vector, FLOAT) for text, vector in rows if text}


def facet_rows(reading: Reading, model: str, profile_ids: Sequence[UUID]) -> dict[UUID, dict[Facet, Matrix]]:
    """The vectors of these profiles, those of each facet stacked. Facets left empty are left out."""
    rows = reading.session.execute(
        select(ProfileVector.profile_id, ProfileVector.facet, ProfileVector.vector)
        .where(
            ProfileVector.model == model,
            ProfileVector.profile_id.in_(profile_ids),
            ProfileVector.text != "",
        )
        .order_by(ProfileVector.profile_id, ProfileVector.facet, ProfileVector.position)
    )
    found: dict[UUID, dict[Facet, Matrix]] = {}
    for (profile_id, facet), each in groupby(rows, lambda row: (row.profile_id, row.facet)):
        found.setdefault(profile_id, {})[Facet(facet)] = np.stack([np.frombuffer(row.vector, FLOAT) for row in each])
    return found


def _stale(reading: Reading, model: str, only: Iterable[UUID] | None, limit: int) -> list[ProfileFacts]:
    current = exists().where(
        ProfileVector.profile_id == Profile.id,
        ProfileVector.model == model,
        IS_MARK,
        ProfileVector.content_hash == Profile.content_hash,
    )
    query = select(Profile).where(~current).order_by(Profile.updated_at.desc(), Profile.id).limit(limit)
    if only is not None:
        query = query.where(Profile.id.in_(list(only)))
    return [profile_facts(profile) for profile in reading.session.scalars(query)]


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
                "vector": rows[text].astype(FLOAT).tobytes() if text else b"",
                "content_hash": content_hash,
            }
            for facet, position, text in _places(texts)
        ],
    )


def _places(texts: Texts) -> Iterator[tuple[Facet, int, str]]:
    for facet, values in texts.items():
        yield from ((facet, position, text) for position, text in enumerate(values))
    if not texts[Facet.GOALS]:
        yield Facet.GOALS, 0, ""
