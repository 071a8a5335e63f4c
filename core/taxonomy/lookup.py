"""From what was typed to the tag that is meant."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from core.taxonomy.spelling import bare, tidy
from core.taxonomy.terms import TagKind, Term, vocabulary

# Shorter words than this mean something else with an s at the end (Go, Gos).
_SHORTEST_PLURAL = 5
_WITH_SHORT_FORM = re.compile(r"(.+?)\s*\((.+)\)")


def fold(kind: TagKind, text: str) -> str:
    """Return the label of the known term that is meant, else the text as typed, tidied."""
    term = find(kind, text)
    return term.label if term else tidy(text)


def fold_all(kind: TagKind, texts: Iterable[str]) -> tuple[str, ...]:
    """Fold each text, in order, leaving out the empty ones and those that repeat a tag."""
    folded: dict[str, str] = {}
    for text in texts:
        label = fold(kind, text)
        if label:
            folded.setdefault(bare(label), label)
    return tuple(folded.values())


@lru_cache(maxsize=65_536)
def key(kind: TagKind, text: str) -> str:
    """Return what to compare tags of one kind by: equal keys mean the same tag."""
    return bare(fold(kind, text))


def find(kind: TagKind, text: str) -> Term | None:
    """Return the known term a text means: by its spelling, its plural or singular, or with its short form.

    `Natural language processing (NLP)` is understood because both parts mean the same term.
    """
    meanings = vocabulary(kind).meanings
    tidied = tidy(text)
    for form in _number_forms(bare(tidied)):
        if form in meanings:
            return meanings[form]
    parts = _WITH_SHORT_FORM.fullmatch(tidied)
    if parts is None:
        return None
    outside, inside = (meanings.get(bare(part)) for part in parts.groups())
    return outside if outside is inside else None


def _number_forms(form: str) -> Iterator[str]:
    yield form
    if len(form) < _SHORTEST_PLURAL:
        return
    yield form + "s"
    if form.endswith("y"):
        yield form[:-1] + "ies"
    if form.endswith("s"):
        yield form[:-1]
    if form.endswith("ies"):
        yield form[:-3] + "y"
