"""How well what one side looks for is covered by what the other offers, and by which words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.taxonomy import TagKind, key
from embeddings.vectors import Vectors
from matching.mentions import mentions

Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]

# From similarity to share: straight lines between these points, read off the sample people and the quality sets
# for all-MiniLM-L6-v2 with letters. Unrelated texts lie about .1, related ones about .35, two accounts of one
# occupation about .6; related tags (biotechnology, pharmaceuticals) about .5. Only equal tags count 1.
TEXTS = ((0.08, 0.35, 0.70), (0.0, 0.75, 1.0))
SIMILAR_MOST = 0.8  # the most that two tags count that are alike and not equal
TAGS = ((0.25, 0.55, 1.0), (0.0, 0.4, SIMILAR_MOST))
TAG_IN_TEXT = ((0.15, 0.75), (0.0, 0.8))
EQUAL = 1.0
MENTIONED = 0.9  # a tag asked for that a free text names
BEST_TEXTS = 3
MOST_QUOTED = 3
LEAST_QUOTED = 0.3  # a pair of phrases less alike than this is no reason to tell

_key = lru_cache(maxsize=65_536)(key)


@dataclass(frozen=True)
class Phrase:
    """Something one side said. A tag has a kind; a free text has none."""

    text: str
    kind: TagKind | None = None
    quotable: bool = True  # whether somebody wrote it just as it is here

    @property
    def key(self) -> str:
        """What equal tags have in common; empty for a free text."""
        return _key(self.kind, self.text) if self.kind else ""


@dataclass(frozen=True)
class Likeness:
    """How far the one covers the other, from 0 to 1, and the phrase of each that did most for it."""

    share: float
    student_phrase: str = ""
    mentor_phrase: str = ""


def weighted(parts: Iterable[tuple[float, Likeness | None]]) -> Likeness | None:
    """The weighted mean of what is known, in the words of the part that did most for it; None if nothing is."""
    known = [(weight, likeness) for weight, likeness in parts if likeness is not None]
    if not known:
        return None
    share = sum(weight * each.share for weight, each in known) / sum(weight for weight, _ in known)
    told = [(weight * each.share, each) for weight, each in known if each.student_phrase]
    best = max(told, key=lambda each: each[0])[1] if told else Likeness(0)
    return Likeness(share, best.student_phrase, best.mentor_phrase)


def coverage(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Likeness | None:
    """How far what is offered covers what is asked for; None where one side said nothing.

    A tag asked for counts by the best thing offered, a free text by the best tag or the mean of the three best
    texts (the one best text of many is too often chance). Of the tags together the root of their mean counts:
    the first things in common matter most. Of the free texts, the mean of the three best. So one more tag in
    common never lowers the share, and neither order nor spelling matters.
    """
    if not asked or not offered:
        return None
    tags = _are_tags(asked), _are_tags(offered)
    shares = _shares(asked, offered, vectors, tags)
    best = np.sort(_best(shares, tags))
    share = np.sqrt(best.mean()) if tags[0].all() else best[-BEST_TEXTS:].mean()
    return Likeness(float(share), *_quotes(asked, offered, shares, tags))


def _are_tags(phrases: Sequence[Phrase]) -> Flags:
    return np.array([phrase.kind is not None for phrase in phrases])


def _shares(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors, tags: tuple[Flags, Flags]) -> Shares:
    """How far each thing offered (column) covers each thing asked for (row)."""
    similarities = vectors.similarities([p.text for p in asked], [p.text for p in offered])
    shares: Shares = np.interp(similarities, *TEXTS)
    for offered_are_tags, ramp in ((tags[1], TAGS), (~tags[1], TAG_IN_TEXT)):
        block = np.ix_(tags[0], offered_are_tags)
        shares[block] = np.interp(similarities[block], *ramp)
    keys = [phrase.key for phrase in offered]
    for row, phrase in enumerate(asked):
        if phrase.kind is None:
            continue
        own = phrase.key
        for column, other in enumerate(offered):
            if keys[column]:
                if own == keys[column]:
                    shares[row, column] = EQUAL
            elif mentions(other.text, phrase.kind, phrase.text):
                shares[row, column] = max(MENTIONED, shares[row, column])
    return shares


def _best(shares: Shares, tags: tuple[Flags, Flags]) -> Shares:
    """How far each thing asked for is covered by all that is offered."""
    asked_tags, offered_tags = tags
    by_tags: Shares = shares[:, offered_tags].max(axis=1, initial=0)
    if offered_tags.all():
        return by_tags
    texts = np.sort(shares[:, ~offered_tags], axis=1)[:, -BEST_TEXTS:]
    by_texts = np.where(asked_tags, texts[:, -1], texts.mean(axis=1))
    return np.maximum(by_tags, by_texts)


def _quotes(
    asked: Sequence[Phrase], offered: Sequence[Phrase], shares: Shares, tags: tuple[Flags, Flags]
) -> tuple[str, str]:
    """The tags in common, else the two phrases most alike. Their order in the profiles does not matter."""
    equal = (shares == EQUAL) & tags[0][:, None] & tags[1][None, :]
    if equal.any():
        pairs = sorted((asked[row].text, offered[column].text) for row, column in np.argwhere(equal))
        return ", ".join(ours for ours, _ in pairs[:MOST_QUOTED]), ", ".join(
            theirs for _, theirs in pairs[:MOST_QUOTED]
        )
    quotable = np.outer([p.quotable for p in asked], [p.quotable for p in offered])
    told = np.where(quotable, shares, 0)
    if told.max() < LEAST_QUOTED:
        return "", ""
    return max((asked[row].text, offered[column].text) for row, column in np.argwhere(told == told.max()))
