"""The rough score that chooses whom to score."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from app.sample.people import load
from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import DEFAULT_WEIGHTS
from embeddings.facets import Facet, profile_texts, request_texts
from embeddings.person import Wanted
from embeddings.store import Said
from embeddings.vectors import Matrix
from matching.closeness import Close, Crowd
from matching.rubric import propose, rank
from tests.bench.matching import filling
from tests.matching.people import ENCODER, NOW, asking, person, vectors


def said(profile: ProfileFacts) -> Said:
    facets: dict[Facet, slice] = {}
    texts: list[str] = []
    for facet, values in profile_texts(profile).items():
        if values:
            facets[facet] = slice(len(texts), len(texts) + len(values))
            texts += values
    return Said("", tuple(texts), ENCODER.encode(texts).astype(np.float16), facets)


def closeness(told: dict[str, Any], *mentors: ProfileFacts) -> Sequence[float]:
    request = asking(**told)
    crowd = Crowd(mentors, [said(each) for each in mentors])
    found = Close(request, Wanted(_asked(request), DEFAULT_WEIGHTS), NOW).to(crowd)
    assert found.shape == (len(mentors),)
    return [float(each) for each in found]


def _asked(request: RequestFacts) -> dict[Facet, Matrix]:
    return {facet: ENCODER.encode(texts) for facet, texts in request_texts(request).items() if texts}


def test_nobody_is_close_where_there_is_nobody() -> None:
    assert closeness({"skills": ("bees",)}) == []


def test_one_thing_just_as_asked_for_is_closer_than_many_a_little_alike() -> None:
    """The index, which goes by means, has it the other way round."""
    has_both, alike, other, silent = closeness(
        {"skills": ("data", "bees")},
        person(skills=("data", "sewing", "bees", "opera", "cheese")),
        person(skills=("data bees law",)),
        person(skills=("opera",)),
        person(),
    )
    assert has_both == pytest.approx(1)
    assert has_both > alike > other > silent == 0


def test_what_one_side_left_empty_does_not_count() -> None:
    wanted = {"skills": ("bees",), "industries": ("farms",), "wish": "honey from the hills"}
    short = person(skills=("bees",))
    longer = person(skills=("bees",), research=("pollen",))
    other = person(skills=("bees",), goals="opera")
    found = closeness(wanted, short, longer, other)
    assert found[0] == found[1] == pytest.approx(1)
    assert found[2] < found[0]


def test_industries_are_compared_as_tags_and_the_rest_as_texts() -> None:
    """Tags that are only alike never count as equal ones; texts a good deal alike do."""
    same, alike = closeness({"industries": ("farms",)}, person(industries=("farms",)), person(industries=("farms x",)))
    assert same == pytest.approx(1)
    assert alike < 0.95


def test_the_same_place_and_language_bring_a_mentor_nearer() -> None:
    told = {"skills": ("bees",), "location": "Basel", "languages": ("English",)}
    here, there = (person(skills=("law",), location=place, languages=("English",)) for place in ("Basel", "Lima"))
    near, far = closeness(told, here, there)
    assert near > far


def test_it_ranks_much_as_the_rubric_does() -> None:
    """The rubric's best three of the sample mentors are among the first ten: who changes the one looks at the other."""
    people = load()
    mentors = [filling.facts(one, number)[0] for number, one in enumerate(people.mentors)]
    told = [said(each) for each in mentors]
    for number, student in enumerate(people.students[::8]):
        profile, _ = filling.facts(student, 1000 + number)
        request = RequestFacts(UUID(int=999), profile, student.request)
        close = Close(request, Wanted(_asked(request), DEFAULT_WEIGHTS), NOW).to(Crowd(mentors, told))
        first = {mentors[place].user_id for place in np.argsort(-close)[:10]}
        known = vectors(request, *mentors)
        best = sorted((propose(request, each, known, NOW) for each in mentors), key=rank)[:3]
        assert {each.mentor_id for each in best} <= first
