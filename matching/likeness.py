"""How well what one side looks for is covered by what the other offers, and by which words."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.taxonomy import TagKind, key
from embeddings.vectors import Matrix, Vectors
from matching.mentions import mentions, names_of

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
MENTIONED = 0.5  # for naming a tag in free text; the other half is for how much the text is about it
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
    """How far what is offered covers what is asked for, all tags or all free texts; None if one side is empty.

    A tag asked for counts by the best thing offered, and of all of them the root of the mean: the first things in
    common matter most. A free text counts by the best tag or the mean of the three best texts (the one best text
    of many is too often chance), and of all of them the mean of the three best. So one more tag in common never
    lowers the share, and neither order nor spelling matters.
    """
    if not asked or not offered:
        return None
    are_tags = np.array([phrase.kind is not None for phrase in offered])
    similarities = vectors.similarities([p.text for p in asked], [p.text for p in offered])
    if asked[0].kind is not None:
        shares = _shares_of_tags(asked, offered, similarities, are_tags)
        best = sorted(shares.max(axis=1).tolist())
        share = math.sqrt(sum(best) / len(best))
    else:
        shares = np.interp(similarities, *TEXTS)
        best = sorted(_best_for_texts(shares, are_tags).tolist())[-BEST_TEXTS:]
        share = sum(best) / len(best)
    return Likeness(share, *_quotes(asked, offered, shares))


def _shares_of_tags(
    asked: Sequence[Phrase], offered: Sequence[Phrase], similarities: Matrix, are_tags: Flags
) -> Shares:
    """How far each thing offered (column) covers each tag asked for (row)."""
    shares: Shares = np.where(are_tags, np.interp(similarities, *TAGS), np.interp(similarities, *TAG_IN_TEXT))
    keys = [phrase.key for phrase in offered]
    texts = [(column, phrase.text) for column, phrase in enumerate(offered) if phrase.kind is None]
    for row, phrase in enumerate(asked):
        own, names = phrase.key, names_of(phrase.kind, phrase.text)
        for column, key_of_tag in enumerate(keys):
            if own and own == key_of_tag:
                shares[row, column] = EQUAL
        for column, text in texts:
            if mentions(text, names):
                shares[row, column] = MENTIONED + (1 - MENTIONED) * shares[row, column]
    return shares


def _best_for_texts(shares: Shares, are_tags: Flags) -> Shares:
    """How far all that is offered covers each text asked for."""
    by_tags: Shares = shares[:, are_tags].max(axis=1, initial=0)
    if are_tags.all():
        return by_tags
    by_texts: Shares = np.sort(shares[:, ~are_tags], axis=1)[:, -BEST_TEXTS:].mean(axis=1)
    return np.maximum(by_tags, by_texts)


def _quotes(asked: Sequence[Phrase], offered: Sequence[Phrase], shares: Shares) -> tuple[str, str]:
    """The tags in common, else the two phrases most alike. Their order in the profiles does not matter."""
    equal = [
        (asked[row].text, offered[column].text)
        for row, column in np.argwhere(shares == EQUAL)
        if asked[row].kind is not None and offered[column].kind is not None
    ]
    if equal:
        quoted = sorted(equal)[:MOST_QUOTED]
        return ", ".join(ours for ours, _ in quoted), ", ".join(theirs for _, theirs in quoted)
    quotable = np.array([p.quotable for p in asked])[:, None] & np.array([p.quotable for p in offered])
    told = shares * quotable
    most = told.max()
    if most < LEAST_QUOTED:
        return "", ""
    return max((asked[row].text, offered[column].text) for row, column in np.argwhere(told == most))
