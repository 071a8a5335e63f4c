"""Tags people type (industries, skills, interests, languages): one label per meaning, and suggestions."""

from core.taxonomy.spelling import MAX_TAG_LENGTH, tidy
from core.taxonomy.taxonomy import BUILT_IN, Taxonomy
from core.taxonomy.terms import OwnTerm, TagKind, Term

__all__ = ["BUILT_IN", "MAX_TAG_LENGTH", "OwnTerm", "TagKind", "Taxonomy", "Term", "tidy"]
