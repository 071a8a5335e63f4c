"""Which terms a programme may add to the taxonomy: a spelling never means two things of one kind."""

from collections.abc import Mapping, Sequence

from core.rules.errors import DomainError, NotFound
from core.taxonomy import MAX_TAG_LENGTH, OwnTerm, TagKind, Taxonomy, tidy
from core.taxonomy.spelling import bare

KINDS = (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH, TagKind.LANGUAGE)  # topics are of the first three
_ONE_LABEL_IN_ALL = (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH)


class TermsRefused(DomainError):
    """Some terms cannot be taken. `problems` maps the place of a term in the list, from 0, to a sentence."""

    code = "terms_refused"

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__(problems=dict(problems))
        self.problems = problems


def added(taxonomy: Taxonomy, terms: Sequence[OwnTerm]) -> tuple[OwnTerm, ...]:
    """The programme's terms with these among them, each label once. Raises `TermsRefused` if one cannot be taken.

    A label that is known gets more synonyms. One label is written one way in all kinds.
    """
    growing = _Growing(taxonomy)
    problems: dict[int, str] = {}
    for place, term in enumerate(terms):
        try:
            growing.add(term)
        except ValueError as error:
            problems[place] = str(error)
    if problems:
        raise TermsRefused(problems)
    return tuple(growing.own.values())


def removed(taxonomy: Taxonomy, kind: TagKind, label: str) -> tuple[OwnTerm, ...]:
    """The programme's terms without this one. Raises `NotFound`."""
    kept = tuple(term for term in taxonomy.own if (term.kind, bare(term.label)) != (kind, bare(label)))
    if len(kept) == len(taxonomy.own):
        raise NotFound(kind=kind.value, label=label)
    return kept


class _Growing:
    """A taxonomy while terms are added to it."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self.own = {(term.kind, bare(term.label)): term for term in taxonomy.own}
        self._meant: dict[tuple[TagKind, str], str] = {}  # what spellings mean by the terms added so far

    def add(self, term: OwnTerm) -> None:
        """Take a term in, tidied. Raises `ValueError` with a sentence."""
        _check(term)
        label = self._label(term)
        synonyms = {bare(text): tidy(text) for text in term.synonyms}
        for form, text in {bare(label): label, **synonyms}.items():
            meant = self._meaning(term.kind, form)
            if meant and bare(meant) != bare(label):
                raise ValueError(f"“{text}” means {meant} already.")
        new = {form: text for form, text in synonyms.items() if form != bare(label)}
        new = {form: text for form, text in new.items() if not self._meaning(term.kind, form)}
        if self._meaning(term.kind, bare(label)) and not new:
            raise ValueError(f"{label} is known already, with all these spellings.")
        place = term.kind, bare(label)
        before = self.own[place].synonyms if place in self.own else ()
        self.own[place] = OwnTerm(term.kind, label, (*before, *new.values()))
        self._meant |= {(term.kind, form): label for form in (bare(label), *new)}

    def _label(self, term: OwnTerm) -> str:
        """The label as it is written wherever it stands already."""
        form = bare(term.label)
        for kind in (term.kind, *_ONE_LABEL_IN_ALL) if term.kind in _ONE_LABEL_IN_ALL else (term.kind,):
            known = self._meaning(kind, form)
            if known and bare(known) == form:
                return known
        return tidy(term.label)

    def _meaning(self, kind: TagKind, form: str) -> str | None:
        """The label of what a spelling means."""
        known = self._taxonomy.vocabulary(kind).meanings.get(form)
        return self._meant.get((kind, form)) or (known.label if known else None)


def _check(term: OwnTerm) -> None:
    if term.kind not in KINDS:
        raise ValueError(f"A term is of one of these kinds: {', '.join(KINDS)}.")
    for text in (term.label, *term.synonyms):
        if not tidy(text):
            raise ValueError("A term has at least one letter.")
        if len(text.strip()) > MAX_TAG_LENGTH:
            raise ValueError(f"“{text[:20]}…” is longer than {MAX_TAG_LENGTH} characters.")
