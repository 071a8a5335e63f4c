"""What decides whether two tags are the same one."""

from dataclasses import dataclass
from functools import lru_cache

from core.taxonomy import TagKind, Taxonomy
from core.taxonomy.spelling import bare
from matching import wording
from matching.mentions import Names, names_of

EQUAL = 1.0
MISSPELLED = 0.95  # what is most likely the same tag: one slip of the keyboard away, or its first letters


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a taxonomy understands it."""

    key: str
    is_known: bool
    letters: str
    initials: str
    names: Names


@lru_cache(maxsize=65_536)
def tag(taxonomy: Taxonomy, kind: TagKind, text: str) -> Tag:
    """What a text means that stands in a list of tags of one kind."""
    term = taxonomy.find(kind, text)
    names = {text, term.label, *term.synonyms} if term else {text}
    return Tag(
        taxonomy.key(kind, text), term is not None, bare(text), bare(wording.initials(text)), names_of(frozenset(names))
    )


def same(one: Tag, other: Tag) -> float:
    """What two tags count for being the same one, or most likely so; 0 if they are not.

    Two known tags that are one letter apart are two tags: only what nobody knows can be a slip of the keyboard.
    """
    if one.key == other.key:
        return EQUAL
    if one.is_known and other.is_known:
        return 0.0
    likely = (
        one.letters == other.initials
        or other.letters == one.initials
        or wording.is_misspelling(one.letters, other.letters)
    )
    return MISSPELLED if likely else 0.0
