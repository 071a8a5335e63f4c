"""A mentor's turn at a quick question: first wins, and a question never stands claimed without a claim."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Block, Notification, NotificationState, Profile, Question, QuestionClaim
from core.notifications import Kind
from core.queue import Job
from core.rules.errors import DomainError, NotFound
from core.rules.questions import (
    REOPEN_AFTER,
    SILENT_AFTER,
    ClaimEnding,
    MentorsOnly,
    NotOpenToYou,
    OwnQuestion,
    QuestionMoved,
    QuestionState,
    TimeLeft,
)
from core.services.accounts import leave
from core.services.people import Person
from core.services.question_claims import (
    claim_question,
    claim_view,
    claims_silent,
    claims_to_remind,
    need_more_time,
    posted_question,
    release_question,
    remind_claimer,
    reopen_silent,
)
from core.services.questions import claimed_questions, question_view
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.queues import Recorded


class Story:
    """A student's open question, and mentors who might take it."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.mia = make.student(units, "Mia Tan")
        self.kim, self.lee = make.mentor(units, "Kim Alder"), make.mentor(units, "Lee Birch")
        self.question_id = make.question(units, self.mia)

    def at(self, **after: float) -> Units:
        return later(self.units, NOON + timedelta(**after))

    def claim(self, person: Person, **after: float) -> UUID:
        with self.at(**after).work(member(person.id)) as work:
            return claim_question(work, self.question_id)

    def release(self, person: Person, **after: float) -> None:
        with self.at(**after).work(member(person.id)) as work:
            release_question(work, self.question_id)

    def more_time(self, person: Person, **after: float) -> None:
        with self.at(**after).work(member(person.id)) as work:
            need_more_time(work, self.question_id)

    def sweep(self, moment: datetime) -> tuple[int, int]:
        """Remind and reopen what is due then; how many of each."""
        units = later(self.units, moment)
        with units.work(SYSTEM) as work:
            reminded, silent = claims_to_remind(work), claims_silent(work)
            for claim_id in reminded:
                remind_claimer(work, claim_id)
            for claim_id in silent:
                reopen_silent(work, claim_id)
        return len(reminded), len(silent)

    def question(self) -> Question:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Question, self.question_id)

    def claims(self) -> list[QuestionClaim]:
        with self.units.read(SYSTEM) as reading:
            return list(reading.session.scalars(select(QuestionClaim).order_by(QuestionClaim.id)))

    def told(self, kind: Kind) -> list[Notification]:
        """The cards of this kind that go out, or went."""
        with self.units.read(SYSTEM) as reading:
            which = (
                Notification.kind == kind,
                Notification.updates_id.is_(None),
                Notification.state != NotificationState.CANCELLED,
            )
            return list(reading.session.scalars(select(Notification).where(*which).order_by(Notification.id)))


@pytest.fixture
def story(units: Units) -> Story:
    return Story(units)


def outcome(act: Callable[[], object]) -> str:
    """What came of it: done, or why not."""
    try:
        act()
    except DomainError as refusal:
        return refusal.code
    return "done"


def test_a_claim_opens_a_conversation_and_gives_the_mentor_their_buttons(story: Story, queue: Recorded) -> None:
    claim_id = story.claim(story.kim)
    assert (story.question().state, story.question().claimer_id) == (QuestionState.CLAIMED, story.kim.id)
    (shared,), (own,) = story.told(Kind.QUESTION_CLAIMED), story.told(Kind.QUESTION_YOURS)
    assert (shared.claim_id, shared.recipient_id) == (claim_id, None)
    assert own.recipient_id == story.kim.id
    homes = queue.of(Job.REFRESH_HOME)
    assert {(str(story.mia.id),), (str(story.kim.id),)} <= set(homes)
    with story.units.read(member(story.kim.id)) as reading:
        (mine,) = claimed_questions(reading, story.kim.id)
    assert mine.next_step_at == NOON + SILENT_AFTER


def test_of_fifty_mentors_at_the_same_moment_one_wins_and_the_others_read_who(units: Units) -> None:
    story = Story(units)
    mentors = [make.mentor(units, f"Mentor {number}") for number in range(50)]
    refusals: list[QuestionMoved] = []

    def press(mentor: Person) -> Person | None:
        try:
            story.claim(mentor)
        except QuestionMoved as refusal:
            refusals.append(refusal)
            return None
        return mentor

    with ThreadPoolExecutor(50) as pool:
        (winner,) = filter(None, pool.map(press, mentors))
    assert len(refusals) == 49
    facts = {"state": QuestionState.CLAIMED, "claimer": winner.name, "mine": False, "just": True}
    assert all(refusal.facts == facts for refusal in refusals)
    assert [claim.mentor_id for claim in story.claims()] == [winner.id]
    assert len(story.told(Kind.QUESTION_CLAIMED)) == len(story.told(Kind.QUESTION_YOURS)) == 1


