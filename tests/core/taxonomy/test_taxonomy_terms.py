"""The files of terms are complete, tidy and free of contradictions."""

from collections import Counter

import pytest

from core.taxonomy import BUILT_IN, MAX_TAG_LENGTH, TagKind, Term, tidy
from core.taxonomy.spelling import bare

fold, terms = BUILT_IN.fold, BUILT_IN.terms


@pytest.mark.parametrize(
    ("kind", "least"),
    [(TagKind.INDUSTRY, 70), (TagKind.SKILL, 350), (TagKind.RESEARCH, 180), (TagKind.LANGUAGE, 60)],
)
def test_each_kind_covers_its_world(kind: TagKind, least: int) -> None:
    assert len(terms(kind)) >= least


@pytest.mark.parametrize("kind", TagKind)
def test_no_spelling_means_two_terms(kind: TagKind) -> None:
    forms = Counter(bare(text) for term in terms(kind) for text in (term.label, *term.synonyms))
    assert [form for form, times in forms.items() if times > 1] == []


@pytest.mark.parametrize("kind", TagKind)
def test_every_spelling_folds_into_its_own_label(kind: TagKind) -> None:
    for term in terms(kind):
        for text in (term.label, *term.synonyms):
            assert fold(kind, text) == term.label


@pytest.mark.parametrize("kind", TagKind)
def test_labels_and_synonyms_are_tidy_and_fit_an_option(kind: TagKind) -> None:
    for term in terms(kind):
        for text in (term.label, *term.synonyms):
            assert text == tidy(text) != ""
            assert len(text) <= MAX_TAG_LENGTH


def test_one_meaning_has_one_label_in_every_kind() -> None:
    labels: dict[str, str] = {}
    for kind in (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH):
        for term in terms(kind):
            assert labels.setdefault(bare(term.label), term.label) == term.label


def test_topics_are_the_skills_industries_and_interests_together() -> None:
    parts = {term.label for kind in (TagKind.SKILL, TagKind.INDUSTRY, TagKind.RESEARCH) for term in terms(kind)}
    assert {term.label for term in terms(TagKind.TOPIC)} == parts


def test_a_label_of_two_kinds_has_the_synonyms_of_both() -> None:
    by_label = {term.label: term for term in terms(TagKind.RESEARCH)}
    assert "ML" in by_label["Machine learning"].synonyms


def test_terms_are_plain_values() -> None:
    assert Term("Glass blowing") == Term("Glass blowing", ())
