"""How alike two texts or tags are in their wording: it knows the names and misspellings that a model does not."""

import math
from functools import lru_cache
from itertools import zip_longest

from core.taxonomy.spelling import words

STEM = 6  # letters of a word that count: "electrician" and "electrical" agree, in German as in English
SHORTEST, LONGEST = 2, 4
LONG_ENOUGH_TO_MISSPELL = 6
SHORTEST_ACRONYM = 3


@lru_cache(maxsize=65_536)
def stems(text: str) -> frozenset[str]:
    """The words of a text, each cut to its first letters."""
    return frozenset(word[:STEM] for word in words(text))


def found(asked: str, offered: str) -> float:
    """The share of the words asked for that what is offered has, whatever their endings."""
    wanted = stems(asked)
    return len(wanted & stems(offered)) / len(wanted) if wanted else 0.0


def alike(one: str, other: str) -> float:
    """The cosine of two tags as sets of the runs of two to four letters in their words."""
    ours, theirs = _runs(one), _runs(other)
    return len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if ours and theirs else 0.0


@lru_cache(maxsize=16_384)
def _runs(text: str) -> frozenset[str]:
    padded = {f" {word} " for word in words(text)}
    return frozenset(
        word[start : start + length]
        for word in padded
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(word) - length + 1)
    )


def initials(text: str) -> str:
    """The first letters of a text's words, where there are three or more: "progressive web app" is known as PWA."""
    each = words(text)
    return "".join(word[0] for word in each) if len(each) >= SHORTEST_ACRONYM else ""


def is_misspelling(one: str, other: str) -> bool:
    """Whether one slip of the keyboard makes the other of one: a letter more, less, wrong, or two exchanged.

    The first letter is right, and short words are left alone: too many of them are another word.
    """
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1] or one == other:
        return False
    if min(len(one), len(other)) < LONG_ENOUGH_TO_MISSPELL:
        return False
    same = next(place for place, pair in enumerate(zip_longest(one, other)) if pair[0] != pair[1])
    ours, theirs = one[same:], other[same:]
    exchanged = ours[:2] == theirs[:2][::-1] and ours[2:] == theirs[2:]
    return ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:] or exchanged
