"""Scheduling: three times proposed, one picked, and a meeting that may be called off."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Match, Meeting, Notification
from core.notifications import Kind
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.matches import MatchOver, MatchState
from core.rules.meetings import MeetingBegun, MeetingClosed, MeetingState, TimePassed
from core.rules.roles import Meet
from core.services import scheduling
from core.services.coming_meetings import coming_meetings
from core.services.people import Person
from core.services.scheduling import Proposal
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make

TIMES = tuple(NOON + timedelta(days=day, hours=hour) for day, hour in ((2, 1), (3, 2), (4, 3)))


class Pair:
    """A matched pair: the mentor proposes, the student answers."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
        self.match_id = make.match(units, self.student, self.mentor)

    def at(self, **ahead: float) -> Units:
        return later(self.units, NOON + timedelta(**ahead))

    def propose(self, by: Person | None = None, **other: object) -> UUID:
        wanted = {"times": TIMES, "minutes": 45, "kind": Meet.VIDEO, "agenda": "Your plan"} | other
        with self.units.work(member((by or self.mentor).id)) as work:
            return scheduling.propose_meeting(work, Proposal(self.match_id, **wanted))  # type: ignore[arg-type]

    def pick(self, meeting_id: UUID, index: int, by: Person | None = None, **ahead: float) -> None:
        with self.at(**ahead).work(member((by or self.student).id)) as work:
            scheduling.pick_time(work, meeting_id, index)

    def refuse(self, meeting_id: UUID, by: Person | None = None) -> None:
        with self.units.work(member((by or self.student).id)) as work:
            scheduling.refuse_times(work, meeting_id)

    def cancel(self, meeting_id: UUID, by: Person, **ahead: float) -> None:
        with self.at(**ahead).work(member(by.id)) as work:
            scheduling.cancel_meeting(work, meeting_id)

    def planned(self, index: int = 0) -> UUID:
        meeting_id = self.propose()
        self.pick(meeting_id, index)
        return meeting_id

    def row(self, meeting_id: UUID) -> Meeting:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Meeting, meeting_id)

    def told(self, kind: Kind) -> list[Notification]:
        """The cards of a kind, without their changes."""
        with self.units.read(SYSTEM) as reading:
            cards = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_(None))
            return list(reading.session.scalars(cards))


@pytest.fixture
def pair(units: Units) -> Pair:
    return Pair(units)


def test_a_proposal_reaches_the_partner_and_is_planned_by_their_pick(pair: Pair) -> None:
    meeting_id = pair.propose()
    assert [card.recipient_id for card in pair.told(Kind.MEETING_PROPOSED)] == [pair.student.id]
    pair.pick(meeting_id, 1)
    row = pair.row(meeting_id)
    assert (row.state, row.starts_at, row.sequence) == (MeetingState.PLANNED, TIMES[1], 0)
    assert [card.match_id for card in pair.told(Kind.MEETING_PLANNED)] == [pair.match_id]
    invited = {card.recipient_id for card in pair.told(Kind.MEETING_INVITATION)}
    assert invited == {pair.student.id, pair.mentor.id}


