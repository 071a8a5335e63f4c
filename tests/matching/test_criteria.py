"""What each criterion compares."""

from typing import Any

import pytest

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import Criterion
from core.taxonomy import BUILT_IN
from matching import circumstances
from matching.criteria import BY_MEANING
from matching.likeness import Likeness
from matching.phrases import SIMILAR_MOST
from matching.rubric import Comparison, Mentor
from tests.matching.people import NOW, asking, person, vectors


def alike(criterion: Criterion, request: RequestFacts, mentor: ProfileFacts) -> Likeness | None:
    compared = Comparison(request, [Mentor.of(mentor, BUILT_IN)], vectors(request, mentor), NOW)
    return compared.likenesses(0)[criterion]


def skills(asked: tuple[str, ...], **offered: Any) -> Likeness:
    request, mentor = asking(skills=asked), person(**offered)
    likeness = alike(Criterion.SKILLS, request, mentor)
    assert likeness is not None
    return likeness


def goals(request: RequestFacts, mentor: ProfileFacts) -> Likeness | None:
    return alike(Criterion.GOALS, request, mentor)


def test_synonyms_are_one_skill() -> None:
    assert skills(("k8s", "JS"), skills=("Kubernetes", "javascript")).share == 1


def test_both_sides_are_quoted_as_they_wrote() -> None:
    found = skills(("k8s",), skills=("Kubernetes",))
    assert (found.student_phrase, found.mentor_phrase) == ("k8s", "Kubernetes")


@pytest.mark.parametrize(("one", "other"), [("GraphQL", "Grapqhl"), ("service-oriented design", "SOD")])
def test_a_slip_of_the_keyboard_and_first_letters_count_nearly_as_the_same(one: str, other: str) -> None:
    assert 0.9 < skills((one,), skills=(other,)).share < 1
    assert 0.9 < skills((other,), skills=(one,)).share < 1


def test_of_two_skills_the_more_similar_one_counts_more_even_far_from_equal() -> None:
    shares = [
        skills(("one two three four five six",), skills=(offered,)).share
        for offered in ("one two seven eight nine", "one two three seven eight", "one two three four five seven")
    ]
    assert shares == sorted(set(shares))


@pytest.mark.parametrize(("one", "other"), [("Java", "JavaScript"), ("C", "C++"), ("C#", "C++")])
def test_similar_is_not_equal(one: str, other: str) -> None:
    assert skills((one,), skills=(other,)).share < SIMILAR_MOST**0.5


def test_a_skill_that_a_text_names_counts_nearly_as_one_that_is_listed() -> None:
    found = skills(("Kubernetes",), about="I have run k8s clusters for years. I also cook.")
    assert 0.4 < found.share < 1
    assert found.share > skills(("Kubernetes",), about="I have run clusters for years. I also cook.").share
    assert found.mentor_phrase == "I have run k8s clusters for years."


def test_an_ordinary_word_is_not_a_short_skill() -> None:
    named = skills(("Go",), about="Services in Go at a bank")
    assert skills(("Go",), about="I go to work by bicycle").share < named.share


def test_part_of_the_skills_counts_for_part() -> None:
    none, some, all_of_them = (
        skills(("Python", "Rust"), skills=offered).share
        for offered in (("Sewing",), ("Python", "Sewing"), ("Rust", "Python"))
    )
    assert none < some < all_of_them == 1


def test_the_request_counts_more_than_older_goals() -> None:
    mentor = person(goals="machine learning in hospitals")
    now = goals(asking("machine learning in hospitals", goals="opera and ballet"), mentor)
    before = goals(asking("opera and ballet", goals="machine learning in hospitals"), mentor)
    assert now is not None
    assert before is not None
    assert now.share > before.share


def test_what_else_a_request_says_counts() -> None:
    mentor = person(goals="machine learning in hospitals")
    said = goals(asking("a plan", "machine learning in hospitals"), mentor)
    unsaid = goals(asking("a plan"), mentor)
    assert said is not None
    assert unsaid is not None
    assert said.share > unsaid.share


def test_a_long_list_of_papers_counts_by_the_three_best() -> None:
    paper = "protein folding in yeast cells under stress, " * 3
    other = "the history of railways in the empire and beyond, " * 3
    request = asking(research=(paper,))
    one = person(1, research=(paper, *(f"{other} {number}" for number in range(4))))
    three = person(2, research=(f"{paper} 1", f"{paper} 2", f"{paper} 3"))
    by_chance, by_habit = (alike(Criterion.RESEARCH, request, each) for each in (one, three))
    assert by_chance is not None
    assert by_habit is not None
    assert by_habit.share > by_chance.share


@pytest.mark.parametrize("criterion", BY_MEANING)
def test_what_one_side_left_empty_is_not_compared(criterion: Criterion) -> None:
    full = person(headline="Cook", goals="cooking", industries=("Food",), research=("Food",), skills=("Food",))
    empty = asking()
    assert alike(criterion, empty, full) is None
    request = asking("cooking", industries=("Food",), research=("Food",), skills=("Food",))
    assert alike(criterion, request, person()) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "share"),
    [
        (("Basel, Switzerland", "Europe/Zurich"), ("basel", "Europe/Zurich"), 1.0),
        (("Basel, Switzerland", "Europe/Zurich"), ("Zug, Switzerland", "Europe/Zurich"), 0.7),
        (("Basel", "Europe/Zurich"), ("Lisbon", "Europe/Lisbon"), 0.5),
        (("", "Europe/Zurich"), ("Lisbon", "Europe/Moscow"), 0.3),
        (("Basel", "Europe/Zurich"), ("Lima", "America/Lima"), 0.0),
        (("Basel", ""), ("Basel", ""), 1.0),
    ],
)
def test_location_goes_from_the_same_place_to_far_away(
    ours: tuple[str, str], theirs: tuple[str, str], share: float
) -> None:
    found = circumstances.location(
        person(1, location=ours[0], tz=ours[1]), person(2, location=theirs[0], tz=theirs[1]), NOW
    )
    assert found is not None
    assert found.share == share


def test_without_place_and_time_zone_there_is_no_location() -> None:
    assert circumstances.location(person(1, location="Basel"), person(2, tz="Europe/Zurich"), NOW) is None


def test_communication_is_what_they_share_of_languages_and_ways_to_meet() -> None:
    student = person(1, languages=("Deutsch", "English"), meet=("Video", "Chat"))
    mentor = person(2, languages=("German",), meet=("Video", "Phone"))
    found = circumstances.communication(student, mentor, BUILT_IN)
    assert found == Likeness(0.75, "Deutsch, Video", "German, Video")
    assert circumstances.communication(student, person(3), BUILT_IN) is None
