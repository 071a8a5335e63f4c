"""What a profile may hold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.errors import InvalidFields
from core.rules.profiles import TAG, TAGS, ProfileAnswers, checked, content_hash, tidy
from core.rules.roles import Meet, Role
from tests.support.factories import MENTOR, STUDENT


def problems(answers: ProfileAnswers) -> set[str]:
    with pytest.raises(InvalidFields) as refusal:
        checked(answers)
    return set(refusal.value.problems)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    empty = ProfileAnswers(Role.STUDENT, " ", "\n")
    assert problems(empty) == {"headline", "goals", "industries", "skills", "meet"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": "x" * 121}, "headline"),
        ({"goals": "x" * 1501}, "goals"),
        ({"about": "x" * 1501}, "about"),
        ({"location": "x" * 101}, "location"),
        ({"skills": tuple(f"skill {n}" for n in range(TAGS + 1))}, "skills"),
        ({"meet": ("Telepathy",)}, "meet"),
        ({"role": Role.ADMIN}, "role"),
    ],
)
def test_each_limit_is_told_at_its_field(change: dict[str, object], field: str) -> None:
    assert problems(replace(STUDENT, **change)) == {field}  # type: ignore[arg-type]


@pytest.mark.parametrize("mentees", [0, 11, -1])
def test_mentees_at_a_time_is_a_sensible_number(mentees: int) -> None:
    assert problems(replace(MENTOR, max_mentees=mentees)) == {"max_mentees"}


def test_other_spellings_of_one_skill_fold_into_one() -> None:
    told = checked(replace(STUDENT, skills=("JS", "Javascript", "Java", "k8s", "Underwater basket weaving")))
    assert told.skills == ("JavaScript", "Java", "Kubernetes", "Underwater basket weaving")


@given(st.text())
def test_tidying_is_done_once_and_leaves_no_control_characters(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert all(c in "\n\t" or c.isprintable() or not c.isascii() for c in once)


@given(
    st.text(min_size=1, max_size=100).filter(lambda text: tidy(text) != ""),
    st.lists(st.text(min_size=1, max_size=TAG), max_size=TAGS),
)
def test_what_was_checked_passes_again_unchanged(headline: str, skills: list[str]) -> None:
    answers = replace(STUDENT, headline=headline, skills=("Python", *skills)[:TAGS])
    try:
        once = checked(answers)
    except InvalidFields:
        return
    assert checked(once) == once


def test_the_fingerprint_follows_the_text_and_nothing_else() -> None:
    base = content_hash(STUDENT)
    assert content_hash(replace(STUDENT, location="Oslo", meet=(Meet.CHAT,), max_mentees=3)) == base
    for change in ({"headline": "y"}, {"goals": "y"}, {"about": "y"}, {"skills": ("R",)}, {"research": ()}):
        assert content_hash(replace(STUDENT, **change)) != base
