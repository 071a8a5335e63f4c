"""What the Home tab loads: what is shown and no more, with how many more there are."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.models import ActionItem, Block, MentorshipSuggestion
from core.rules.checkins import AskKind
from core.rules.questions import QuestionState
from core.rules.suggestions import SuggestionState
from core.services import coming_meetings
from core.services.home import MOST_ASKS, MOST_CLAIMED, MOST_ITEMS, MOST_PARTNERS, MOST_QUESTIONS, Home, home
from core.services.meetings import HeldMeeting, log_meeting
from core.services.own_questions import TO_RATE, all_own_questions
from core.services.people import Person
from core.services.scheduling import Proposal, pick_time, propose_meeting
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.statements import statements as statements_of


def at_home(units: Units, person: Person) -> Home:
    with units.read(member(person.id)) as reading:
        return home(reading, person.id)


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def kim(units: Units) -> Person:
    return make.mentor(units, "Kim Alder", max_mentees=10)


def answered(units: Units, student: Person, mentor: Person, **known: object) -> UUID:
    usual = {"claimer_id": mentor.id, "answered_at": NOON, "summary": "Begin small.", "mentor_consents": True}
    return make.question(units, student, state=QuestionState.ANSWERED, **usual | known)


def test_items_are_loaded_as_far_as_they_are_shown(units: Units, mia: Person, kim: Person) -> None:
    match_id = make.match(units, mia, kim)
    with units.work(SYSTEM) as work:
        work.session.add_all(ActionItem(match_id=match_id, text=f"Read chapter {number}") for number in range(20))
    found = at_home(units, mia).items
    assert (len(found.shown), found.more) == (MOST_ITEMS, 20 - MOST_ITEMS)
    assert found.shown[0].text == "Read chapter 0"


def test_mentees_are_loaded_as_far_as_they_are_shown(units: Units, kim: Person) -> None:
    for _ in range(MOST_PARTNERS + 3):
        make.match(units, make.student(units), kim)
    found = at_home(units, kim)
    assert (len(found.mentees.shown), found.mentees.more) == (MOST_PARTNERS, 3)
    assert found.mentors.all == 0


def test_of_each_match_the_newest_ask_is_there(units: Units, mia: Person, kim: Person) -> None:
    match_id = make.match(units, mia, kim)
    make.ask(units, match_id, mia, slot="day 14")
    newest = make.ask(later(units, NOON + timedelta(days=16)), match_id, mia, kind=AskKind.SURVEY, slot="day 30")
    for _ in range(MOST_ASKS + 1):
        make.ask(units, make.match(units, mia, make.mentor(units)), mia)
    found = at_home(units, mia).asks
    assert found.shown[0].ask_id == newest
    assert (len({ask.match_id for ask in found}), found.more) == (MOST_ASKS, 2)


def test_a_meeting_is_there_while_it_is_open(units: Units, mia: Person, kim: Person) -> None:
    match_id = make.match(units, mia, kim)
    for author, minutes in ((mia, 30), (kim, 60)):
        with units.work(member(author.id)) as work:
            log_meeting(work, HeldMeeting(match_id, NOON.date(), minutes, "Video"))
    assert at_home(units, mia).meetings.all == 1


def test_meetings_that_nobody_disputes_hide_no_coming_one(
    units: Units, mia: Person, kim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming_meetings, "MOST_LOOKED_AT", 1)
    match_id = make.match(units, mia, kim)
    with units.work(member(kim.id)) as work:
        log_meeting(work, HeldMeeting(match_id, NOON.date(), 45, "Video"))
    times = tuple(NOON + timedelta(days=day) for day in (2, 3, 4))
    with units.work(member(kim.id)) as work:
        meeting_id = propose_meeting(work, Proposal(match_id, times, 45, "Video"))
    with units.work(member(mia.id)) as work:
        pick_time(work, meeting_id, 0)
    assert [one.meeting_id for one in at_home(units, kim).meetings] == [meeting_id]


def test_questions_that_wait_and_answers_to_rate_are_there(units: Units, mia: Person, kim: Person) -> None:
    waiting = make.question(units, mia)
    to_rate = answered(units, mia, kim)
    answered(units, mia, kim, rating=5, rated_at=NOON)
    answered(units, mia, kim, answered_at=NOON - TO_RATE - timedelta(days=1))
    found = at_home(units, mia).questions
    assert [one.view.question_id for one in found] == [waiting, to_rate]
    with units.read(member(mia.id)) as reading:
        assert all_own_questions(reading, mia.id, 3).more == 1
    assert at_home(units, kim).questions.all == 0


def test_many_own_questions_are_counted(units: Units, mia: Person, kim: Person) -> None:
    for _ in range(MOST_QUESTIONS + 2):
        answered(units, mia, kim)
    found = at_home(units, mia).questions
    assert (len(found.shown), found.more) == (MOST_QUESTIONS, 2)


def test_a_mentor_sees_what_they_claimed_and_counts_what_is_open(units: Units, mia: Person, kim: Person) -> None:
    claimed = [make.question(units, mia) for _ in range(MOST_CLAIMED + 1)]
    for question_id in claimed:
        make.claim(units, question_id, kim)
    apart = make.student(units)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=apart.id, other_id=kim.id))
    make.question(units, mia)
    make.question(units, apart)
    make.question(units, kim)
    found = at_home(units, kim)
    assert (len(found.claimed.shown), found.claimed.more) == (MOST_CLAIMED, 1)
    assert found.open_questions == 1
    assert at_home(units, mia).open_questions == 0


def test_a_suggestion_is_there_while_it_can_be_taken_up(units: Units, mia: Person, kim: Person) -> None:
    with units.work(SYSTEM) as work:
        suggested = {"state": SuggestionState.SUGGESTED, "suggested_at": NOON}
        work.session.add(MentorshipSuggestion(student_id=mia.id, mentor_id=kim.id, **suggested))
    assert [one.mentor_name for one in at_home(units, mia).suggestions] == ["Kim Alder"]
    assert at_home(units, kim).suggestions == ()
    make.request(units, mia)
    assert at_home(units, mia).suggestions == ()


def test_what_is_asked_of_the_database_does_not_grow_with_what_there_is(units: Units, mia: Person, kim: Person) -> None:
    """More of everything than is shown costs no more than as much as is shown."""

    def fill(number: int) -> int:
        for _ in range(number):
            match_id = make.match(units, make.student(units), kim)
            make.ask(units, match_id, kim)
            make.claim(units, make.question(units, mia), kim)
            with units.work(SYSTEM) as work:
                work.session.add(ActionItem(match_id=match_id, text="Read"))
        return statements(units, kim)

    assert fill(MOST_PARTNERS + 1) == fill(8)


def statements(units: Units, person: Person) -> int:
    """How many statements it takes to load a Home tab."""
    with statements_of(units.engine) as seen:
        at_home(units, person)
    return len(seen)