@pytest.mark.parametrize(
    ("times", "fields"),
    [
        ((NOON, *TIMES[1:]), {"first_time"}),
        ((TIMES[0], TIMES[0], TIMES[2]), {"second_time"}),
        ((TIMES[0], TIMES[1], NOON + timedelta(days=367)), {"third_time"}),
        ((NOON - timedelta(days=1),) * 3, {"first_time", "second_time", "third_time"}),
        (TIMES[:2], {"first_time"}),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(
    pair: Pair, times: tuple[datetime, ...], fields: set[str]
) -> None:
    with pytest.raises(InvalidFields) as refusal:
        pair.propose(times=times)
    assert set(refusal.value.problems) == fields


def test_what_else_cannot_be_is_refused_at_its_field(pair: Pair) -> None:
    with pytest.raises(InvalidFields) as refusal:
        pair.propose(minutes=0, kind="Telepathy", agenda="x" * 1501)
    assert set(refusal.value.problems) == {"minutes", "kind", "agenda"}


def test_who_proposed_does_not_pick_and_strangers_see_nothing(pair: Pair) -> None:
    meeting_id, stranger = pair.propose(), make.student(pair.units)
    for person in (pair.mentor, stranger):
        with pytest.raises(NotFound):
            pair.pick(meeting_id, 0, person)
        with pytest.raises(NotFound):
            pair.refuse(meeting_id, person)
    with pytest.raises(NotFound):
        pair.cancel(meeting_id, stranger)
    with pytest.raises(NotFound):
        pair.pick(meeting_id, 3)
    with pytest.raises(NotFound), pair.units.read(member(stranger.id)) as reading:
        scheduling.plan(reading, meeting_id)


def test_a_time_that_has_passed_cannot_be_picked_and_the_others_can(pair: Pair) -> None:
    meeting_id = pair.propose()
    with pytest.raises(TimePassed):
        pair.pick(meeting_id, 0, days=2, hours=2)
    pair.pick(meeting_id, 1, days=2, hours=2)
    assert pair.row(meeting_id).starts_at == TIMES[1]


def test_none_of_these_is_told_to_who_proposed(pair: Pair) -> None:
    meeting_id = pair.propose()
    pair.refuse(meeting_id)
    assert [card.recipient_id for card in pair.told(Kind.MEETING_REFUSED)] == [pair.mentor.id]
    with pytest.raises(MeetingClosed):
        pair.pick(meeting_id, 0)
    with pytest.raises(MeetingClosed):
        pair.refuse(meeting_id)
    pair.pick(pair.propose(), 0)


def test_a_second_proposal_takes_the_place_of_the_first(pair: Pair) -> None:
    first, second = pair.propose(), pair.propose(agenda="Another plan")
    assert pair.row(first).state is MeetingState.CANCELLED
    pair.pick(second, 2)
    assert not pair.told(Kind.MEETING_REFUSED)


def test_the_same_times_sent_twice_are_one_proposal(pair: Pair) -> None:
    with ThreadPoolExecutor(4) as pool:
        proposed = set(pool.map(lambda _: pair.propose(), range(4)))
    assert len(proposed) == 1
    assert len(pair.told(Kind.MEETING_PROPOSED)) == 1
    assert pair.row(proposed.pop()).state is MeetingState.PROPOSED


def test_calling_off_counts_the_sequence_up_and_tells_the_partner(pair: Pair) -> None:
    meeting_id = pair.planned()
    pair.cancel(meeting_id, pair.student)
    row = pair.row(meeting_id)
    assert (row.state, row.sequence, row.closed_at) == (MeetingState.CANCELLED, 1, NOON)
    assert [card.recipient_id for card in pair.told(Kind.MEETING_CANCELLED)] == [pair.mentor.id]
    with pytest.raises(MeetingClosed):
        pair.cancel(meeting_id, pair.mentor)


def test_what_has_begun_is_not_called_off(pair: Pair) -> None:
    meeting_id = pair.planned()
    with pytest.raises(MeetingBegun):
        pair.cancel(meeting_id, pair.student, days=2, hours=1)


def test_times_taken_back_are_told_to_nobody(pair: Pair) -> None:
    meeting_id = pair.propose()
    pair.cancel(meeting_id, pair.mentor)
    assert pair.row(meeting_id).state is MeetingState.CANCELLED
    assert not pair.told(Kind.MEETING_CANCELLED)


def test_when_a_match_ends_all_that_was_ahead_is_called_off(pair: Pair) -> None:
    planned, proposed = pair.planned(), pair.propose()
    with pair.units.work(SYSTEM) as work:
        scheduling.cancel_all(work, pair.match_id)
        match = work.session.get_one(Match, pair.match_id)
        match.state, match.ended_at = MatchState.ENDED, work.now
    assert pair.row(planned).state is MeetingState.CANCELLED
    assert pair.row(proposed).state is MeetingState.CANCELLED
    assert not pair.told(Kind.MEETING_CANCELLED)
    with pytest.raises(MatchOver):
        pair.propose()


def test_a_proposal_whose_times_have_passed_is_closed_and_told(pair: Pair) -> None:
    meeting_id = pair.propose()
    for ahead, found in ((timedelta(days=4, hours=2), []), (timedelta(days=4, hours=3), [meeting_id])):
        with later(pair.units, NOON + ahead).read(SYSTEM) as reading:
            assert scheduling.lapsed(reading) == found
    for _ in range(2):
        with pair.at(days=5).work(SYSTEM) as work:
            scheduling.let_lapse(work, meeting_id)
    assert pair.row(meeting_id).state is MeetingState.CANCELLED
    assert len(pair.told(Kind.MEETING_REFUSED)) == 1


def test_fifty_picks_at_once_plan_one_meeting_and_the_others_are_told_how_it_stands(pair: Pair) -> None:
    meeting_id = pair.propose()

    def pick(number: int) -> str:
        try:
            pair.pick(meeting_id, number % 3)
        except DomainError as error:
            return f"{error.code} {error.facts.get('state')}"
        return "planned"

    with ThreadPoolExecutor(50) as pool:
        outcomes = Counter(pool.map(pick, range(50)))
    assert outcomes == {"planned": 1, "meeting_closed planned": 49}
    assert len(pair.told(Kind.MEETING_PLANNED)) == 1
    assert len(pair.told(Kind.MEETING_INVITATION)) == 2


def test_what_is_ahead_is_seen_by_both(pair: Pair) -> None:
    meeting_id = pair.propose()
    for person, mine in ((pair.student, False), (pair.mentor, True)):
        with pair.units.read(member(person.id)) as reading:
            (seen,) = coming_meetings(reading, person.id, 8)
        assert (seen.meeting_id, seen.state, seen.i_proposed) == (meeting_id, MeetingState.PROPOSED, mine)
    pair.pick(meeting_id, 0)
    for ahead, begun, over in ((0.0, False, False), (49.2, True, False), (50.0, True, True)):
        with pair.at(hours=ahead).read(member(pair.student.id)) as reading:
            (seen,) = coming_meetings(reading, pair.student.id, 8)
        assert (seen.starts_at, seen.begun, seen.over) == (datetime(2030, 3, 3, 13, 0, tzinfo=UTC), begun, over)
    with pair.at(days=9).read(member(pair.student.id)) as reading:
        assert not coming_meetings(reading, pair.student.id, 8).shown
