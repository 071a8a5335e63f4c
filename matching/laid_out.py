"""What many mentors offer by one criterion, laid out so that whatever several of them say is compared only once."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.phrases import Phrase, Shares

NOTHING: Final = -np.inf  # stands where somebody said less than others
NONE_ALIKE: Final = -1.0  # how alike one is who said nothing


class Phrases:
    """Phrases of many people: each text once, and where those of each person stand."""

    def __init__(self, people: Sequence[Sequence[Phrase]]) -> None:
        self.people = people
        places: dict[str, int] = {}
        self.columns = [[places.setdefault(phrase.text, len(places)) for phrase in each] for each in people]
        self.distinct: list[Phrase] = list({phrase.text: phrase for each in people for phrase in each}.values())
        most = max((len(each) for each in people), default=0)
        self._places = np.full((len(people), most), len(places), np.intp)
        self._counted = np.zeros((len(people), most), bool)
        for person, own in enumerate(self.columns):
            self._places[person, : len(own)] = own
            self._counted[person, : len(own)] = [phrase.counted for phrase in people[person]]
        self.is_any: NDArray[np.bool_] = np.array([bool(each) for each in people], bool)

    def best(self, alike: Shares, least: float) -> Shares:
        """From how alike each text is, asked x texts, to the most alike of each person, asked x people."""
        highest: Shares = self._spread(alike, least).max(axis=2, initial=least)
        return highest

    def mean_of_best(self, alike: Shares, most: int) -> Shares:
        """The same, with the mean of the highest of each person, at most so many; -1 where there is none."""
        return _mean_of_best(self._spread(alike, NOTHING), most)

    def mean_of_best_counted(self, alike: Shares, most: int) -> Shares:
        """The same, of those that are evidence of their own."""
        return _mean_of_best(np.where(self._counted, self._spread(alike, NOTHING), NOTHING), most)

    def _spread(self, alike: Shares, nothing: float) -> Shares:
        """From asked x texts to asked x people x the most that one of them said."""
        padded = np.concatenate([alike, np.full((len(alike), 1), nothing)], axis=1)
        spread: Shares = padded.take(self._places, axis=1)
        return spread


class Offered:
    """What each of some mentors offers by one criterion: tags and free texts."""

    def __init__(self, people: Sequence[Sequence[Phrase]]) -> None:
        self.tags = Phrases([[phrase for phrase in each if phrase.tag] for each in people])
        self.texts = Phrases([[phrase for phrase in each if not phrase.tag] for each in people])
        self.is_any = self.tags.is_any | self.texts.is_any

    def of(self, person: int) -> tuple[list[Phrase], list[int]]:
        """What one of them offers, with the columns in which it stands: tags first, then texts."""
        phrases = [*self.tags.people[person], *self.texts.people[person]]
        first = len(self.tags.distinct)
        return phrases, [*self.tags.columns[person], *(first + column for column in self.texts.columns[person])]


def _mean_of_best(spread: Shares, most: int) -> Shares:
    best = np.sort(spread, axis=2)[:, :, -most:]
    known = best > NOTHING
    mean: Shares = np.where(known, best, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    return np.where(known.any(axis=2), mean, NONE_ALIKE)