def test_claims_and_releases_at_once_never_leave_it_claimed_without_a_claim(story: Story) -> None:
    acts: list[Callable[[], object]] = [lambda: story.claim(story.kim), lambda: story.claim(story.lee)] * 6
    acts += [lambda: story.release(story.kim), lambda: story.release(story.lee)] * 6
    with ThreadPoolExecutor(24) as pool:
        counted = Counter(pool.map(outcome, acts))
    assert set(counted) <= {"done", "question_moved", "not_found"}
    running = [claim for claim in story.claims() if claim.ended_at is None]
    question = story.question()
    assert len(running) <= 1
    assert (question.state is QuestionState.CLAIMED) == bool(running)
    assert question.claimer_id == (running[0].mentor_id if running else None)


def test_a_student_cannot_claim(story: Story) -> None:
    with pytest.raises(MentorsOnly):
        story.claim(make.student(story.units))


def test_nobody_claims_their_own(story: Story) -> None:
    own = make.question(story.units, story.kim)
    with pytest.raises(OwnQuestion), story.units.work(member(story.kim.id)) as work:
        claim_question(work, own)


def test_a_paused_mentor_can_and_a_full_one_too(story: Story) -> None:
    with story.units.work(SYSTEM) as work:
        for profile in work.session.scalars(select(Profile).where(Profile.user_id == story.kim.id)):
            profile.paused_until, profile.current_mentees = NOON + timedelta(days=9), profile.max_mentees
    story.claim(story.kim)
    assert story.question().claimer_id == story.kim.id


@pytest.mark.parametrize("by_student", [True, False])
def test_who_is_kept_apart_from_who_asks_is_refused_without_a_reason(story: Story, by_student: bool) -> None:
    one, other = (story.mia, story.kim) if by_student else (story.kim, story.mia)
    with story.units.work(SYSTEM) as work:
        work.session.add(Block(user_id=one.id, other_id=other.id, reason="He writes to me at night."))
    with pytest.raises(NotOpenToYou) as refusal:
        story.claim(story.kim)
    assert refusal.value.facts == {}
    with pytest.raises(NotOpenToYou), story.units.read(member(story.kim.id)) as reading:
        posted_question(reading, story.question_id)
    story.claim(story.lee)
    assert story.question().claimer_id == story.lee.id


@pytest.mark.parametrize("state", [QuestionState.ANSWERED, QuestionState.CLOSED])
def test_what_is_over_is_not_claimed(story: Story, state: QuestionState) -> None:
    when = {"answered_at": NOON} if state is QuestionState.ANSWERED else {"closed_at": NOON}
    over = make.question(story.units, story.mia, state=state, **when)
    with pytest.raises(QuestionMoved) as refusal, story.units.work(member(story.kim.id)) as work:
        claim_question(work, over)
    assert refusal.value.facts["state"] is state


def test_a_draft_is_not_there_for_others(story: Story) -> None:
    draft = make.question(story.units, story.mia, state=QuestionState.DRAFT, posted_at=None, opened_at=None)
    with pytest.raises(NotFound), story.units.work(member(story.kim.id)) as work:
        claim_question(work, draft)
    with pytest.raises(NotFound), story.units.read(member(story.kim.id)) as reading:
        posted_question(reading, draft)


def test_who_pressed_twice_reads_that_it_is_theirs(story: Story) -> None:
    story.claim(story.kim)
    with pytest.raises(QuestionMoved) as refusal:
        story.claim(story.kim, hours=1)
    assert (refusal.value.facts["mine"], refusal.value.facts["just"]) == (True, False)


def test_a_release_opens_it_to_all_and_tells_the_student_what_a_silence_would(story: Story) -> None:
    first = story.claim(story.kim)
    story.release(story.kim, hours=1)
    question = story.question()
    assert (question.state, question.claimer_id) == (QuestionState.OPEN, None)
    assert question.opened_at == NOON + timedelta(hours=1)
    (told,) = story.told(Kind.QUESTION_REOPENED)
    assert (told.recipient_id, told.subject_id) == (story.mia.id, first)
    assert story.told(Kind.QUESTION_CLAIMED) == []  # what had not gone out yet is not said any more
    second = story.claim(story.lee, hours=2)
    assert [claim.ending for claim in story.claims()] == [ClaimEnding.RELEASED, None]
    assert [one.subject_id for one in story.told(Kind.QUESTION_CLAIMED)] == [second]


