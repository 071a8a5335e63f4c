"""Which texts of a person are encoded."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.rules.facts import ProfileFacts, RequestFacts
from embeddings.facets import (
    MAX_LENGTH,
    MAX_PASSAGES,
    MAX_TAGS,
    Facet,
    passages,
    profile_texts,
    request_texts,
)

NOBODY = ProfileFacts(UUID(int=1), UUID(int=2))
MENTOR = replace(
    NOBODY,
    headline="Data scientist in pharma",
    goals="Finding a first job. Reading a contract!",
    about="I came from biology.",
    industries=("Biotechnology",),
    research=("Genomics",),
    skills=("Python", "R"),
)


def test_each_value_and_each_sentence_stands_by_itself() -> None:
    texts = profile_texts(MENTOR)
    assert texts[Facet.SKILLS] == ("Python", "R")
    assert texts[Facet.RESEARCH] == ("Genomics",)
    assert {"Finding a first job.", "Reading a contract!", MENTOR.goals} <= set(texts[Facet.GOALS])
    assert {"Biotechnology", "Data scientist in pharma", "I came from biology."} <= set(texts[Facet.EXPERTISE])


def test_a_request_says_what_its_student_looks_for() -> None:
    student = replace(MENTOR, goals="A job in research.", about="")
    texts = request_texts(RequestFacts(UUID(int=3), student, "A plan.", anything_else="In the evening."))
    assert {"A plan.", "In the evening.", "A job in research."} <= set(texts[Facet.GOALS])
    assert texts[Facet.SKILLS] == student.skills


def test_an_empty_profile_has_no_texts() -> None:
    assert not any(profile_texts(NOBODY).values())


def test_lines_and_sentences_are_told_apart() -> None:
    assert passages("I work with R 4.2 and C. elegans\n- papers\n\n  e-mail: a.b@c.org; slides") == (
        "I work with R 4.2 and C. elegans",
        "- papers",
        "e-mail: a.b@c.org;",
        "slides",
    )


def test_however_much_is_told_the_number_of_texts_is_bounded() -> None:
    long = " ".join(f"Sentence number {number} about work." for number in range(400))
    texts = profile_texts(
        replace(MENTOR, goals=long, about=long, skills=tuple(f"skill {number}" for number in range(101)))
    )
    assert len(texts[Facet.SKILLS]) == MAX_TAGS
    assert len(passages(long)) <= MAX_PASSAGES
    assert all(len(text) <= MAX_LENGTH for facet in texts.values() for text in facet)


@given(st.text())
def test_passages_stand_in_the_text_as_they_are_and_lose_no_word(text: str) -> None:
    found = passages(text)
    assert all(passage in text and passage.strip() for passage in found)
    if len(set(found)) == len(found):
        assert set(text.split()) <= {word for passage in found for word in passage.split()}
