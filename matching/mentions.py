"""Whether a free text names a tag, by any of its names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.taxonomy.spelling import words

_SHORT = 2  # letters: R, Go and IT are also ordinary words, or parts of some


@dataclass(frozen=True)
class Names:
    """How a text may name a tag: in words of its own, or just as it is written where that is very short."""

    in_words: tuple[str, ...]
    as_written: re.Pattern[str] | None


def names_of(known: frozenset[str]) -> Names:
    """How a text may name what has these names. Very short ones must stand letter by letter: "go" is not Go."""
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


@lru_cache(maxsize=32_768)
def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "
