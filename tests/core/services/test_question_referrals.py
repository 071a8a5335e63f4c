"""Questions that nobody claims: referred once, to whom it concerns; then told to staff."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Block, Notification, NotificationState, Question, QuestionReferral, User
from core.notifications import ChannelName, Kind
from core.rules.errors import NotFound
from core.rules.questions import REFER_AFTER, STAFF_AFTER, STAFF_AGAIN, ClaimEnding, QuestionState
from core.rules.referrals import LATELY, TIME_TO_TAKE, Fit, Habit, Load
from core.rules.roles import PersonState
from core.services.mentoring import pause_mentoring
from core.services.people import Person
from core.services.preferences import mute
from core.services.question_claims import claim_question, release_question
from core.services.question_referrals import (
    questions_for_staff,
    questions_to_refer,
    refer_question,
    referral_view,
    tell_staff,
    unclaimed_view,
)
from core.services.questions import end_claim, enter, lock_question
from core.services.referral_facts import MentorToAsk, question_to_refer
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make

DUE = NOON + REFER_AFTER
TOPICS = ("Python", "Law")


class Story:
    """A student's question of noon, and mentors who may be asked about it."""

    def __init__(self, units: Units, mentors: int = 3) -> None:
        self.units = units
        self.student = make.student(units, "Mia Tan")
        self.mentors = [make.mentor(units) for _ in range(mentors)]
        self.question_id = make.question(units, self.student, topics=list(TOPICS))

    def refer(self, *mentors: Person, at: datetime = DUE, question_id: UUID | None = None) -> list[UUID]:
        with later(self.units, at).work(SYSTEM) as work:
            return refer_question(work, question_id or self.question_id, fits(mentors or self.mentors))

    def facts(self, at: datetime = DUE) -> dict[UUID, MentorToAsk]:
        with later(self.units, at).read(SYSTEM) as reading:
            return {one.mentor_id: one for one in question_to_refer(reading, self.question_id).mentors}

    def block(self, one: Person, other: Person) -> None:
        with self.units.work(SYSTEM) as work:
            work.session.add(Block(user_id=one.id, other_id=other.id))

    def messages(self, kind: Kind) -> list[Notification]:
        with self.units.read(SYSTEM) as reading:
            cards = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_(None))
            return list(reading.session.scalars(cards.order_by(Notification.id)))

    def referrals(self) -> list[QuestionReferral]:
        with self.units.read(SYSTEM) as reading:
            return list(reading.session.scalars(select(QuestionReferral).order_by(QuestionReferral.rank)))


def leave(units: Units, person: Person) -> None:
    with units.work(SYSTEM) as work:
        work.session.get_one(User, person.id).state = PersonState.LEFT


def fits(mentors: Iterable[Person]) -> list[Fit]:
    return [Fit(one.id, 0.9 - 0.1 * place, ("Python",)) for place, one in enumerate(mentors)]


def test_a_question_is_due_once_it_was_nobodys_for_six_hours(units: Units) -> None:
    story = Story(units)
    with later(units, DUE - timedelta(seconds=1)).read(SYSTEM) as reading:
        assert questions_to_refer(reading) == []
    with later(units, DUE).read(SYSTEM) as reading:
        assert questions_to_refer(reading) == [story.question_id]


def test_each_mentor_is_asked_with_rank_score_and_the_topics_that_both_name(units: Units) -> None:
    story = Story(units)
    asked = story.refer()
    rows = story.referrals()
    assert [row.mentor_id for row in rows] == [one.id for one in story.mentors]
    assert [(row.rank, row.shared) for row in rows] == [(1, ["Python"]), (2, ["Python"]), (3, ["Python"])]
    assert [one.recipient_id for one in story.messages(Kind.QUESTION_REFERRED)] == [one.id for one in story.mentors]
    with units.read(member(story.mentors[0].id)) as reading:
        view = referral_view(reading, asked[0])
        assert (view.is_open, view.is_mine, view.question.student_name) == (True, False, "Mia Tan")
        with pytest.raises(NotFound):
            referral_view(reading, asked[1])


def test_a_question_is_referred_once_for_ever(units: Units) -> None:
    story = Story(units, 6)
    assert len(story.refer(*story.mentors[:2])) == 2
    assert story.refer(*story.mentors[3:], at=DUE + timedelta(days=1)) == []
    with units.work(member(story.mentors[0].id)) as work:
        claim_question(work, story.question_id)
    with units.work(member(story.mentors[0].id)) as work:
        release_question(work, story.question_id)
    assert story.refer(*story.mentors[3:], at=DUE + timedelta(days=2)) == []


def test_where_nobody_fits_nobody_is_asked_and_it_is_not_tried_again(units: Units) -> None:
    story = Story(units)
    with later(units, DUE).work(SYSTEM) as work:
        assert refer_question(work, story.question_id, []) == []
    with later(units, DUE).read(SYSTEM) as reading:
        assert questions_to_refer(reading) == []
        assert reading.session.get_one(Question, story.question_id).referred_at == DUE


def test_a_question_that_is_not_open_or_not_due_is_left_alone(units: Units) -> None:
    story = Story(units)
    assert story.refer(at=DUE - timedelta(minutes=1)) == []
    with units.work(member(story.mentors[0].id)) as work:
        claim_question(work, story.question_id)
    assert story.refer() == []
    assert story.messages(Kind.QUESTION_REFERRED) == []


def test_who_paused_since_they_were_found_is_not_asked(units: Units) -> None:
    story = Story(units)
    with units.work(member(story.mentors[0].id)) as work:
        pause_mentoring(work, story.mentors[0].id)
    story.refer()
    assert [(row.rank, row.mentor_id) for row in story.referrals()] == [
        (1, story.mentors[1].id),
        (2, story.mentors[2].id),
    ]


def test_two_workers_refer_at_once_and_each_mentor_is_asked_once(units: Units) -> None:
    story = Story(units)
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda _: story.refer(), range(8)))
    assert sorted(map(len, asked)) == [0] * 7 + [3]
    assert len(story.referrals()) == len(story.messages(Kind.QUESTION_REFERRED)) == 3


def test_those_may_be_asked_who_are_mentors_here_and_willing(units: Units) -> None:
    story = Story(units, 7)
    willing, paused, muted, blocked, blocking, left, had_it = story.mentors
    both = make.student(units)
    story.block(story.student, blocked)
    story.block(blocking, story.student)
    with units.work(member(paused.id)) as work:
        pause_mentoring(work, paused.id)
    with units.work(SYSTEM) as work:
        mute(work, muted.id)
    leave(units, left)
    with units.work(member(had_it.id)) as work:
        claim_question(work, story.question_id)
    with units.work(member(had_it.id)) as work:
        release_question(work, story.question_id)
    assert set(story.facts()) == {willing.id}
    assert both.id not in story.facts()


def test_who_asks_is_never_referred_to_themselves(units: Units) -> None:
    story = Story(units, 1)
    own = make.question(units, story.mentors[0], topics=["Python"])
    with later(units, DUE).read(SYSTEM) as reading:
        assert question_to_refer(reading, own).mentors == ()


def test_shared_topics_are_those_of_both_whatever_their_spelling(units: Units) -> None:
    story = Story(units, 0)
    knows = make.mentor(units, skills=("Kubernetes",), industries=("Law",))
    question_id = make.question(units, story.student, topics=["k8s", "Law", "Chess"])
    with later(units, DUE).read(SYSTEM) as reading:
        (found,) = question_to_refer(reading, question_id).mentors
    assert (found.mentor_id, found.shared) == (knows.id, ("k8s", "Law"))


def test_load_counts_running_claims_mentees_and_recent_referrals(units: Units) -> None:
    story = Story(units, 1)
    mentor = story.mentors[0]
    make.claim(units, make.question(units, story.student), mentor)
    other = make.question(units, story.student)
    story.refer(mentor, question_id=other)
    make.match(units, story.student, mentor)
    assert story.facts()[mentor.id].load == Load(running=1, mentees=1, places=2, asked_lately=1)
    assert story.facts(DUE + LATELY)[mentor.id].load.asked_lately == 0


def test_habit_tells_who_takes_and_answers_and_who_lets_things_pass_or_go_silent(units: Units) -> None:
    story = Story(units, 3)
    takes, passes, slower = story.mentors
    first, second, third = (make.question(units, story.student) for _ in range(3))
    story.refer(takes, slower, question_id=first)
    story.refer(passes, question_id=second)
    with later(units, DUE + timedelta(hours=1)).work(member(takes.id)) as work:
        claim_question(work, first)
    with later(units, DUE + timedelta(hours=2)).work(SYSTEM) as work:
        question = lock_question(work, first)
        end_claim(work, question, ClaimEnding.SILENT)
        enter(work, question, QuestionState.OPEN)
    with units.work(member(slower.id)) as work:
        claim_question(work, third)
    with units.work(member(slower.id)) as work:
        release_question(work, third)
    found = story.facts(DUE + TIME_TO_TAKE)
    assert found[takes.id].habit == Habit(taken=1, silent=1)
    assert found[passes.id].habit == Habit(passed=1)
    assert found[slower.id].habit == Habit(released=1)


def test_once_it_is_claimed_who_has_not_read_of_it_is_spared(units: Units) -> None:
    story = Story(units)
    story.refer()
    with later(units, DUE).work(member(story.mentors[1].id)) as work:
        claim_question(work, story.question_id)
    states = {one.state for one in story.messages(Kind.QUESTION_REFERRED)}
    assert states == {NotificationState.CANCELLED}


def test_staff_are_told_after_20_hours_and_again_every_72_while_it_is_open(units: Units) -> None:
    story = Story(units)
    told: list[datetime] = []
    for hour in range(0, 24 * 9, 4):
        moment = NOON + timedelta(hours=hour)
        with later(units, moment).read(SYSTEM) as reading:
            due = questions_for_staff(reading)
        if due:
            told.append(moment)
            with later(units, moment).work(SYSTEM) as work:
                tell_staff(work, story.question_id)
            with later(units, moment).work(SYSTEM) as work:
                tell_staff(work, story.question_id)
    first = NOON + STAFF_AFTER
    assert told == [first, first + STAFF_AGAIN, first + 2 * STAFF_AGAIN]
    messages = story.messages(Kind.QUESTION_UNCLAIMED)
    assert [one.channel_name for one in messages] == [ChannelName.ADMINS] * 3


def test_staff_are_told_of_a_question_although_nobody_was_asked_yet(units: Units) -> None:
    story = Story(units)
    with later(units, NOON + STAFF_AFTER).read(SYSTEM) as reading:
        assert questions_for_staff(reading) == [story.question_id]
        assert unclaimed_view(reading, story.question_id).asked == ()


def test_two_sweeps_tell_staff_at_once_and_staff_read_it_once(units: Units) -> None:
    story = Story(units)

    def tell(_: int) -> None:
        with later(units, NOON + STAFF_AFTER).work(SYSTEM) as work:
            tell_staff(work, story.question_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(8)))
    assert len(story.messages(Kind.QUESTION_UNCLAIMED)) == 1


def test_a_question_that_is_open_again_is_told_to_staff_by_its_new_time(units: Units) -> None:
    story = Story(units)
    with later(units, NOON + STAFF_AFTER).work(SYSTEM) as work:
        tell_staff(work, story.question_id)
    again = NOON + timedelta(hours=30)
    with later(units, again).work(member(story.mentors[0].id)) as work:
        claim_question(work, story.question_id)
    with later(units, again).work(member(story.mentors[0].id)) as work:
        release_question(work, story.question_id)
    with later(units, again + STAFF_AFTER).read(SYSTEM) as reading:
        assert questions_for_staff(reading) == [story.question_id]
    with later(units, again + STAFF_AFTER - timedelta(seconds=1)).read(SYSTEM) as reading:
        assert questions_for_staff(reading) == []
