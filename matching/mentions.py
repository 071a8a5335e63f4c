"""Whether a free text names a tag, by any of its names."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from core.taxonomy import TagKind, key
from core.taxonomy.spelling import bare, words
from core.taxonomy.terms import spellings

_SHORT = 2  # letters: R, Go and IT are also ordinary words, or parts of some


def mentions(text: str, kind: TagKind, tag: str) -> bool:
    """Whether the text has the tag in it as words of its own.

    Very short names must stand there letter by letter as the tag is written: "go" is not the language Go.
    """
    padded = _padded(text)
    return any(f" {name} " in padded if len(name) > _SHORT else _stands_in(text, tag) for name in _names(kind, tag))


@lru_cache(maxsize=4096)
def _names(kind: TagKind, tag: str) -> frozenset[str]:
    """Every way to write the tag, as words in lower case."""
    own = " ".join(words(tag))
    return _known_names(kind).get(key(kind, tag), frozenset()) | ({own} if own else frozenset())


@cache
def _known_names(kind: TagKind) -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for spelling in spellings(kind):
        names.setdefault(bare(spelling.term.label), set()).add(" ".join(spelling.words))
    return {meaning: frozenset(each) for meaning, each in names.items()}


@lru_cache(maxsize=32_768)
def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _stands_in(text: str, tag: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(tag)}(?![\w+#])", text) is not None