def test_who_gave_it_back_has_no_say_any_more(story: Story) -> None:
    story.claim(story.kim)
    story.release(story.kim)
    story.claim(story.lee)
    for act in (story.release, story.more_time):
        with pytest.raises(QuestionMoved) as refusal:
            act(story.kim)
        assert refusal.value.facts["claimer"] == "Lee Birch"
    assert story.question().claimer_id == story.lee.id


def test_who_never_had_it_learns_nothing(story: Story) -> None:
    story.claim(story.kim)
    for stranger in (story.lee, story.mia, make.student(story.units)):
        with pytest.raises(NotFound):
            story.release(stranger)


def test_silence_is_reminded_once_and_then_opens_it_again(story: Story) -> None:
    claim_id = story.claim(story.kim)
    due = NOON + SILENT_AFTER
    assert story.sweep(due - timedelta(seconds=1)) == (0, 0)
    assert story.sweep(due) == (1, 0)
    assert story.sweep(due) == (0, 0)
    (reminder,) = story.told(Kind.QUESTION_REMINDER)
    assert (reminder.recipient_id, reminder.subject_id) == (story.kim.id, claim_id)
    assert story.sweep(due + REOPEN_AFTER - timedelta(seconds=1)) == (0, 0)
    assert story.sweep(due + REOPEN_AFTER) == (0, 1)
    assert story.sweep(due + REOPEN_AFTER) == (0, 0)
    assert [claim.ending for claim in story.claims()] == [ClaimEnding.SILENT]
    assert story.question().state is QuestionState.OPEN
    assert [one.recipient_id for one in story.told(Kind.QUESTION_REOPENED)] == [story.mia.id]


def test_more_time_is_as_long_again_and_ends_with_another_reminder(story: Story) -> None:
    story.claim(story.kim)
    with pytest.raises(TimeLeft):
        story.more_time(story.kim, hours=1)
    story.sweep(NOON + SILENT_AFTER)
    story.more_time(story.kim, hours=60)
    assert story.told(Kind.QUESTION_REMINDER) == []
    again = NOON + timedelta(hours=60) + SILENT_AFTER
    assert story.sweep(NOON + SILENT_AFTER + REOPEN_AFTER) == (0, 0)
    assert story.sweep(again - timedelta(seconds=1)) == (0, 0)
    assert story.sweep(again) == (1, 0)
    assert len(story.told(Kind.QUESTION_REMINDER)) == 1


def test_a_release_and_a_silence_at_once_end_it_once(story: Story) -> None:
    claim_id = story.claim(story.kim)
    story.sweep(NOON + SILENT_AFTER)
    late = NOON + SILENT_AFTER + REOPEN_AFTER

    def silent() -> None:
        with later(story.units, late).work(SYSTEM) as work:
            reopen_silent(work, claim_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(outcome, [silent, lambda: story.release(story.kim, hours=72)] * 4))
    (claim,) = story.claims()
    assert claim.ending in (ClaimEnding.SILENT, ClaimEnding.RELEASED)
    assert len(story.told(Kind.QUESTION_REOPENED)) == 1
    assert story.question().state is QuestionState.OPEN


def test_what_a_mentor_had_claimed_goes_on_when_they_leave(story: Story) -> None:
    story.claim(story.kim)
    second = make.question(story.units, story.mia)
    with story.units.work(member(story.kim.id)) as work:
        claim_question(work, second)
    with story.units.work(SYSTEM) as work:
        leave(work, story.kim.id)
    assert [claim.ending for claim in story.claims()] == [ClaimEnding.RELEASED] * 2
    assert story.question().state is QuestionState.OPEN
    assert len(story.told(Kind.QUESTION_REOPENED)) == 2


def test_a_turn_is_for_its_two_people(story: Story) -> None:
    claim_id = story.claim(story.kim)
    for person in (story.mia, story.kim):
        with story.units.read(member(person.id)) as reading:
            assert claim_view(reading, claim_id).mentor.name == "Kim Alder"
    with pytest.raises(NotFound), story.units.read(member(story.lee.id)) as reading:
        claim_view(reading, claim_id)
    with pytest.raises(NotFound), story.units.read(member(story.lee.id)) as reading:
        question_view(reading, story.question_id)
    with story.units.read(member(story.lee.id)) as reading:
        assert posted_question(reading, story.question_id).claimer_name == "Kim Alder"
