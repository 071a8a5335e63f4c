"""From what was typed to the term that is meant."""

import re
from collections.abc import Iterator

from core.taxonomy.spelling import bare, tidy
from core.taxonomy.terms import Term, Vocabulary

# Shorter words than this mean something else with an s at the end (Go, Gos).
_SHORTEST_PLURAL = 5
_WITH_SHORT_FORM = re.compile(r"(.+?)\s*\((.+)\)")


def find(vocabulary: Vocabulary, text: str) -> Term | None:
    """Return the known term a text means: by its spelling, its plural or singular, or with its short form.

    `Natural language processing (NLP)` is understood because both parts mean the same term.
    """
    meanings = vocabulary.meanings
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
