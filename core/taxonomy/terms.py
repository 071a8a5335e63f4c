"""Terms: what a tag of one kind may mean, and how it is written. Those that come with Ithaca are in TOML files here."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

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
class OwnTerm:
    """A term a programme has of its own: a new one, or more synonyms for a known label of the same kind."""

    kind: TagKind
    label: str
    synonyms: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored as part of a setting."""
        return {"kind": self.kind.value, "label": self.label, "synonyms": list(self.synonyms)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(TagKind(stored["kind"]), stored["label"], tuple(stored["synonyms"]))


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one kind, the most chosen first, and the term each bare spelling means."""

    terms: tuple[Term, ...]
    meanings: Mapping[str, Term]

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """Every spelling of every term, labels before their synonyms."""
        return tuple(
            Spelling(term, bare(text), words(text), is_label=text is term.label)
            for term in self.terms
            for text in (term.label, *term.synonyms)
        )


Labels = Mapping[str, tuple[str, ...]]  # label → synonyms

FILES: Mapping[TagKind, str] = MappingProxyType(
    {
        TagKind.SKILL: "skills.toml",
        TagKind.INDUSTRY: "industries.toml",
        TagKind.RESEARCH: "research.toml",
        TagKind.LANGUAGE: "languages.toml",
    }
)
TOPIC_KINDS = (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH)


def vocabulary(kind: TagKind, own: Iterable[OwnTerm]) -> Vocabulary:
    """The terms of one kind, a programme's own among them.

    A label that stands in several files has the synonyms of all of them, except where one of these is
    another term of this kind. Among topics, a synonym that means two terms means neither.
    """
    own = tuple(own)
    if kind is TagKind.LANGUAGE:
        return _vocabulary(_labels(kind, own))
    everywhere = {each: _labels(each, own) for each in TOPIC_KINDS}
    if kind is not TagKind.TOPIC:
        return _vocabulary(everywhere[kind], everywhere.values())
    return _vocabulary({label: () for each in everywhere.values() for label in each}, everywhere.values())


def _labels(kind: TagKind, own: Iterable[OwnTerm]) -> Labels:
    """A file's labels and a programme's own. Where the two differ on what a spelling means, the programme is right."""
    read = _read(kind)
    known = {bare(label): label for label in read}
    added: dict[str, tuple[str, ...]] = {}
    for term in own:
        if term.kind is kind:
            label = known.setdefault(bare(term.label), term.label)
            added[label] = (*added.get(label, ()), *term.synonyms)
    meant = {bare(text): label for label, synonyms in added.items() for text in (label, *synonyms)}
    kept = {
        label: tuple(text for text in synonyms if meant.get(bare(text), label) == label)
        for label, synonyms in read.items()
    }
    return kept | {label: (*kept.get(label, ()), *synonyms) for label, synonyms in added.items()}


@cache
def _read(kind: TagKind) -> Labels:
    """Return label → synonyms as the file has them, refusing a file that says one thing twice."""
    text = Path(__file__).with_name(FILES[kind]).read_text(encoding="utf-8")
    read: dict[str, tuple[str, ...]] = {}
    meanings: dict[str, str] = {}
    for section in tomllib.loads(text).values():
        for label, synonyms in section.items():
            for spelling in (label, *synonyms):
                other = meanings.setdefault(bare(spelling), label)
                if other != label or label in read:
                    raise ValueError(f"{FILES[kind]}: {spelling!r} means both {other!r} and {label!r}")
            read[label] = tuple(synonyms)
    return MappingProxyType(read)


def _vocabulary(own: Labels, shared: Iterable[Labels] = ()) -> Vocabulary:
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
