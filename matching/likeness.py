"""How well what a student looks for is covered by what each of some mentors offers, and by which words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np

from embeddings.vectors import Vectors
from matching.laid_out import Offered
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

Quotes = tuple[str, str]  # a phrase of the student and one of the mentor, or two empty ones


@dataclass(frozen=True)
class Likeness:
    """How far the one covers the other, from 0 to 1, and the phrase of each that did most for it."""

    share: float
    student_phrase: str = ""
    mentor_phrase: str = ""
    lowered_for: str = ""


class Compared(Protocol):
    """How far each mentor covers what a student looks for. Who offers nothing has a share that means nothing."""

    @property
    def shares(self) -> Shares:
        """Of each mentor, from 0 to 1."""

    def quotes(self, person: int) -> Quotes:
        """The phrases that did most for the share of one of them. Asked for only where somebody reads it."""


@dataclass(frozen=True)
class Weighted:
    """Several comparisons as one: the weighted mean, in the words of the part that did most for it."""

    parts: Sequence[tuple[float, Compared]]
    shares: Shares

    def quotes(self, person: int) -> Quotes:
        """The words of the part that did most for a mentor, of those that have some."""
        told = [(weight * each.shares[person], each.quotes(person)) for weight, each in self.parts]
        return max((each for each in told if each[1][0]), key=lambda each: each[0], default=(0, ("", "")))[1]


@dataclass(frozen=True)
class Coverage:
    """One list of things asked for, all tags or all free texts, and how far each thing offered covers each of them."""

    asked: Sequence[Phrase]
    offered: Offered
    shares: Shares
    each: Shares

    def quotes(self, person: int) -> Quotes:
        """The tags in common, else the two phrases most alike."""
        offered, columns = self.offered.of(person)
        return _quotes(self.asked, offered, self.each[:, columns])


def weighted(parts: Iterable[tuple[float, Compared | None]]) -> Compared | None:
    """The weighted mean of what is asked for; None if nothing is."""
    known = [(weight, each) for weight, each in parts if each is not None]
    if len(known) < 2:
        return known[0][1] if known else None
    shares = _sum([weight * each.shares for weight, each in known]) / sum(weight for weight, _ in known)
    return Weighted(known, shares)


def coverage(asked: Sequence[Phrase], offered: Offered, vectors: Vectors) -> Compared | None:
    """How far what each mentor offers covers what is asked for, all tags or all free texts; None if that is nothing.

    Neither order nor spelling matters, and one more tag in common never lowers the share.
    """
    if not asked:
        return None
    cover = _cover_tags if asked[0].tag else _cover_texts
    return Coverage(asked, offered, *cover(asked, offered, vectors))


def _cover_tags(asked: Sequence[Phrase], offered: Offered, vectors: Vectors) -> tuple[Shares, Shares]:
    """Each tag counts by the best tag and by the texts that tell of it, as two signs of one thing: 1 - (1 - a)(1 - b).

    Of the texts the best counts half, and the mean of the best three the other half. Of all the tags asked for it
    is the root of the mean: the first things in common matter most.
    """
    tags, texts = offered.tags, offered.texts
    by_tags = shares_of_tags(asked, tags.distinct, vectors)
    in_texts = tags_in_texts(asked, texts.distinct, vectors)
    shown = (texts.mean_of_best_counted(in_texts, 1) + texts.mean_of_best_counted(in_texts, BEST_TEXTS)) / 2
    by_texts = np.where(texts.is_any, SHOWN_IN_TEXTS * np.interp(shown, *TAG_IN_TEXT), 0.0)
    covered = 1 - (1 - tags.best(by_tags, 0.0)) * (1 - by_texts)
    shares: Shares = np.sqrt(_sum(np.sort(covered, axis=0)) / len(asked))
    return shares, np.concatenate([by_tags, np.interp(in_texts, *TAG_IN_TEXT)], axis=1)


def _cover_texts(asked: Sequence[Phrase], offered: Offered, vectors: Vectors) -> tuple[Shares, Shares]:
    """Each text counts by the best tag or the mean of the three best texts: the one best of many is often chance.

    Of all the texts asked for it is the mean of the three best.
    """
    tags, texts = offered.tags, offered.texts
    alike = texts_alike(asked, [*tags.distinct, *texts.distinct], vectors)
    by_tags = tags.best(alike[:, : len(tags.distinct)], -1.0)
    by_texts = texts.mean_of_best(alike[:, len(tags.distinct) :], BEST_TEXTS)
    best = np.sort(np.interp(np.maximum(by_tags, by_texts), *TEXTS), axis=0)[-BEST_TEXTS:]
    return _sum(best) / len(best), np.interp(alike, *TEXTS)


def _sum(rows: Iterable[Shares]) -> Shares:
    """The sum of some rows, added one by one in their order: the same digits, however many mentors a row has."""
    return reduce(np.add, rows)


def _quotes(asked: Sequence[Phrase], offered: Sequence[Phrase], shares: Shares) -> Quotes:
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
