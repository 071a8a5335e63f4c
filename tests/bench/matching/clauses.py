"""Sentences taken apart into clauses and what joins them, for texts that are put together anew."""

import re
from typing import Final

from embeddings.facets import passages

_JOINT: Final = re.compile(r"([,;:]? (?:and|or|but|at|for|with|to) |[,;:] )")


def taken_apart(sentence: str) -> tuple[str, ...]:
    """Clause, joint, clause, and so on, without the sign at the end; joined again they are the sentence."""
    return tuple(_JOINT.split(sentence.rstrip(".!?;")))


def clauses(text: str) -> list[str]:
    """The clauses of all sentences."""
    return beginnings(text) + continuations(text)


def beginnings(text: str) -> list[str]:
    """The first clause of each sentence."""
    return [taken_apart(sentence)[0] for sentence in passages(text)]


def continuations(text: str) -> list[str]:
    """The clauses that follow the first of a sentence."""
    return [clause for sentence in passages(text) for clause in taken_apart(sentence)[2::2]]
