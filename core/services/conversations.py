"""Conversations in Slack: with one person, or the group of two, of a match or of a question and who claimed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import aliased

from core.models import Match, Question, QuestionClaim, User
from core.notifications import Audience
from core.rules.errors import NotFound
from core.uow import Reading, Work


@dataclass(frozen=True)
class Together:
    """Two people who are written to together, and where, once that is known. `id` is the match's or the claim's."""

    id: UUID
    slack_channel: str | None
    student: User
    mentor: User


def together(reading: Reading, ids: Iterable[UUID]) -> dict[UUID, Together]:
    """Those of these matches and claims, by id."""
    wanted = set(ids)
    if not wanted:
        return {}
    student, mentor = aliased(User), aliased(User)
    pairs = union_all(
        select(Match.id, Match.slack_channel, Match.student_id, Match.mentor_id).where(Match.id.in_(wanted)),
        select(QuestionClaim.id, QuestionClaim.slack_channel, Question.student_id, QuestionClaim.mentor_id)
        .join(Question, Question.id == QuestionClaim.question_id)
        .where(QuestionClaim.id.in_(wanted)),
    ).subquery()
    rows = reading.session.execute(
        select(pairs.c.id, pairs.c.slack_channel, student, mentor)
        .join(student, student.id == pairs.c.student_id)
        .join(mentor, mentor.id == pairs.c.mentor_id)
    )
    return {id_: Together(id_, channel, one, other) for id_, channel, one, other in rows}


def people_of(reading: Reading, audience: Audience) -> list[UUID]:
    """Both people of an audience of two; nobody of any other. Raises `NotFound`."""
    id_ = audience.match_id or audience.claim_id
    if id_ is None:
        return []
    found = together(reading, [id_]).get(id_)
    if found is None:
        raise NotFound(id=id_)
    return [found.student.id, found.mentor.id]


def keep_conversation(work: Work, audience: Audience, slack_channel: str | None) -> None:
    """Note where a person is written to, or two people talk; None if that place is gone, and the next message opens a
    conversation anew.
    """
    if audience.person_id:
        work.session.get_one(User, audience.person_id).slack_dm_channel = slack_channel
    elif audience.match_id:
        work.session.get_one(Match, audience.match_id).slack_channel = slack_channel
    elif audience.claim_id:
        work.session.get_one(QuestionClaim, audience.claim_id).slack_channel = slack_channel
