"""What somebody who was erased wrote, or others' rows say in their words: taken out. Counts, scores and times stay.

Each step is a unit of work of its own and touches one kind of rows, so that none waits for another; each can be done
twice. Which texts stay with whom is told in docs/privacy.md.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, delete, exists, or_, select, update

from core.models import (
    ActionItem,
    Ask,
    Batch,
    Feedback,
    Match,
    MatchingRun,
    Meeting,
    MentorshipSuggestion,
    Offer,
    OfferQuestion,
    ProposedPair,
    Question,
    QuestionClaim,
    QuestionReferral,
    QuestionVector,
    Request,
    StaffMessage,
)
from core.rules.erasure import without_phrases
from core.services.asks import lapse_open
from core.services.two_sides import either_side, matches_of
from core.uow import Work

UNSEEN = {"synchronize_session": False}
"""Rows are changed behind the session's back: it holds none of them."""
Step = Callable[[Work, UUID], None]
OF_THE_STUDENT = ("student", "wish", "anything_else", "must_share", "mentors", "wanted_mentor_id")
"""Without the student a wave cannot be computed again, so nothing is kept of its mentors either."""


def clear_requests(work: Work, person_id: UUID) -> None:
    """Wishes; and in the requests of others, that they were wanted."""
    _set(work, Request, Request.student_id == person_id, wish="", anything_else="", must_share=[])
    _set(work, Request, Request.wanted_mentor_id == person_id, wanted_mentor_id=None)


def clear_offers(work: Work, person_id: UUID) -> None:
    """Reasons, notes and questions of offers to them or about them."""
    offers = work.session.scalars(
        select(Offer).where(either_side(Offer, person_id)).order_by(Offer.id).with_for_update()
    )
    for offer in offers.all():
        offer.criteria, offer.decline_note = _scores(offer.criteria), ""
    answered = case((OfferQuestion.answer.is_(None), None), else_="")
    _set(work, OfferQuestion, either_side(OfferQuestion, person_id), question="", answer=answered)


def clear_waves(work: Work, person_id: UUID) -> None:
    """What waves were computed from: all of a wave for them, and of others' waves what they told as a mentor."""
    named = cast(Batch.inputs, Text).contains(str(person_id))
    waves = select(Batch).where(or_(Batch.student_id == person_id, named)).order_by(Batch.id)
    for wave in work.session.scalars(waves.with_for_update()).all():
        wave.inputs = _without(wave.inputs, str(person_id), whole=wave.student_id == person_id)


def clear_matches(work: Work, person_id: UUID) -> None:
    """Reasons, goals and the place where the two talked."""
    matches = work.session.scalars(
        select(Match).where(either_side(Match, person_id)).order_by(Match.id).with_for_update()
    )
    for match in matches.all():
        match.criteria, match.goals, match.slack_channel = _scores(match.criteria), "", None


def clear_meetings(work: Work, person_id: UUID) -> None:
    """Their notes, and agendas, which either may have written. That the two met, when and how long, is of both."""
    meetings = select(Meeting).where(Meeting.match_id.in_(matches_of(person_id))).order_by(Meeting.id).with_for_update()
    for meeting in work.session.scalars(meetings).all():
        meeting.agenda = ""
        if meeting.author_id == person_id:
            meeting.notes = ""
        told = {who: said | {"notes": ""} if who == str(person_id) else said for who, said in meeting.accounts.items()}
        meeting.accounts = told


def clear_items(work: Work, person_id: UUID) -> None:
    """What they, or both, wanted to do. What the other one wants to do is theirs."""
    mine = (
        ActionItem.match_id.in_(matches_of(person_id)),
        or_(ActionItem.owner_id == person_id, ActionItem.owner_id.is_(None)),
    )
    work.session.execute(delete(ActionItem).where(*mine), execution_options=UNSEEN)


def clear_feedback(work: Work, person_id: UUID) -> None:
    """Comments; ratings and answers are counted. They are asked nothing more."""
    _set(work, Feedback, Feedback.author_id == person_id, comment="", shared=False)
    lapse_open(work, Ask.person_id == person_id)


