"""A mentor's turn at a quick question: claimed, given back, prolonged, or ended by silence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from core.models import Question, QuestionClaim
from core.notifications import Kind, notify, take_back, to_asker_and_claimer, to_person
from core.rules import questions as rules
from core.rules.errors import NotFound
from core.rules.questions import ClaimEnding, QuestionMoved, QuestionState
from core.rules.roles import Role
from core.services.apart import kept_apart
from core.services.people import Person, by_id, has_profile
from core.services.policies import current_policies, policies_at
from core.services.questions import (
    QuestionView,
    end_claim,
    enter,
    lock_question,
    question_view,
    running_claim,
    show_only,
)
from core.uow import Reading, Work

AT_ONCE = 200


@dataclass(frozen=True)
class ClaimView:
    """A turn at a question, running or over, with the question as it stands and both people."""

    claim_id: UUID
    question: QuestionView
    student: Person
    mentor: Person
    claimed_at: datetime
    remind_at: datetime
    reminded_at: datetime | None
    ending: ClaimEnding | None
    slack_channel: str | None

    @property
    def runs(self) -> bool:
        """Whether it is still this mentor's turn."""
        return self.ending is None

    @property
    def talks_in_slack(self) -> bool:
        """Whether the two have a conversation that both can read; else they write to each other by e-mail."""
        return self.slack_channel is not None and self.student.in_slack and self.mentor.in_slack

    @property
    def open_again_at(self) -> datetime:
        """When the question is open to all again if the mentor, who was reminded, says nothing."""
        return (self.reminded_at or self.remind_at) + rules.REOPEN_AFTER


def claim_question(work: Work, question_id: UUID) -> UUID:
    """Take an open question: the first mentor wins, and a conversation of the two is opened. Returns the claim.

    That a question was posted is public, and so is who claimed it: who comes too late is told. Raises `OwnQuestion`,
    `MentorsOnly`, `QuestionMoved`, `NotOpenToYou` for two who are kept apart, and `NotFound`.
    """
    mentor_id = _me(work)
    with work.as_system():
        seen = work.session.get(Question, question_id)
        if seen is None or seen.posted_at is None:
            raise NotFound(question_id=question_id)
        rules.may_claim(mentor_id, seen.student_id, is_mentor=has_profile(work, mentor_id, Role.MENTOR))
        _require_open(work, seen, mentor_id)  # what is over already needs no lock to say so
        if _apart(work, mentor_id, seen.student_id):
            raise rules.NotOpenToYou
        question = lock_question(work, question_id)
        _require_open(work, question, mentor_id)
        claim = QuestionClaim(
            question_id=question.id,
            mentor_id=mentor_id,
            claimed_at=work.now,
            remind_at=work.now + current_policies(work).silent_after,
        )
        work.session.add(claim)
        question.claimer_id = mentor_id
        enter(work, question, QuestionState.CLAIMED)
        notify(work, to_asker_and_claimer(claim.id), Kind.QUESTION_CLAIMED, claim.id)
        notify(work, to_person(mentor_id), Kind.QUESTION_YOURS, claim.id)
        return claim.id


def release_question(work: Work, question_id: UUID) -> None:
    """Give a question back: it is open to all again, and the student reads the same as after a silence.

    Raises `NotFound` for who never had it, and `QuestionMoved`.
    """
    mentor_id = _me(work)
    with work.as_system():
        question, _ = lock_own_turn(work, question_id, mentor_id)
        _reopen(work, question, ClaimEnding.RELEASED)


def release_all(work: Work, mentor_id: UUID, locked: Iterable[Question]) -> None:
    """Of these questions, open those that a mentor who left has claimed to the others, as the system: nobody waits for
    who is gone.
    """
    for question in locked:
        claim = running_claim(work, question.id)
        if claim and claim.mentor_id == mentor_id:
            _reopen(work, question, ClaimEnding.RELEASED)


def need_more_time(work: Work, question_id: UUID) -> None:
    """Keep a question after the reminder: the next one comes as long after this. Raises as `release_question`, and
    `TimeLeft` before the reminder.
    """
    mentor_id = _me(work)
    with work.as_system():
        question, claim = lock_own_turn(work, question_id, mentor_id)
        silent_after = policies_at(work, claim.claimed_at).silent_after
        claim.remind_at = rules.more_time(claim.remind_at, claim.reminded_at, work.now, silent_after)
        claim.reminded_at = None
        work.session.flush()
        take_back(work, Kind.QUESTION_REMINDER, claim.id)
        show_only(work, question, Kind.QUESTION_STATUS, Kind.QUESTION_YOURS, Kind.QUESTION_REMINDER)


def claims_to_remind(reading: Reading) -> list[UUID]:
    """Claims whose mentor has had their time and was not reminded."""
    return _claims(reading, QuestionClaim.reminded_at.is_(None), QuestionClaim.remind_at <= reading.now)


def remind_claimer(work: Work, claim_id: UUID) -> None:
    """Remind a mentor of a question that they claimed; once, until they ask for more time."""
    question, claim = _lock(work, claim_id)
    if claim is None or claim.reminded_at is not None or claim.remind_at > work.now:
        return
    claim.reminded_at = work.now
    work.session.flush()
    show_only(work, question, Kind.QUESTION_STATUS, Kind.QUESTION_YOURS, Kind.QUESTION_REMINDER)
    notify(work, to_person(claim.mentor_id), Kind.QUESTION_REMINDER, claim.id, claim.remind_at.isoformat())


def claims_silent(reading: Reading) -> list[UUID]:
    """Claims whose mentor was reminded, and has said nothing since."""
    return _claims(reading, *_silent(reading.now))


