"""Properties of the rubric, for any two people."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS, Criterion, CriterionScore, total
from core.taxonomy import BUILT_IN, TagKind
from matching.rubric import Comparison, Mentor, propose, rank
from tests.matching.people import NOW, asking, person, vectors

KINDS = {"industries": TagKind.INDUSTRY, "research": TagKind.RESEARCH, "skills": TagKind.SKILL}
CRITERIA = {
    "industries": Criterion.EXPERTISE,
    "research": Criterion.RESEARCH,
    "skills": Criterion.SKILLS,
    "languages": Criterion.COMMUNICATION,
    "meet": Criterion.COMMUNICATION,
}
sentences = st.lists(
    st.sampled_from(["data", "drug discovery", "a first job", "Python.", "teaching", "I go on.", "\n"]), max_size=6
).map(" ".join)


def tags(kind: TagKind) -> st.SearchStrategy[tuple[str, ...]]:
    known = [term.label for term in BUILT_IN.terms(kind)][:12]
    return st.lists(st.sampled_from([*known, "beekeeping", "zzz"]), max_size=5, unique=True).map(tuple)


told: dict[str, st.SearchStrategy[Any]] = {
    "headline": sentences,
    "goals": sentences,
    "about": sentences,
    **{name: tags(kind) for name, kind in KINDS.items()},
    "languages": tags(TagKind.LANGUAGE),
    "meet": st.lists(st.sampled_from(["Video", "Chat"]), unique=True).map(tuple),
    "location": st.sampled_from(["", "Basel", "Zug, Switzerland"]),
    "tz": st.sampled_from(["", "Europe/Zurich", "Asia/Tokyo"]),
}
mentors = st.builds(person, st.integers(1, 99), **told)
requests = st.builds(asking, sentences, sentences, **told)


def scored(request: RequestFacts, mentor: ProfileFacts) -> tuple[CriterionScore, ...]:
    return propose(request, mentor, vectors(request, mentor), NOW).criteria


def changed(profile: ProfileFacts, lists: dict[str, Any]) -> ProfileFacts:
    return replace(profile, **lists)


def with_student(request: RequestFacts, lists: dict[str, Any]) -> RequestFacts:
    return replace(request, student=changed(request.student, lists))


@given(requests, mentors)
def test_the_total_is_the_sum_and_lies_between_0_and_100(request: RequestFacts, mentor: ProfileFacts) -> None:
    proposal = propose(request, mentor, vectors(request, mentor), NOW)
    assert [part.criterion for part in proposal.criteria] == list(Criterion)
    assert 0 <= proposal.score <= 100
    assert proposal.score == pytest.approx(sum(part.points for part in proposal.criteria))
    for part in proposal.criteria:
        assert 0 <= part.share <= 1
        assert part.points == pytest.approx(part.weight * part.share, abs=0.006)
        assert part.counted or part.points == 0


@given(requests, mentors)
def test_the_weights_of_what_is_counted_are_100(request: RequestFacts, mentor: ProfileFacts) -> None:
    counted = [part for part in scored(request, mentor) if part.counted]
    assert sum(part.weight for part in counted) == pytest.approx(100 if counted else 0)
    whole = sum(DEFAULT_WEIGHTS[part.criterion] for part in counted)
    for part in counted:
        assert part.weight == pytest.approx(100 * DEFAULT_WEIGHTS[part.criterion] / whole, abs=0.06)


@given(requests, mentors, st.sampled_from(sorted(CRITERIA)), st.data())
def test_one_more_tag_in_common_never_lowers_its_criterion(
    request: RequestFacts, mentor: ProfileFacts, name: str, data: st.DataObject
) -> None:
    new = data.draw(st.sampled_from(["Beekeeping", "English", "Python", "Video", "Statistics"]))
    more = with_student(request, {name: (*getattr(request.student, name), new)})
    both = changed(mentor, {name: (*getattr(mentor, name), new)})
    before = {part.criterion: part.share for part in scored(request, mentor)}
    after = {part.criterion: part.share for part in scored(more, both)}
    assert after[CRITERIA[name]] >= before[CRITERIA[name]] - 1e-4


@given(requests, mentors, st.sampled_from(["research", "skills"]), st.data())
def test_another_name_of_a_tag_changes_nothing(
    request: RequestFacts, mentor: ProfileFacts, name: str, data: st.DataObject
) -> None:
    term = data.draw(st.sampled_from([term for term in BUILT_IN.terms(KINDS[name])[:15] if term.synonyms]))
    request = with_student(request, {name: (term.label,)})
    for written in (term.label, data.draw(st.sampled_from(term.synonyms))):
        shares = {part.criterion: part.share for part in scored(request, changed(mentor, {name: (written,)}))}
        assert shares[CRITERIA[name]] == 1


@given(requests, mentors, st.randoms())
def test_the_order_of_tags_changes_nothing(request: RequestFacts, mentor: ProfileFacts, random: Any) -> None:
    def shuffled(profile: ProfileFacts) -> ProfileFacts:
        values = {each.name: getattr(profile, each.name) for each in fields(profile)}
        lists = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
        for each in lists.values():
            random.shuffle(each)
        return changed(profile, {name: tuple(each) for name, each in lists.items()})

    again = scored(replace(request, student=shuffled(request.student)), shuffled(mentor))
    assert again == scored(request, mentor)


@given(requests, st.lists(mentors, min_size=2, max_size=4, unique_by=lambda each: each.user_id))
def test_the_order_of_mentors_changes_nothing(request: RequestFacts, several: list[ProfileFacts]) -> None:
    known = vectors(request, *several)
    one, other = (
        sorted((propose(request, mentor, known, NOW) for mentor in order), key=rank)
        for order in (several, several[::-1])
    )
    assert one == other


@given(requests, st.lists(mentors, max_size=6))
def test_many_compared_at_once_score_as_each_by_itself(request: RequestFacts, several: list[ProfileFacts]) -> None:
    known = vectors(request, *several)
    together = Comparison(request, [Mentor.of(each, BUILT_IN) for each in several], known, NOW)
    alone = [propose(request, each, known, NOW) for each in several]
    assert together.proposals(DEFAULT_WEIGHTS) == alone
    assert together.scores(DEFAULT_WEIGHTS) == [each.score for each in alone]
    assert [each.shares for each in together.proposals(DEFAULT_WEIGHTS)] == [each.shares for each in alone]


@given(requests, mentors)
def test_every_phrase_was_written_by_its_side(request: RequestFacts, mentor: ProfileFacts) -> None:
    theirs = [*written(request.student), request.wish, request.anything_else]
    for part in scored(request, mentor):
        for phrase, texts in ((part.student_phrase, theirs), (part.mentor_phrase, written(mentor))):
            passage = any(phrase in text for text in texts)
            assert passage or set(phrase.split(", ")) <= set(texts), phrase


def written(profile: ProfileFacts) -> list[str]:
    values = [getattr(profile, each.name) for each in fields(profile)]
    lists = [value if isinstance(value, tuple) else (str(value),) for value in values]
    return [text for each in lists for text in each]


def test_equal_scores_are_told_apart_by_the_mentor() -> None:
    request = asking("data", skills=("Python",))
    twins = [person(number, goals="data", skills=("Python",)) for number in (3, 1, 2)]
    known = vectors(request, *twins)
    ranked = sorted((propose(request, mentor, known, NOW) for mentor in twins), key=rank)
    assert [proposal.mentor_id.int for proposal in ranked] == [1, 2, 3]


def test_an_unknown_weighting_of_nothing_scores_nothing() -> None:
    request = asking()
    assert total(scored(request, person())) == 0
