"""Recent waves made ready for other weights: how alike the two of each pair are, from what was stored with the wave."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from core.rules.previews import TriedWave
from core.rules.scores import Shares, shares_from_json
from core.services.recent_waves import RecentWave
from embeddings.vectors import Encoder
from matching.replay import recompute

MOST_ENCODED = 30
"""Waves whose shares were not kept are encoded anew, which takes a second or so each: only so many of the newest."""


def tried(waves: Sequence[RecentWave], encoder: Encoder) -> tuple[list[TriedWave], int]:
    """These waves with the shares of everybody known, and how many had to be left out.

    A wave keeps the shares of all who were scored for it; an older one only what its ten best mentors told, from which
    they are computed again by the model that it was computed with.
    """
    found, encoded = list[TriedWave](), 0
    for wave in waves:
        shares = _kept(wave)
        in_full = shares is not None
        if shares is None and wave.model == encoder.name and wave.inputs.get("mentors") and encoded < MOST_ENCODED:
            shares, encoded = _computed(wave, encoder), encoded + 1
        if shares:
            found.append(
                TriedWave(wave.batch_id, wave.request_id, wave.student_id, wave.first, in_full, shares, wave.answers)
            )
    return found, len(waves) - len(found)


def _kept(wave: RecentWave) -> Mapping[UUID, Shares] | None:
    """The shares of everybody scored, if the wave was stored with them."""
    rows = wave.inputs["candidates"]
    if any(len(row) < 4 for row in rows):
        return None
    return {UUID(mentor_id): shares_from_json(shares) for mentor_id, _, _, shares in rows}


def _computed(wave: RecentWave, encoder: Encoder) -> Mapping[UUID, Shares]:
    return {each.mentor_id: each.shares for each in recompute(wave.inputs, encoder, wave.taxonomy)}