def reopen_silent(work: Work, claim_id: UUID) -> None:
    """Open a question to all again of which its mentor said nothing after the reminder."""
    question, claim = _lock(work, claim_id)
    if claim and claim.reminded_at and claim.reminded_at <= work.now - rules.REOPEN_AFTER:
        _reopen(work, question, ClaimEnding.SILENT)


def claim_view(reading: Reading, claim_id: UUID) -> ClaimView:
    """A turn at a question; what became of it afterwards is for others. Raises `NotFound` for who has no part in it."""
    claim = reading.session.get(QuestionClaim, claim_id)
    if claim is None:
        raise NotFound(claim_id=claim_id)
    with reading.as_system():
        question = question_view(reading, claim.question_id)
        if claim.ending not in (None, ClaimEnding.ANSWERED):
            question = replace(question, summary="", rating=None, thanks="")
        return ClaimView(
            claim_id=claim.id,
            question=question,
            student=by_id(reading, question.student_id),
            mentor=by_id(reading, claim.mentor_id),
            claimed_at=claim.claimed_at,
            remind_at=claim.remind_at,
            reminded_at=claim.reminded_at,
            ending=claim.ending,
            slack_channel=claim.slack_channel,
        )


def posted_question(reading: Reading, question_id: UUID) -> QuestionView:
    """A posted question as the channel shows it to everybody, and all of it to its two people.

    Raises `NotFound` before it is posted, and `NotOpenToYou` for somebody who is kept apart from who asked.
    """
    person_id = _me(reading)
    with reading.as_system():
        view = question_view(reading, question_id)
        if view.posted_at is None:
            raise NotFound(question_id=question_id)
        if _apart(reading, person_id, view.student_id):
            raise rules.NotOpenToYou
    if person_id in (view.student_id, view.claimer_id):
        return view
    return replace(view, summary=view.summary if view.may_be_read else "", rating=None, thanks="")


def own_turn(reading: Reading, question_id: UUID) -> QuestionView:
    """A question while it is the actor's turn: what is refused later is refused before a form is opened.

    Raises as `release_question`.
    """
    mentor_id = _me(reading)
    with reading.as_system():
        question = reading.session.get(Question, question_id)
        _require_own(reading, question, mentor_id)
        return question_view(reading, question_id)


def lock_own_turn(work: Work, question_id: UUID, mentor_id: UUID) -> tuple[Question, QuestionClaim]:
    """A question and this mentor's running claim, both locked, as the system. Raises as `release_question`."""
    question = lock_question(work, question_id)
    _require_own(work, question, mentor_id)
    claim = running_claim(work, question_id)
    if claim is None:
        raise moved(work, question, mentor_id)
    return question, claim


def moved(reading: Reading, question: Question, person_id: UUID) -> QuestionMoved:
    """How a question stands instead, for this person. Read as the system."""
    latest = select(QuestionClaim.claimed_at).where(QuestionClaim.question_id == question.id)
    claimed_at = reading.session.scalar(latest.order_by(QuestionClaim.claimed_at.desc()).limit(1))
    claimer = by_id(reading, question.claimer_id).name if question.claimer_id else ""
    just = claimed_at is not None and reading.now - claimed_at < rules.JUST_NOW
    return QuestionMoved(state=question.state, claimer=claimer, mine=question.claimer_id == person_id, just=just)


def _me(reading: Reading) -> UUID:
    person_id = reading.actor.user_id
    if person_id is None:
        raise NotFound
    return person_id


def _require_open(reading: Reading, question: Question, mentor_id: UUID) -> None:
    if question.state is not QuestionState.OPEN:
        raise moved(reading, question, mentor_id)


def _require_own(reading: Reading, question: Question | None, mentor_id: UUID) -> None:
    """Whose turn it was is told how the question stands; anybody else, that there is nothing."""
    if question is None:
        raise NotFound
    if question.state is QuestionState.CLAIMED and question.claimer_id == mentor_id:
        return
    had_it = exists().where(QuestionClaim.question_id == question.id, QuestionClaim.mentor_id == mentor_id)
    if not reading.session.scalar(select(had_it)):
        raise NotFound(question_id=question.id)
    raise moved(reading, question, mentor_id)


def _apart(reading: Reading, one_id: UUID, other_id: UUID) -> bool:
    """Whether one of the two never wants to meet the other."""
    return bool(reading.session.scalar(select(kept_apart(one_id, other_id))))


def _reopen(work: Work, question: Question, ending: ClaimEnding) -> None:
    claim = end_claim(work, question, ending)
    enter(work, question, QuestionState.OPEN)
    notify(work, to_person(question.student_id), Kind.QUESTION_REOPENED, claim.id)


def _claims(reading: Reading, *which: ColumnElement[bool]) -> list[UUID]:
    running = select(QuestionClaim.id).where(QuestionClaim.ended_at.is_(None), *which)
    return list(reading.session.scalars(running.order_by(QuestionClaim.remind_at).limit(AT_ONCE)))


def _silent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return QuestionClaim.reminded_at.is_not(None), QuestionClaim.reminded_at <= now - rules.REOPEN_AFTER


def _lock(work: Work, claim_id: UUID) -> tuple[Question, QuestionClaim | None]:
    """The question of a claim, locked, and the claim if it still runs."""
    question_id = work.session.scalar(select(QuestionClaim.question_id).where(QuestionClaim.id == claim_id))
    if question_id is None:
        raise NotFound(claim_id=claim_id)
    question = lock_question(work, question_id)
    claim = running_claim(work, question_id)
    return question, claim if claim and claim.id == claim_id else None
