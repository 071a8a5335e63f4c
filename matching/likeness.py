"""How well what one side looks for is covered by what the other offers, and by which words."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.vectors import Vectors
from matching.phrases import Phrase, Shares, shares_of_tags, tags_in_texts, texts_alike
from matching.tags import EQUAL

# From similarity to share, as with tags. Unrelated texts lie about .1, related ones about .35, two accounts of one
# occupation about .6.
TEXTS = ((-1.0, -0.1, 0.08, 0.35, 0.70, 1.0), (0.0, 0.01, 0.06, 0.74, 0.96, 1.0))
TAG_IN_TEXT = ((-1.0, -0.1, 0.15, 0.40, 0.75, 1.0), (0.0, 0.01, 0.06, 0.62, 0.92, 1.0))
SHOWN_IN_TEXTS = 0.85  # what texts can tell of a tag, beside the tags that tell of it
BEST_TEXTS = 3
MOST_QUOTED = 3
LEAST_QUOTED = 0.3  # a pair of phrases less alike than this is no reason to tell


@dataclass(frozen=True)
class Likeness:
    """How far the one covers the other, from 0 to 1, and the phrase of each that did most for it."""

    share: float
    student_phrase: str = ""
    mentor_phrase: str = ""
    lowered_for: str = ""


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

    Neither order nor spelling matters, and one more tag in common never lowers the share.
    """
    if not asked or not offered:
        return None
    tags, texts = ([p for p in offered if p.tag], [p for p in offered if not p.tag])
    cover = _cover_tags if asked[0].tag else _cover_texts
    share, shares = cover(asked, tags, texts, vectors)
    return Likeness(share, *_quotes(asked, [*tags, *texts], shares))


def _cover_tags(
    asked: Sequence[Phrase], tags: Sequence[Phrase], texts: Sequence[Phrase], vectors: Vectors
) -> tuple[float, Shares]:
    """Each tag counts by the best tag and by the texts that tell of it, as two signs of one thing: 1 - (1 - a)(1 - b).

    Of the texts the best counts half, and the mean of the best three the other half. Of all the tags asked for it
    is the root of the mean: the first things in common matter most.
    """
    by_tags = shares_of_tags(asked, tags, vectors)
    in_texts = tags_in_texts(asked, texts, vectors)
    counted = in_texts[:, [text.counted for text in texts]]
    shown = (_mean_of_best(counted, 1) + _mean_of_best(counted, BEST_TEXTS)) / 2
    by_texts = SHOWN_IN_TEXTS * np.interp(shown, *TAG_IN_TEXT) if texts else np.zeros(len(asked))
    covered = 1 - (1 - by_tags.max(axis=1, initial=0)) * (1 - by_texts)
    shares = np.concatenate([by_tags, np.interp(in_texts, *TAG_IN_TEXT)], axis=1)
    return math.sqrt(sum(sorted(covered.tolist())) / len(asked)), shares


def _cover_texts(
    asked: Sequence[Phrase], tags: Sequence[Phrase], texts: Sequence[Phrase], vectors: Vectors
) -> tuple[float, Shares]:
    """Each text counts by the best tag or the mean of the three best texts: the one best of many is often chance.

    Of all the texts asked for it is the mean of the three best.
    """
    alike = texts_alike(asked, [*tags, *texts], vectors)
    by_tags = alike[:, : len(tags)].max(axis=1, initial=-1)
    by_texts = _mean_of_best(alike[:, len(tags) :], BEST_TEXTS)
    covered = np.interp(np.maximum(by_tags, by_texts), *TEXTS)
    best = sorted(covered.tolist())[-BEST_TEXTS:]
    return sum(best) / len(best), np.interp(alike, *TEXTS)


def _mean_of_best(alike: Shares, most: int) -> Shares:
    """For each row the mean of its highest values, at most so many; -1 where there is none."""
    if not alike.shape[1]:
        return np.full(len(alike), -1.0)
    mean: Shares = np.sort(alike, axis=1)[:, -most:].mean(axis=1)
    return mean


def _quotes(asked: Sequence[Phrase], offered: Sequence[Phrase], shares: Shares) -> tuple[str, str]:
    """The tags in common, else the two phrases most alike. Their order in the profiles does not matter."""
    equal = [
        (asked[row].text, offered[column].text)
        for row, column in np.argwhere(shares == EQUAL)
        if asked[row].tag and offered[column].tag
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
