"""The known terms of each kind, read once from the TOML files beside this module."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from core.taxonomy.spelling import bare, words


class TagKind(StrEnum):
    """What a tag is about. Topics of quick questions may be any skill, industry or research interest."""

    INDUSTRY = "industry"
    SKILL = "skill"
    RESEARCH = "research"
    TOPIC = "topic"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Term:
    """One meaning: the label people see, and other ways to write it."""

    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a term, prepared for searching."""

    term: Term
    bare: str
    words: tuple[str, ...]
    is_label: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one kind in the order of their file, and the term each bare spelling means."""

    terms: tuple[Term, ...]
    meanings: Mapping[str, Term]


_Labels = Mapping[str, tuple[str, ...]]

_FILES = {
    TagKind.SKILL: "skills.toml",
    TagKind.INDUSTRY: "industries.toml",
    TagKind.RESEARCH: "research.toml",
    TagKind.LANGUAGE: "languages.toml",
}
_TOPIC_KINDS = (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH)


def terms(kind: TagKind) -> tuple[Term, ...]:
    """Return every known term of a kind, the most chosen first."""
    return vocabulary(kind).terms


@cache
def vocabulary(kind: TagKind) -> Vocabulary:
    """Return the terms of one kind.

    A label that stands in several files has the synonyms of all of them, except where one of these is
    another term of this kind. Among topics, a synonym that means two terms means neither.
    """
    if kind is TagKind.LANGUAGE:
        return _vocabulary(_read(kind))
    everywhere = [_read(each) for each in _TOPIC_KINDS]
    if kind is not TagKind.TOPIC:
        return _vocabulary(_read(kind), everywhere)
    return _vocabulary({label: () for each in everywhere for label in each}, everywhere)


@cache
def spellings(kind: TagKind) -> tuple[Spelling, ...]:
    """Return every spelling of every term of a kind, labels before their synonyms."""
    return tuple(
        Spelling(term, bare(text), words(text), is_label=text is term.label)
        for term in terms(kind)
        for text in (term.label, *term.synonyms)
    )


@cache
def _read(kind: TagKind) -> _Labels:
    """Return label → synonyms as the file has them, refusing a file that says one thing twice."""
    text = Path(__file__).with_name(_FILES[kind]).read_text(encoding="utf-8")
    read: dict[str, tuple[str, ...]] = {}
    meanings: dict[str, str] = {}
    for section in tomllib.loads(text).values():
        for label, synonyms in section.items():
            for spelling in (label, *synonyms):
                other = meanings.setdefault(bare(spelling), label)
                if other != label or label in read:
                    raise ValueError(f"{_FILES[kind]}: {spelling!r} means both {other!r} and {label!r}")
            read[label] = tuple(synonyms)
    return MappingProxyType(read)


def _vocabulary(own: _Labels, shared: Iterable[_Labels] = ()) -> Vocabulary:
    """Join a kind's own terms with the synonyms other files have for the same labels."""
    taken = {bare(synonym): label for label, synonyms in own.items() for synonym in synonyms}
    taken |= {bare(label): label for label in own}
    texts: dict[str, dict[str, str]] = {label: {} for label in own}
    claimants: dict[str, set[str]] = {}
    for labels in (own, *shared):
        for label in own.keys() & labels.keys():
            for synonym in labels[label]:
                form = bare(synonym)
                if taken.get(form, label) == label:
                    texts[label].setdefault(form, synonym)
                    claimants.setdefault(form, set()).add(label)
    known = tuple(
        Term(label, tuple(text for form, text in texts[label].items() if claimants[form] == {label})) for label in own
    )
    return Vocabulary(known, {bare(text): term for term in known for text in (*term.synonyms, term.label)})
