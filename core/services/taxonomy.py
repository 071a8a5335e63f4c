"""What tags mean: the terms that come with Ithaca and those that staff added, in numbered versions."""

from collections.abc import Sequence
from typing import Final

from core.rules.errors import NotFound
from core.rules.taxonomy import added, removed
from core.services.settings import change, lock_setting, newest_version, stored
from core.taxonomy import BUILT_IN, OwnTerm, TagKind, Taxonomy
from core.uow import Reading, Work

TAXONOMY: Final = "taxonomy"
TERMS: Final = "terms"
_KEPT: Final = 8
_taxonomies: dict[object, Taxonomy] = {}  # by the id of their row, which never changes


def current_taxonomy(reading: Reading) -> Taxonomy:
    """The newest version: what staff added a moment ago counts."""
    return taxonomy_of(reading, newest_version(reading, TAXONOMY))


def taxonomy_of(reading: Reading, version: int) -> Taxonomy:
    """One version, as a wave was computed with it; 0 is what comes with Ithaca. Raises `NotFound`.

    The terms of a version are read once in each process.
    """
    if not version:
        return BUILT_IN
    setting = stored(reading, TAXONOMY, version)
    if setting is None:
        raise NotFound(taxonomy_version=version)
    if setting.id not in _taxonomies:
        while len(_taxonomies) >= _KEPT:
            _taxonomies.pop(next(iter(_taxonomies)), None)
        _taxonomies[setting.id] = Taxonomy(map(OwnTerm.from_json, setting.value[TERMS]), version)
    return _taxonomies[setting.id]


def add_terms(work: Work, terms: Sequence[OwnTerm], reason: str) -> Taxonomy:
    """Add terms and synonyms, all of them or none. Raises `TermsRefused` with what is wrong with which."""
    lock_setting(work, TAXONOMY)
    current = current_taxonomy(work)
    return _store(work, current.own, added(current, terms), reason)


def remove_term(work: Work, kind: TagKind, label: str, reason: str) -> Taxonomy:
    """Take back a term or synonyms that staff added. Raises `NotFound`; what comes with Ithaca stays."""
    lock_setting(work, TAXONOMY)
    current = current_taxonomy(work)
    return _store(work, current.own, removed(current, kind, label), reason)


def _store(work: Work, before: Sequence[OwnTerm], own: Sequence[OwnTerm], reason: str) -> Taxonomy:
    version = change(
        work,
        TAXONOMY,
        {TERMS: [term.as_json() for term in own]},
        reason,
        before={TERMS: [term.as_json() for term in before if term not in own]},
        after={TERMS: [term.as_json() for term in own if term not in before]},
    )
    return taxonomy_of(work, version)
