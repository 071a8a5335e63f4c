"""Erasing a person. At once they are nobody any more: what runs with them ends, and their name, account, profile and
keys are gone. What others wrote with them, and messages in Slack, follow in small steps (`tasks.erasing`), which the
sweep takes up again if a worker is lost. What stays, and why, stands in docs/privacy.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from core.models import ApiToken, Block, Match, Profile, SignInLink, StaffSession, UsedLink, User
from core.queue import Job
from core.rules import erasure as rules
from core.rules.errors import NotFound
from core.rules.matches import LIVE
from core.rules.roles import PersonState, Role
from core.services.audit import Deed, Subject, record
from core.services.departures import end_what_runs
from core.services.erased_messages import mark_messages, messages_of
from core.services.people import lock_user
from core.services.two_sides import either_side
from core.uow import Reading, Work

SLACK_HOME = "slack_home"
"""Under this name a stub's preferences keep whose Home tab is still to be emptied."""
UNMARKED = "unmarked"
"""And under this one the messages that could not be marked at once."""
STAFF_LOCK = "ithaca staff"
AT_ONCE = 50
SETTLED = timedelta(minutes=1)
"""No transaction lasts so long: what began before the erasure is over by then, and is taken in by the next pass."""


@dataclass(frozen=True)
class LeftOver:
    """What is left of somebody who was erased: a Home tab that tells of them, messages that could not be marked,
    matches that run, and their partners.
    """

    slack_account: str | None
    unmarked: tuple[UUID, ...]
    running: tuple[UUID, ...]
    partners: frozenset[UUID]


def erase_self(work: Work, word: str) -> None:
    """Erase the actor, who typed the word that says so. Raises `InvalidFields` or `LastAdmin`."""
    rules.confirmed(word)
    if work.actor.user_id is None:
        raise NotFound
    _erase(work, work.actor.user_id)


def erase_as_staff(work: Work, person_id: UUID, why: str) -> None:
    """Erase somebody who asked for it, as staff, for a reason that is kept. Raises also `NotFound`."""
    _erase(work, person_id, rules.reason(why))


def erasures_unfinished(reading: Reading) -> list[UUID]:
    """Those who were erased and of whom something is still to go."""
    waiting = select(User.id).where(User.erased_at.is_not(None), User.cleared_at.is_(None))
    return list(reading.session.scalars(waiting.order_by(User.erased_at).limit(AT_ONCE)))


def left_of(reading: Reading, person_id: UUID) -> LeftOver | None:
    """What is left of somebody who was erased; None if that is nothing, or they were not."""
    user = reading.session.get(User, person_id)
    if user is None or user.erased_at is None or user.cleared_at is not None:
        return None
    theirs = either_side(Match, person_id)
    running = select(Match.id).where(theirs, Match.state.in_(LIVE)).order_by(Match.id)
    pairs = reading.session.execute(select(Match.student_id, Match.mentor_id).where(theirs))
    return LeftOver(
        slack_account=user.preferences.get(SLACK_HOME),
        unmarked=tuple(UUID(one) for one in user.preferences.get(UNMARKED, ())),
        running=tuple(reading.session.scalars(running)),
        partners=frozenset(one for pair in pairs for one in pair) - {person_id},
    )


def end_pass(work: Work, person_id: UUID, unmarked: list[UUID], *, quiet: bool) -> None:
    """Note that all was gone through once more. Nothing is left once all messages are marked, none is on its way
    (`quiet`), and whatever began before the erasure is over.
    """
    user = lock_user(work, person_id)
    user.preferences = _still_to_do(None, unmarked)
    if quiet and user.erased_at is not None and work.now - user.erased_at >= SETTLED:
        user.cleared_at = work.now


def _erase(work: Work, person_id: UUID, why: str = "") -> None:
    """Twice is once. The last lock is the person's row."""
    with work.as_system():
        before = messages_of(work, person_id)
        take_out(work, person_id)
        work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(STAFF_LOCK))))
        user = lock_user(work, person_id)
        if user.state is PersonState.ERASED:
            return
        rules.may_be_erased(user.roles, _other_admins(work, person_id))
        _leave_nothing(work, user, unmarked=mark_messages(work, before))
        if not why:  # row security shows people nothing of the log, not even their own line
            record(work, Deed.ERASED, Subject.PERSON, person_id, after={"asked_by": "the person"})
    if why:
        record(work, Deed.ERASED, Subject.PERSON, person_id, after={"asked_by": "staff"}, reason=why)
    work.queue(Job.ERASE, person_id)


def take_out(work: Work, person_id: UUID) -> None:
    """End what runs with them, and drop their profile and keys. As the system. Safe to do twice."""
    end_what_runs(work, person_id)
    work.session.flush()
    for gone in (
        delete(Profile).where(Profile.user_id == person_id),
        delete(ApiToken).where(ApiToken.owner_id == person_id),
        delete(SignInLink).where(SignInLink.person_id == person_id),
        delete(StaffSession).where(StaffSession.person_id == person_id),
        delete(UsedLink).where(UsedLink.person_id == person_id),
        delete(Block).where(or_(Block.user_id == person_id, Block.other_id == person_id)),
    ):
        work.session.execute(gone, execution_options={"synchronize_session": False})


def _other_admins(work: Work, person_id: UUID) -> int:
    others = User.roles.contains([Role.ADMIN.value]), User.state == PersonState.ACTIVE, User.id != person_id
    return work.session.scalars(select(func.count()).select_from(User).where(*others)).one()


def _leave_nothing(work: Work, user: User, unmarked: list[UUID]) -> None:
    """Of the person themselves a row stays that says that there was somebody, and when."""
    user.preferences = _still_to_do(user.slack_user_id, unmarked)
    user.state, user.erased_at, user.name, user.roles = PersonState.ERASED, work.now, rules.GONE, []
    user.slack_team_id = user.slack_user_id = user.slack_dm_channel = user.slack_refused = user.email = None
    user.slack_named = user.seek_account_at = None
    user.tz, user.locale = "UTC", "en-US"
    work.session.flush()


def _still_to_do(slack_account: str | None, unmarked: list[UUID]) -> dict[str, Any]:
    kept = {SLACK_HOME: slack_account, UNMARKED: [str(one) for one in unmarked]}
    return {name: value for name, value in kept.items() if value}
