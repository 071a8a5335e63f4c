"""Whether a free text names a tag, by any of its names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from core.taxonomy import TagKind, key, terms
from core.taxonomy.spelling import words

_SHORT = 2  # letters: R, Go and IT are also ordinary words, or parts of some


@dataclass(frozen=True)
class Names:
    """How a text may name a tag: in words of its own, or just as it is written where that is very short."""

    in_words: tuple[str, ...]
    as_written: re.Pattern[str] | None


@lru_cache(maxsize=4096)
def names_of(kind: TagKind | None, tag: str) -> Names:
    """All names of a tag. Very short ones must stand letter by letter: "go" is not the language Go."""
    known = {tag}
    if kind is not None:
        known |= _known_names(kind).get(key(kind, tag), frozenset())
    in_words = {name: " ".join(words(name)) for name in known}
    short = sorted(re.escape(name) for name, plain in in_words.items() if 0 < len(plain) <= _SHORT)
    return Names(
        tuple(sorted({f" {plain} " for plain in in_words.values() if len(plain) > _SHORT})),
        re.compile(rf"(?<!\w)(?:{'|'.join(short)})(?![\w+#])") if short else None,
    )


def mentions(text: str, names: Names) -> bool:
    """Whether a free text has one of these names in it."""
    padded = _padded(text)
    for name in names.in_words:
        if name in padded:
            return True
    return names.as_written is not None and names.as_written.search(text) is not None


@cache
def _known_names(kind: TagKind) -> Mapping[str, frozenset[str]]:
    return {key(kind, term.label): frozenset((term.label, *term.synonyms)) for term in terms(kind)}


@lru_cache(maxsize=32_768)
def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "
