"""What to offer while somebody types a tag."""

from difflib import get_close_matches
from enum import IntEnum

from core.taxonomy.lookup import find
from core.taxonomy.spelling import bare, tidy, words
from core.taxonomy.terms import Spelling, Vocabulary

# Two letters stand inside too many words.
_SHORTEST_PART = 3
# Close spellings are worth their time only for words long enough to have one typing error in them.
_SHORTEST_MISSPELLING = 4
_CLOSENESS = 0.75
_MOST_CLOSE = 5


class _Fit(IntEnum):
    """How a term answers what was typed, best first."""

    MEANT = 0
    LABEL_BEGINS = 1
    SYNONYM_BEGINS = 2
    WORDS_BEGIN = 3
    CONTAINS = 4
    CLOSE = 5


def suggest(vocabulary: Vocabulary, typed: str, limit: int) -> tuple[str, ...]:
    """Return labels to offer for what was typed so far, the best first, at most `limit` of them.

    What was typed stands last, so that an unknown term can be chosen as it is, unless it is a label
    already. With nothing typed these are the most chosen terms.
    """
    text = tidy(typed)
    if not text:
        return tuple(term.label for term in vocabulary.terms[:limit])
    fits = _fits(vocabulary, text)
    labels = sorted(fits, key=lambda label: (fits[label], label.casefold()))
    if any(bare(label) == bare(text) for label in labels):
        return tuple(labels[:limit])
    return (*labels[: limit - 1], text)


def _fits(vocabulary: Vocabulary, text: str) -> dict[str, _Fit]:
    """Return how each term that answers the text does so, by its label."""
    form, typed_words = bare(text), words(text)
    fits: dict[str, _Fit] = {}
    for spelling in vocabulary.spellings:
        fit = _fit(spelling, form, typed_words)
        if fit is not None and fit < fits.get(spelling.term.label, _Fit.CLOSE):
            fits[spelling.term.label] = fit
    if (meant := find(vocabulary, text)) is not None:
        fits[meant.label] = _Fit.MEANT
    if len(fits) < _MOST_CLOSE and len(form) >= _SHORTEST_MISSPELLING:
        for label in _close(vocabulary, form):
            fits.setdefault(label, _Fit.CLOSE)
    return fits


def _fit(spelling: Spelling, form: str, typed_words: tuple[str, ...]) -> _Fit | None:
    if spelling.bare.startswith(form):
        return _Fit.LABEL_BEGINS if spelling.is_label else _Fit.SYNONYM_BEGINS
    if typed_words and all(any(word.startswith(typed) for word in spelling.words) for typed in typed_words):
        return _Fit.WORDS_BEGIN
    return _Fit.CONTAINS if len(form) >= _SHORTEST_PART and form in spelling.bare else None


def _close(vocabulary: Vocabulary, form: str) -> list[str]:
    labels = {spelling.bare: spelling.term.label for spelling in vocabulary.spellings}
    return [labels[near] for near in get_close_matches(form, labels, _MOST_CLOSE, _CLOSENESS)]
