"""Who is next when places free up, and what may be said of the waiting time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.rules.eligibility import refusals
from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.offers import OFFERS_PER_PLACE
from core.rules.roles import PersonState
from core.rules.waiting import ENOUGH_CASES, UsualWait, next_in_line, usual_wait

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LANGUAGES = ("English", "Dutch", "German")


def mentor(number: int, places: int = 1, offers: int = 0, language: str = "English") -> MentorFacts:
    profile = ProfileFacts(UUID(int=1000 + number), UUID(int=2000 + number), languages=(language,))
    return MentorFacts(profile, PersonState.ACTIVE, places, 0, offers)


def request(number: int, language: str = "English") -> RequestFacts:
    student = ProfileFacts(UUID(int=3000 + number), UUID(int=4000 + number), languages=(language,))
    return RequestFacts(UUID(int=number), student, "A plan")


def test_the_oldest_come_first_and_no_more_than_there_is_room_for() -> None:
    line = [request(number) for number in range(5)]
    assert next_in_line(line, [mentor(1)], NOW) == [each.request_id for each in line[:OFFERS_PER_PLACE]]


def test_who_fits_nobody_is_passed_over_and_keeps_nobody_waiting() -> None:
    line = [request(1, "Finnish"), request(2), request(3)]
    assert next_in_line(line, [mentor(1, offers=1)], NOW) == [line[1].request_id]


def test_with_nobody_free_nobody_is_searched_for() -> None:
    assert next_in_line([request(1)], [mentor(1, offers=2), replace(mentor(2), max_mentees=0)], NOW) == []
    assert next_in_line([request(1)], [], NOW) == []


def test_nobody_is_looked_at_once_all_places_are_given() -> None:
    line = iter([request(1), request(2), request(3)])
    assert next_in_line(line, [], NOW) == []
    assert len(next_in_line(line, [mentor(1, offers=1)], NOW)) == 1
    assert len(list(line)) == 2


@given(
    line=st.lists(st.sampled_from(LANGUAGES), max_size=12),
    mentors=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from(LANGUAGES)), max_size=6),
)
def test_each_is_tried_for_a_mentor_who_may_be_asked(line: list[str], mentors: list[tuple[int, int, str]]) -> None:
    waiting = {UUID(int=n): request(n, language) for n, language in enumerate(line)}
    free = [mentor(n, places, offers, language) for n, (places, offers, language) in enumerate(mentors)]
    found = next_in_line(waiting.values(), free, NOW)
    assert found == sorted(found)
    assert len(found) <= sum(max(0, 2 * each.free_places - each.open_offers) for each in free)
    assert all(any(not refusals(each, waiting[one], NOW) for each in free) for one in found)


def test_from_too_few_cases_nothing_is_told() -> None:
    assert usual_wait([HOUR] * (ENOUGH_CASES - 1), timedelta()) is None


def test_the_middle_half_is_told() -> None:
    past = [HOUR * number for number in range(1, 10)]
    assert usual_wait(past, timedelta()) == UsualWait(3 * HOUR, 7 * HOUR)


def test_who_has_waited_longer_than_that_is_told_nothing() -> None:
    past = [HOUR * number for number in range(1, 10)]
    assert usual_wait(past, 7 * HOUR) is None


@given(past=st.lists(st.timedeltas(timedelta(), timedelta(days=60)), min_size=ENOUGH_CASES), waited=st.timedeltas())
def test_about_half_of_all_cases_lie_within_what_is_told(past: list[timedelta], waited: timedelta) -> None:
    told = usual_wait(past, waited)
    if told:
        slack = timedelta(milliseconds=1)
        inside = [each for each in past if told.least - slack <= each <= told.most + slack]
        assert len(inside) >= len(past) / 2 - 1
        assert waited < told.most
