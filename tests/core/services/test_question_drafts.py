"""A quick question before it is posted: every move by a student and by the clock, alone and against each other."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.models import Block, Notification, NotificationState, Question, QuestionClaim, new_id
from core.notifications import ChannelName, Kind
from core.queue import Job
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.questions import (
    CHECK_TIME,
    DECIDE_TIME,
    MOST_OPEN,
    ClaimEnding,
    EnoughQuestions,
    NewQuestion,
    OwnQuestionMoved,
    QuestionState,
    QuestionStep,
)
from core.services import question_drafts as drafts
from core.services.accounts import leave
from core.services.people import Person
from core.services.similar_answers import readable_among, similar_answers
from core.uow import SYSTEM, Reading, Units, Work, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support import quick_questions as ask
from tests.support.queues import Recorded


@pytest.fixture
def mia(units: Units) -> Person:
    return make.person(units, "Mia Tan")


@pytest.fixture
def similar(units: Units) -> UUID:
    """A question that somebody asked, and Kim answered."""
    return ask.answered(units, make.person(units, "Noor Haddad"), make.mentor(units, "Kim Alder"))


def do(units: Units, person: Person, act: Callable[[Work, UUID], None], question_id: UUID) -> None:
    with units.work(member(person.id)) as work:
        act(work, question_id)


def cards(units: Units, kind: Kind, *, changes: bool = False) -> list[Notification]:
    with units.read(SYSTEM) as reading:
        found = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_not(None) == changes)
        return list(reading.session.scalars(found))


def at_once(acts: list[Callable[[], object]]) -> Counter[str]:
    """Do all this at the same time; how often each came out how."""

    def outcome(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(outcome, acts))


def test_a_question_is_a_draft_that_is_told_and_looked_at(units: Units, queue: Recorded, mia: Person) -> None:
    with units.work(member(mia.id)) as work:
        asked = NewQuestion(" How do I use k8s? ", "\x07", ("k8s", "Kubernetes", "Left-handed knitting"))
        question_id = drafts.ask_question(work, asked)
    found = ask.view(units, question_id)
    assert (found.question, found.details) == ("How do I use k8s?", "")
    assert found.topics == ("Kubernetes", "Left-handed knitting")
    assert (found.state, found.next_step) == (QuestionState.DRAFT, QuestionStep.CHECK)
    assert found.next_step_at == NOON + CHECK_TIME
    assert queue.of(Job.CHECK_QUESTION) == [(str(question_id),)]
    assert [card.recipient_id for card in cards(units, Kind.QUESTION_STATUS)] == [mia.id]
    assert cards(units, Kind.QUESTION_CARD) == []


def test_what_is_missing_is_told_at_its_field(units: Units, mia: Person) -> None:
    with pytest.raises(InvalidFields) as refusal, units.work(member(mia.id)) as work:
        drafts.ask_question(work, NewQuestion(" "))
    assert set(refusal.value.problems) == {"question", "topics"}


def test_of_fifty_questions_at_once_three_wait(units: Units, mia: Person) -> None:
    outcomes = at_once([lambda: ask.asked(units, mia)] * 50)
    assert outcomes == {"done": MOST_OPEN, "enough_questions": 50 - MOST_OPEN}
    with units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count(Question.id))) == MOST_OPEN
    ask.asked(units, make.person(units))  # others are not concerned


def test_who_takes_one_back_may_ask_another(units: Units, mia: Person) -> None:
    first, *_ = [ask.posted(units, mia) for _ in range(MOST_OPEN)]
    with pytest.raises(EnoughQuestions):
        ask.asked(units, mia)
    do(units, mia, drafts.withdraw_question, first)
    ask.asked(units, mia)


def test_a_form_sent_twenty_times_asks_once(units: Units, queue: Recorded, mia: Person) -> None:
    form_id = new_id()

    def send() -> UUID:
        with units.work(member(mia.id)) as work:
            return drafts.ask_question(work, ask.ASKED, form_id)

    assert at_once([send] * 20) == {"done": 20}
    ask.settled(units, form_id)
    assert send() == form_id
    assert len(cards(units, Kind.QUESTION_STATUS)) == len(cards(units, Kind.QUESTION_CARD)) == 1
    assert queue.of(Job.CHECK_QUESTION) == [(str(form_id),)]
    assert ask.view(units, form_id).state is QuestionState.OPEN


def test_nothing_similar_and_it_is_in_the_channel(units: Units, queue: Recorded, mia: Person) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id)
    found = ask.view(units, question_id)
    assert (found.state, found.posted_at, found.next_step) == (QuestionState.OPEN, NOON, QuestionStep.REFER)
    (card,) = cards(units, Kind.QUESTION_CARD)
    assert (card.channel_name, card.subject_id) == (ChannelName.QUESTIONS, question_id)
    assert len(cards(units, Kind.QUESTION_STATUS, changes=True)) == 1
    assert queue.of(Job.SHOW_DRAFT) == [(str(question_id),)]


def test_something_similar_and_it_stays_a_draft_for_an_hour(units: Units, mia: Person, similar: UUID) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, similar)
    ask.settled(units, question_id)  # another worker, later
    found = ask.view(units, question_id)
    assert (found.state, found.next_step, found.next_step_at) == (
        QuestionState.DRAFT,
        QuestionStep.POST,
        NOON + DECIDE_TIME,
    )
    with units.read(member(mia.id)) as reading:
        (shown,) = similar_answers(reading, found)
    assert (shown.question_id, shown.mentor_name, shown.summary) == (
        similar,
        "Kim Alder",
        "Say what you learnt there.",
    )
    assert cards(units, Kind.QUESTION_CARD) == []


def test_post_my_question_posts_it_once(units: Units, mia: Person, similar: UUID) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, similar)
    outcomes = at_once([lambda: do(units, mia, drafts.post_draft, question_id)] * 10)
    assert outcomes == {"done": 1, "own_question_moved": 9}
    assert len(cards(units, Kind.QUESTION_CARD)) == 1


def test_this_helped_closes_it_and_keeps_which_one(units: Units, mia: Person, similar: UUID) -> None:
    other = ask.answered(units, make.person(units), make.mentor(units), "Another?")
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, other, similar)
    with pytest.raises(NotFound), units.work(member(mia.id)) as work:
        drafts.similar_helped(work, question_id, new_id())

    def helped() -> None:
        with units.work(member(mia.id)) as work:
            drafts.similar_helped(work, question_id, similar)

    assert at_once([helped] * 10) == {"done": 1, "own_question_moved": 9}
    found = ask.view(units, question_id)
    assert (found.state, found.similar_ids, found.posted_at) == (QuestionState.CLOSED, (similar,), None)
    assert cards(units, Kind.QUESTION_CARD) == []


def test_of_helped_posted_and_taken_back_at_once_one_counts(units: Units, mia: Person, similar: UUID) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, similar)
    overdue = later(units, NOON + DECIDE_TIME)

    def helped() -> None:
        with units.work(member(mia.id)) as work:
            drafts.similar_helped(work, question_id, similar)

    def swept() -> None:
        with overdue.work(SYSTEM) as work:
            drafts.post_overdue(work, question_id)

    at_once([helped, lambda: do(units, mia, drafts.post_draft, question_id), swept] * 4)
    found = ask.view(units, question_id)
    assert (found.posted_at is None) == (found.state is QuestionState.CLOSED)
    assert len(cards(units, Kind.QUESTION_CARD)) == (found.state is QuestionState.OPEN)


def test_nobody_else_decides_about_a_draft(units: Units, mia: Person, similar: UUID) -> None:
    question_id, other = ask.asked(units, mia), make.mentor(units)
    ask.settled(units, question_id, similar)
    for act in (drafts.post_draft, drafts.withdraw_question):
        with pytest.raises(NotFound):
            do(units, other, act, question_id)
    with pytest.raises(NotFound), units.work(member(other.id)) as work:
        drafts.similar_helped(work, question_id, similar)


def test_without_a_worker_a_draft_is_posted_unchecked(units: Units, mia: Person) -> None:
    question_id = ask.asked(units, mia)

    def due(after: timedelta) -> tuple[list[UUID], list[UUID]]:
        with later(units, NOON + after).read(SYSTEM) as reading:
            return drafts.drafts_unchecked(reading), drafts.drafts_over(reading)

    assert due(timedelta(seconds=29)) == ([], [])
    assert due(timedelta(seconds=30)) == ([question_id], [])
    assert due(CHECK_TIME) == ([question_id], [question_id])
    for moment in (CHECK_TIME - timedelta(seconds=1), CHECK_TIME):
        with later(units, NOON + moment).work(SYSTEM) as work:
            drafts.post_overdue(work, question_id)
    assert ask.view(units, question_id).state is QuestionState.OPEN
    assert ask.view(units, question_id).posted_at == NOON + CHECK_TIME
    ask.settled(units, question_id)  # the worker is back
    assert len(cards(units, Kind.QUESTION_CARD)) == 1


def test_a_draft_with_similar_answers_posts_itself(units: Units, mia: Person, similar: UUID) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, similar)
    with later(units, NOON + DECIDE_TIME - timedelta(seconds=1)).read(SYSTEM) as reading:
        assert drafts.drafts_over(reading) == []
    after = later(units, NOON + DECIDE_TIME)
    with after.read(SYSTEM) as reading:
        assert drafts.drafts_over(reading) == [question_id]
    with after.work(SYSTEM) as work:
        drafts.post_overdue(work, question_id)
    assert ask.view(units, question_id).state is QuestionState.OPEN


def test_a_question_is_taken_back_before_it_is_in_the_channel(units: Units, mia: Person) -> None:
    question_id = ask.posted(units, mia)
    do(units, mia, drafts.withdraw_question, question_id)
    assert ask.view(units, question_id).state is QuestionState.CLOSED
    (card,) = cards(units, Kind.QUESTION_CARD)
    assert card.state is NotificationState.CANCELLED
    with pytest.raises(OwnQuestionMoved):
        do(units, mia, drafts.withdraw_question, question_id)


def test_taking_back_a_claimed_question_ends_the_claim_and_tells_the_mentor_once(
    units: Units, queue: Recorded, mia: Person
) -> None:
    kim = make.mentor(units, "Kim Alder")
    question_id, claim_id = ask.claimed(units, mia, kim)
    outcomes = at_once([lambda: do(units, mia, drafts.withdraw_question, question_id)] * 10)
    assert outcomes == {"done": 1, "own_question_moved": 9}
    (told,) = cards(units, Kind.QUESTION_WITHDRAWN)
    assert (told.recipient_id, told.subject_id) == (kim.id, claim_id)
    with units.read(SYSTEM) as reading:
        claim = reading.session.get_one(QuestionClaim, claim_id)
        assert (claim.ending, claim.ended_at) == (ClaimEnding.WITHDRAWN, NOON)
        assert drafts.withdrawn_claim(reading, claim_id).student_name == "Mia Tan"
    assert (Job.REFRESH_HOME, (str(kim.id),)) in queue.jobs


def test_who_leaves_takes_their_questions_back(units: Units, mia: Person) -> None:
    kim = make.mentor(units, "Kim Alder")
    claimed, claim_id = ask.claimed(units, mia, kim)
    waiting = [claimed, ask.posted(units, mia), ask.asked(units, mia)]
    other = ask.posted(units, make.person(units))
    for _ in range(2):
        with units.work(SYSTEM) as work:
            leave(work, mia.id)
    assert {ask.view(units, one).state for one in waiting} == {QuestionState.CLOSED}
    assert ask.view(units, other).state is QuestionState.OPEN
    assert [told.subject_id for told in cards(units, Kind.QUESTION_WITHDRAWN)] == [claim_id]


def test_a_running_claim_is_no_withdrawn_one(units: Units, mia: Person) -> None:
    _, claim_id = ask.claimed(units, mia, make.mentor(units))
    with pytest.raises(NotFound), units.read(SYSTEM) as reading:
        drafts.withdrawn_claim(reading, claim_id)


def readable(units: Units, student: Person, *question_ids: UUID) -> list[UUID]:
    with units.read(SYSTEM) as reading:
        return readable_among(reading, student.id, question_ids)


@pytest.mark.parametrize("consents", [(None, True), (True, None), (False, True), (True, False)])
def test_an_answer_is_shown_only_if_both_allow_it(
    units: Units, mia: Person, similar: UUID, consents: tuple[bool | None, bool | None]
) -> None:
    student, mentor = consents
    hidden = ask.answered(
        units, make.person(units), make.mentor(units), student_consents=student, mentor_consents=mentor
    )
    assert readable(units, mia, hidden, similar) == [similar]


def test_who_is_kept_apart_does_not_meet_by_an_answer_either(units: Units, mia: Person) -> None:
    noor, kim, lee = make.person(units), make.mentor(units), make.mentor(units)
    by_kim, of_noor = ask.answered(units, make.person(units), kim), ask.answered(units, noor, lee)
    free = ask.answered(units, make.person(units), lee)
    with units.work(SYSTEM) as work:
        work.session.add_all([Block(user_id=mia.id, other_id=kim.id), Block(user_id=noor.id, other_id=mia.id)])
    assert readable(units, mia, by_kim, of_noor, free) == [free]
    assert readable(units, make.person(units), free, by_kim, of_noor) == [free, by_kim, of_noor]


def test_an_answer_that_may_not_be_read_any_more_is_gone_from_the_draft(
    units: Units, mia: Person, similar: UUID
) -> None:
    question_id = ask.asked(units, mia)
    ask.settled(units, question_id, similar)
    with units.work(SYSTEM) as work:
        work.session.get_one(Question, similar).mentor_consents = False

    def shown(reading: Reading) -> int:
        return len(similar_answers(reading, ask.view(units, question_id)))

    with units.read(member(mia.id)) as reading:
        assert shown(reading) == 0


def test_posted_questions_without_a_vector_are_seen(units: Units, mia: Person) -> None:
    ask.asked(units, mia)
    with units.read(SYSTEM) as reading:
        assert not drafts.posted_without_vector(reading)
    ask.posted(units, mia)
    with units.read(SYSTEM) as reading:
        assert drafts.posted_without_vector(reading)
