"""How well what one side looks for is covered by what the other offers, and by which words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.taxonomy import TagKind, key
from embeddings.vectors import Vectors
from matching.mentions import mentions

Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]

# From similarity to share: nothing up to the first number, the third at the second, a straight line between.
# Read off the quality sets for all-MiniLM-L6-v2 with letters: unrelated texts lie about .1, two accounts of
# one occupation about .6, related tags (biotechnology, pharmaceuticals) about .5. Only equal tags count 1.
TEXT_RAMP = (0.10, 0.60, 1.0)
TAG_RAMP = (0.25, 0.95, 0.8)
TAG_IN_TEXT_RAMP = (0.15, 0.75, 0.8)
RAMPS = np.array([[TEXT_RAMP, TEXT_RAMP], [TAG_IN_TEXT_RAMP, TAG_RAMP]])  # [asked is a tag][offered is a tag]
MENTIONED = 0.9  # a tag asked for that a free text names
BEST_TEXTS = 3
MOST_QUOTED = 3
LEAST_QUOTED = 0.3  # a pair of phrases less alike than this is no reason to tell


@dataclass(frozen=True)
class Phrase:
    """Something one side said. A tag has a kind; a free text has none."""

    text: str
    kind: TagKind | None = None
    weight: float = 1.0
    quotable: bool = True  # whether somebody wrote it just as it is here

    @property
    def key(self) -> str:
        """What equal tags have in common; empty for a free text."""
        return key(self.kind, self.text) if self.kind else ""


@dataclass(frozen=True)
class Likeness:
    """How far the one covers the other, from 0 to 1, and the phrase of each that did most for it."""

    share: float
    student_phrase: str = ""
    mentor_phrase: str = ""


def coverage(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Likeness | None:
    """How far what is offered covers what is asked for; None where one side said nothing.

    Each thing asked for counts by the best tag offered, or by the mean of the three best free texts if that
    is more (the one best text of many is too often chance). The share is the weighted mean over what is asked
    for. So one more tag in common never lowers it, and neither order nor spelling matters.
    """
    if not asked or not offered:
        return None
    shares = _shares(asked, offered, vectors)
    is_tag = np.array([phrase.kind is not None for phrase in offered])
    best = np.array([_best(row, is_tag, phrase) for row, phrase in zip(shares, asked, strict=True)])
    weights = np.array([phrase.weight for phrase in asked])
    return Likeness(float(weights @ best / weights.sum()), *_quotes(asked, offered, shares))


def _shares(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Shares:
    """How far each thing offered (column) covers each thing asked for (row)."""
    ours, theirs = ([int(phrase.kind is not None) for phrase in side] for side in (asked, offered))
    none_at, most_at, most = np.moveaxis(RAMPS[np.ix_(ours, theirs)], -1, 0)
    similarities = vectors.similarities([p.text for p in asked], [p.text for p in offered])
    shares: Shares = np.clip((similarities - none_at) / (most_at - none_at), 0, 1) * most
    keys = [phrase.key for phrase in offered]
    for row, phrase in enumerate(asked):
        if phrase.kind is None:
            continue
        for column, other in enumerate(offered):
            if other.kind is not None:
                if phrase.key == keys[column]:
                    shares[row, column] = 1
            elif mentions(other.text, phrase.kind, phrase.text):
                shares[row, column] = max(MENTIONED, shares[row, column])
    return shares


def _best(row: Shares, is_tag: Flags, asked: Phrase) -> float:
    if asked.kind is not None:
        return float(row.max())
    texts = np.sort(row[~is_tag])[-BEST_TEXTS:]
    return max(float(row[is_tag].max(initial=0)), float(texts.mean()) if texts.size else 0.0)


def _quotes(asked: Sequence[Phrase], offered: Sequence[Phrase], shares: Shares) -> tuple[str, str]:
    """The tags in common, else the two phrases most alike. Order of the profile does not matter."""
    equal = sorted(
        (ours.text, theirs.text)
        for ours, row in zip(asked, shares, strict=True)
        for theirs, share in zip(offered, row, strict=True)
        if share == 1 and ours.kind is not None and theirs.kind is not None
    )[:MOST_QUOTED]
    if equal:
        return ", ".join(ours for ours, _ in equal), ", ".join(theirs for _, theirs in equal)
    pairs = (
        (share, ours.text, theirs.text)
        for ours, row in zip(asked, shares, strict=True)
        for theirs, share in zip(offered, row, strict=True)
        if share >= LEAST_QUOTED and ours.quotable and theirs.quotable
    )
    _, ours, theirs = max(pairs, default=(0.0, "", ""))
    return ours, theirs
