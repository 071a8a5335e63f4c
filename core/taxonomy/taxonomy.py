"""What tags mean, all kinds together: one label per meaning, whatever its spelling, and suggestions."""

from collections.abc import Iterable
from functools import lru_cache

from core.taxonomy import lookup, suggestions
from core.taxonomy.spelling import bare, tidy
from core.taxonomy.terms import OwnTerm, TagKind, Term, Vocabulary, vocabulary

MOST_OFFERED = 20
_KEYS_KEPT = 65_536


class Taxonomy:
    """The terms that come with Ithaca and those a programme has of its own. It never changes: a change makes another.

    Threads may share one.
    """

    def __init__(self, own: Iterable[OwnTerm] = (), version: int = 0) -> None:
        self.own, self.version = tuple(own), version
        self._vocabularies: dict[TagKind, Vocabulary] = {}
        self._keys = lru_cache(maxsize=_KEYS_KEPT)(lambda kind, text: bare(self.fold(kind, text)))

    def vocabulary(self, kind: TagKind) -> Vocabulary:
        """The terms of one kind with all their spellings."""
        if kind not in self._vocabularies:
            self._vocabularies[kind] = vocabulary(kind, self.own)
        return self._vocabularies[kind]

    def terms(self, kind: TagKind) -> tuple[Term, ...]:
        """Every known term of a kind, the most chosen first."""
        return self.vocabulary(kind).terms

    def find(self, kind: TagKind, text: str) -> Term | None:
        """The known term a text means: by its spelling, its plural or singular, or with its short form."""
        return lookup.find(self.vocabulary(kind), text)

    def fold(self, kind: TagKind, text: str) -> str:
        """The label of the known term that is meant, else the text as typed, tidied."""
        term = self.find(kind, text)
        return term.label if term else tidy(text)

    def fold_all(self, kind: TagKind, texts: Iterable[str]) -> tuple[str, ...]:
        """Fold each text, in order, leaving out the empty ones and those that repeat a tag."""
        folded: dict[str, str] = {}
        for text in texts:
            label = self.fold(kind, text)
            if label:
                folded.setdefault(bare(label), label)
        return tuple(folded.values())

    def key(self, kind: TagKind, text: str) -> str:
        """What to compare tags of one kind by: equal keys mean the same tag."""
        return self._keys(kind, text)

    def suggest(self, kind: TagKind, typed: str, limit: int = MOST_OFFERED) -> tuple[str, ...]:
        """Labels to offer for what was typed so far; what was typed stands last, so that no term is out of reach."""
        return suggestions.suggest(self.vocabulary(kind), typed, limit)


BUILT_IN = Taxonomy()