def clear_questions(work: Work, person_id: UUID) -> None:
    """Of what they asked, all texts; of what they answered, the answer, and the thanks for it."""
    asked = Question.student_id == person_id
    _set(work, Question, asked, question="", details="", topics=[], similar_ids=[])
    mine = or_(asked, Question.claimer_id == person_id)
    _set(work, Question, mine, summary="", thanks="", student_consents=None, mentor_consents=None)
    questions = select(Question.id).where(asked)
    work.session.execute(
        delete(QuestionVector).where(QuestionVector.question_id.in_(questions)),
        execution_options=UNSEEN,
    )
    _set(work, QuestionReferral, QuestionReferral.question_id.in_(questions), shared=[])
    _set(work, QuestionReferral, QuestionReferral.mentor_id == person_id, shared=[])
    claims = or_(QuestionClaim.mentor_id == person_id, QuestionClaim.question_id.in_(questions))
    _set(work, QuestionClaim, claims, slack_channel=None)
    work.session.execute(
        delete(MentorshipSuggestion).where(either_side(MentorshipSuggestion, person_id)),
        execution_options=UNSEEN,
    )


def clear_staff_messages(work: Work, person_id: UUID) -> None:
    """What staff wrote to them, or to both of their pairs. What staff wrote to the other one alone is the other's."""
    theirs = or_(StaffMessage.recipient_id == person_id, StaffMessage.recipient_id.is_(None))
    _set(work, StaffMessage, StaffMessage.match_id.in_(matches_of(person_id)) & theirs, body="")


def clear_runs(work: Work, person_id: UUID) -> None:
    """What staff had computed: nothing of what was found for them as a student, and no words of pairs with them.

    A run is locked before its pairs, as by who edits or publishes it.
    """
    about = either_side(ProposedPair, person_id)
    named = cast(MatchingRun.outcome, Text).contains(str(person_id))
    paired = exists().where(ProposedPair.run_id == MatchingRun.id, about)
    runs = select(MatchingRun).where(or_(MatchingRun.student_id == person_id, named, paired)).order_by(MatchingRun.id)
    for run in work.session.scalars(runs.with_for_update()).all():
        cleared = without_phrases(run.outcome)
        run.outcome = cleared if isinstance(cleared, dict) else {}
        if run.student_id == person_id:
            run.params, run.outcome, run.failure = {}, {}, ""
    for pair in work.session.scalars(select(ProposedPair).where(about).order_by(ProposedPair.id)).all():
        pair.criteria = _scores(pair.criteria)


STEPS: tuple[Step, ...] = (
    clear_requests,
    clear_offers,
    clear_waves,
    clear_matches,
    clear_meetings,
    clear_items,
    clear_feedback,
    clear_questions,
    clear_staff_messages,
    clear_runs,
)


def _without(inputs: dict[str, Any], person_id: str, *, whole: bool) -> dict[str, Any]:
    kept = {name: value for name, value in inputs.items() if not (whole and name in OF_THE_STUDENT)}
    if "mentors" in kept:
        kept["mentors"] = [one for one in kept["mentors"] if one["user_id"] != person_id]
    if "candidates" in kept:
        kept["candidates"] = [
            [who, "", *rest] if who == person_id else [who, content, *rest]
            for who, content, *rest in kept["candidates"]
        ]
    return kept


def _scores(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cleared = without_phrases(criteria)
    return cleared if isinstance(cleared, list) else []


def _set(work: Work, table: Any, which: ColumnElement[bool], **values: Any) -> None:
    """Rows are locked in the order of their ids, as everywhere: of two who change the same ones, one waits."""
    ids = work.session.scalars(select(table.id).where(which).order_by(table.id).with_for_update()).all()
    if ids:
        work.session.execute(update(table).where(table.id.in_(ids)).values(**values), execution_options=UNSEEN)
