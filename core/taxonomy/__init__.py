"""Tags people type (industries, skills, interests, languages): one label per meaning, and suggestions."""

from core.taxonomy.lookup import find, fold, fold_all, key
from core.taxonomy.spelling import MAX_TAG_LENGTH, tidy
from core.taxonomy.suggestions import suggest
from core.taxonomy.terms import TagKind, Term, terms

__all__ = ["MAX_TAG_LENGTH", "TagKind", "Term", "find", "fold", "fold_all", "key", "suggest", "terms", "tidy"]
