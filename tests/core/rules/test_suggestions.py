"""When a mentorship is suggested, and that it is answered once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.offers import OfferState
from core.rules.requests import Wanted, wanted
from core.rules.roles import PersonState
from core.rules.suggestions import PairFacts, SuggestionAnswered, SuggestionState, answer, may_suggest
from tests.conftest import NOON

STUDENT, MENTOR = UUID(int=1), UUID(int=2)
PAIR = PairFacts(
    wish=RequestFacts(UUID(int=0), ProfileFacts(UUID(int=3), STUDENT), ""),
    mentor=MentorFacts(ProfileFacts(UUID(int=4), MENTOR), PersonState.ACTIVE, 2, 1, 0),
    student_active=True,
    has_open_request=False,
    was_declined=False,
)


def test_a_pair_with_nothing_in_its_way_is_suggested() -> None:
    assert may_suggest(PAIR, NOON)


@pytest.mark.parametrize(
    "pair",
    [
        replace(PAIR, student_active=False),
        replace(PAIR, has_open_request=True),
        replace(PAIR, was_declined=True),
        replace(PAIR, mentor=replace(PAIR.mentor, state=PersonState.LEFT)),
        replace(PAIR, mentor=replace(PAIR.mentor, current_mentees=2)),
        replace(PAIR, mentor=replace(PAIR.mentor, open_offers=2)),
        replace(PAIR, mentor=replace(PAIR.mentor, paused_until=NOON + timedelta(days=1))),
        replace(PAIR, wish=replace(PAIR.wish, excluded=frozenset({MENTOR}))),
    ],
    ids=["left", "asking", "declined", "mentor left", "full", "in enough offers", "paused", "blocked or matched"],
)
def test_what_would_lead_nowhere_is_not_suggested(pair: PairFacts) -> None:
    assert not may_suggest(pair, NOON)


@pytest.mark.parametrize("answered", [SuggestionState.TAKEN, SuggestionState.DECLINED])
def test_a_suggestion_is_answered_once(answered: SuggestionState) -> None:
    assert answer(SuggestionState.SUGGESTED, answered) is answered
    with pytest.raises(SuggestionAnswered):
        answer(answered, SuggestionState.TAKEN)


@pytest.mark.parametrize(
    ("offer", "waves", "how"),
    [
        (None, 0, Wanted.FIRST),
        (OfferState.WITHDRAWN, 0, Wanted.FIRST),
        (OfferState.OPEN, 1, Wanted.ASKED),
        (None, 1, Wanted.PASSED),
        (OfferState.WITHDRAWN, 1, Wanted.PASSED),
        (OfferState.DECLINED, 1, Wanted.COULD_NOT),
        (OfferState.EXPIRED, 2, Wanted.COULD_NOT),
    ],
)
def test_how_it_goes_with_a_wanted_mentor(offer: OfferState | None, waves: int, how: Wanted) -> None:
    assert wanted(offer, waves) is how
