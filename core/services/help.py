"""Private help: what somebody tells staff alone about a match of theirs, and pairs that are kept apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from core.models import Block, Feedback, Match, new_id
from core.notifications import ChannelName, Kind, notify, to_channel
from core.queue import Job
from core.rules.checkins import FeedbackKind, checked_help
from core.rules.errors import NotFound
from core.rules.matches import LIVE
from core.rules.repeats import same_since
from core.services.apart import kept_apart
from core.services.matches import lock_match, pair
from core.services.people import Person, by_id
from core.uow import Reading, Work

RECENT = timedelta(days=14)
BECAUSE = "asked for help"


@dataclass(frozen=True)
class HelpView:
    """A report as staff read it. `apart`: they asked never to be matched with this partner again."""

    feedback_id: UUID
    match_id: UUID
    is_running: bool
    started_at: datetime
    person: Person
    partner: Person
    i_am_student: bool
    what: str
    apart: bool


def ask_for_help(work: Work, match_id: UUID, what: str, block: bool) -> UUID:
    """Tell staff at once, and nobody else, what happened in a match of one's own, whether it runs or is over.

    With `block` the two are never matched again, and this pair is asked nothing any more. A running match stays until
    staff have spoken with the person. The same words sent twice are one report.

    Raises `InvalidFields`, or `NotFound` for a match of others.
    """
    what = checked_help(what)
    me = work.actor.user_id
    if me is None:
        raise NotFound(match_id=match_id)
    partner = pair(work, match_id).other(me)
    with work.as_system():
        lock_match(work, match_id)
    said = _said_already(work, match_id, me, what)
    is_new = said is None
    if said is None:
        said = Feedback(match_id=match_id, author_id=me, kind=FeedbackKind.HELP, comment=what, said_at=work.now)
        work.session.add(said)
    if block:
        apart = insert(Block).values(id=new_id(), user_id=me, other_id=partner.id, reason=BECAUSE)
        work.session.execute(apart.on_conflict_do_nothing(index_elements=["user_id", "other_id"]))
    work.session.flush()
    if is_new:
        with work.as_system():
            notify(work, to_channel(ChannelName.ADMINS), Kind.HELP_REPORT, said.id)
        work.queue(Job.REFRESH_HOME, me)
    return said.id


def _said_already(reading: Reading, match_id: UUID, me: UUID, what: str) -> Feedback | None:
    same = select(Feedback).where(
        Feedback.match_id == match_id,
        Feedback.author_id == me,
        Feedback.kind == FeedbackKind.HELP,
        Feedback.comment == what,
        Feedback.said_at > same_since(reading.now),
    )
    return reading.session.scalars(same.limit(1)).first()


def help_view(reading: Reading, feedback_id: UUID) -> HelpView:
    """A report with all that staff need to act. Raises `NotFound`."""
    said = reading.session.get(Feedback, feedback_id)
    if said is None or said.kind is not FeedbackKind.HELP:
        raise NotFound(feedback_id=feedback_id)
    match = reading.session.get_one(Match, said.match_id)
    partner = pair(reading, match.id).other(said.author_id)
    apart = select(Block.id).where(Block.user_id == said.author_id, Block.other_id == partner.id)
    return HelpView(
        feedback_id=said.id,
        match_id=match.id,
        is_running=match.state in LIVE,
        started_at=match.started_at,
        person=by_id(reading, said.author_id),
        partner=partner,
        i_am_student=said.author_id == match.student_id,
        what=said.comment,
        apart=reading.session.scalar(apart) is not None,
    )


def asked_for_help(reading: Reading, match: Match, person_id: UUID) -> bool:
    """Whether this pair is kept apart, or this person asked for help about it lately: no time for a survey."""
    theirs = (
        Feedback.match_id == match.id,
        Feedback.author_id == person_id,
        Feedback.kind == FeedbackKind.HELP,
        Feedback.said_at > reading.now - RECENT,
    )
    found = select(or_(kept_apart(match.student_id, match.mentor_id), exists().where(*theirs)))
    return reading.session.scalars(found).one()
