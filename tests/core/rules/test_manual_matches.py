"""What staff may overrule when they match two people, and what nobody may."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.eligibility import Refusal
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.manual_matches import (
    MAY_OVERRULE,
    TAKE_BACK,
    MayNotMatch,
    NeedsOverruling,
    Past,
    TooLate,
    objections,
    require_allowed,
    require_recent,
)
from core.rules.matches import MatchState, Origin
from core.rules.roles import PersonState
from tests.conftest import NOON

STUDENT, MENTOR = (ProfileFacts(UUID(int=one), UUID(int=one + 10)) for one in (1, 2))
EVERYTHING = [*Refusal, *Past]


def mentor(most: int = 2, now: int = 0) -> MentorFacts:
    return MentorFacts(MENTOR, PersonState.ACTIVE, most, now, 0)


def test_what_was_between_two_is_named_and_not_only_excluded() -> None:
    request = RequestFacts(UUID(int=3), STUDENT, "", excluded=frozenset({MENTOR.user_id}))
    assert objections(mentor(1, 1), request, {Past.MATCHED, Past.APART}, NOON) == (
        Refusal.NO_ROOM,
        Past.APART,
        Past.MATCHED,
    )
    assert objections(mentor(), request, (), NOON) == ()


@given(st.sets(st.sampled_from(EVERYTHING)), st.booleans())
def test_only_what_protects_a_mentors_time_may_be_overruled_and_only_if_meant(
    against: set[Refusal | Past], overruled: bool
) -> None:
    if against - MAY_OVERRULE:
        with pytest.raises(MayNotMatch):
            require_allowed(against, overruled=overruled)
    elif against and not overruled:
        with pytest.raises(NeedsOverruling):
            require_allowed(against, overruled=overruled)
    else:
        require_allowed(against, overruled=overruled)


def test_nobody_overrules_what_two_people_said() -> None:
    assert {Refusal.NO_ROOM, Refusal.EXPOSURE, Refusal.PAUSED} == MAY_OVERRULE
    assert not MAY_OVERRULE & set(Past)


@pytest.mark.parametrize(
    ("origin", "state", "age"),
    [
        (Origin.BATCH, MatchState.ACTIVE, timedelta()),
        (Origin.MANUAL, MatchState.ENDED, timedelta()),
        (Origin.MANUAL, MatchState.ACTIVE, TAKE_BACK + timedelta(seconds=1)),
    ],
)
def test_only_what_staff_made_a_short_while_ago_is_taken_back(
    origin: Origin, state: MatchState, age: timedelta
) -> None:
    require_recent(Origin.MANUAL, MatchState.ACTIVE, NOON, NOON + TAKE_BACK)
    with pytest.raises(TooLate):
        require_recent(origin, state, NOON, NOON + age)
