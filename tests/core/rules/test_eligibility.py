"""The hard rules: whom nobody may ask, whatever the score."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.eligibility import Refusal, kept, refusals, time_apart
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.roles import PersonState
from core.rules.wishes import MustShare

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
STUDENT = ProfileFacts(
    UUID(int=1),
    UUID(int=2),
    industries=("Biotechnology",),
    languages=("English", "Dutch"),
    tz="Europe/Amsterdam",
)
PROFILE = ProfileFacts(UUID(int=3), UUID(int=4), industries=("Biotech",), languages=("en",), tz="Europe/London")
MENTOR = MentorFacts(PROFILE, PersonState.ACTIVE, max_mentees=2, current_mentees=1, open_offers=1)
REQUEST = RequestFacts(UUID(int=5), STUDENT, "A plan", must_share=tuple(MustShare))


def profile(**told: object) -> MentorFacts:
    return replace(MENTOR, profile=replace(PROFILE, **told))  # type: ignore[arg-type]


def test_a_mentor_who_breaks_no_rule_may_be_asked() -> None:
    assert refusals(MENTOR, REQUEST, NOW) == ()


@pytest.mark.parametrize(
    ("mentor", "expected"),
    [
        (replace(MENTOR, current_mentees=2), Refusal.NO_ROOM),
        (replace(MENTOR, current_mentees=3), Refusal.NO_ROOM),
        (replace(MENTOR, max_mentees=0, current_mentees=0), Refusal.NO_ROOM),
        (replace(MENTOR, open_offers=2), Refusal.EXPOSURE),
        (replace(MENTOR, state=PersonState.LEFT), Refusal.INACTIVE),
        (replace(MENTOR, state=PersonState.ERASED), Refusal.INACTIVE),
        (replace(MENTOR, paused_until=NOW + timedelta(seconds=1)), Refusal.PAUSED),
        (profile(user_id=STUDENT.user_id), Refusal.SAME_PERSON),
        (profile(industries=("Finance",)), Refusal.MUST_SHARE_INDUSTRY),
        (profile(industries=()), Refusal.MUST_SHARE_INDUSTRY),
        (profile(languages=()), Refusal.MUST_SHARE_LANGUAGE),
        (profile(tz="Asia/Tokyo"), Refusal.MUST_SHARE_TIME_ZONE),
        (profile(tz=""), Refusal.MUST_SHARE_TIME_ZONE),
        (profile(tz="../etc/passwd"), Refusal.MUST_SHARE_TIME_ZONE),
    ],
)
def test_each_broken_rule_is_named(mentor: MentorFacts, expected: Refusal) -> None:
    assert refusals(mentor, REQUEST, NOW) == (expected,)


def test_who_is_excluded_is_not_asked() -> None:
    request = replace(REQUEST, excluded=frozenset({PROFILE.user_id}))
    assert refusals(MENTOR, request, NOW) == (Refusal.EXCLUDED,)


def test_a_pause_ends_by_itself() -> None:
    assert refusals(replace(MENTOR, paused_until=NOW), REQUEST, NOW) == ()


@pytest.mark.parametrize(
    ("free", "per_place", "stays"),
    [(1, [2, 2, 2], 2), (1, [3, 3, 3, 1], 3), (0, [5], 0), (2, [1], 1), (1, [], 0), (2, [2, 2, 1], 2)],
)
def test_of_open_offers_as_many_stay_as_were_allowed_when_they_were_made(
    free: int, per_place: list[int], stays: int
) -> None:
    assert kept(free, per_place) == stays


def test_a_rule_made_stricter_or_looser_counts_for_who_is_asked_next() -> None:
    asked = replace(MENTOR, open_offers=2)
    assert refusals(replace(asked, offers_per_place=3), REQUEST, NOW) == ()
    assert refusals(replace(MENTOR, offers_per_place=1), REQUEST, NOW) == (Refusal.EXPOSURE,)


def test_exposure_grows_with_free_places() -> None:
    roomy = replace(MENTOR, max_mentees=4)
    assert refusals(replace(roomy, open_offers=5), REQUEST, NOW) == ()
    assert refusals(replace(roomy, open_offers=6), REQUEST, NOW) == (Refusal.EXPOSURE,)


def test_without_a_language_in_common_nobody_is_asked() -> None:
    open_request = replace(REQUEST, must_share=())
    assert refusals(profile(languages=("German",)), open_request, NOW) == (Refusal.NO_SHARED_LANGUAGE,)


def test_what_nobody_told_breaks_no_rule_that_nobody_set() -> None:
    silent = profile(languages=(), industries=(), tz="")
    assert refusals(silent, replace(REQUEST, must_share=()), NOW) == ()


def test_synonyms_of_languages_and_industries_are_shared() -> None:
    mentor = profile(industries=("biotech industry",), languages=("Nederlands",))
    assert refusals(mentor, REQUEST, NOW) == ()


def test_time_zones_are_compared_as_they_are_on_that_day() -> None:
    """New York changes its clocks weeks before Amsterdam does."""
    assert time_apart("Europe/Amsterdam", "America/New_York", NOW) == timedelta(hours=6)
    between_the_clock_changes = datetime(2030, 3, 20, 12, tzinfo=UTC)
    assert time_apart("Europe/Amsterdam", "America/New_York", between_the_clock_changes) == timedelta(hours=5)


@pytest.mark.parametrize(("zone", "near"), [("America/Noronha", True), ("America/Sao_Paulo", False)])
def test_three_hours_apart_is_near_and_four_is_not(zone: str, near: bool) -> None:
    request = replace(REQUEST, student=replace(STUDENT, tz="Africa/Lagos"))
    assert (Refusal.MUST_SHARE_TIME_ZONE not in refusals(profile(tz=zone), request, NOW)) is near


@given(
    places=st.integers(0, 20), taken=st.integers(0, 25), offers=st.integers(0, 60), state=st.sampled_from(PersonState)
)
def test_who_may_be_asked_always_has_room_for_all_who_may_accept(
    places: int, taken: int, offers: int, state: PersonState
) -> None:
    mentor = replace(MENTOR, max_mentees=places, current_mentees=taken, open_offers=offers, state=state)
    if not refusals(mentor, REQUEST, NOW):
        assert state is PersonState.ACTIVE
        assert taken < places
        assert offers < 2 * (places - taken)
