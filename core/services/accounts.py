"""Slack accounts that change: people leave, come back, or go by another name."""

from dataclasses import dataclass
from uuid import UUID

from core.models import User
from core.notifications import ChannelName, Kind, notify, redraw, to_channel
from core.queue import Job
from core.rules.roles import PersonState, Role
from core.services.departures import end_what_runs
from core.services.matches import LiveMatch, live_matches
from core.services.people import SlackIdentity, by_account, by_id, by_mail_alone, known_zone, remember
from core.uow import Reading, Work


@dataclass(frozen=True)
class Departure:
    """Somebody who left, for staff: what they were here, and with whom they were matched."""

    person_id: UUID
    name: str
    is_back: bool
    roles: frozenset[str]
    matches: tuple[LiveMatch, ...]


def follow_account(work: Work, identity: SlackIdentity) -> None:
    """Take over what Slack tells of somebody we know; of others nothing is kept.

    Who leaves is not asked any more: offers to them and questions they claimed go on to others at once, their own
    request is cancelled, and their own questions are taken back.
    """
    user = by_account(work, identity) or by_mail_alone(work, identity)
    if user is None or user.state is PersonState.ERASED:
        return
    if not identity.active:
        if user.state is PersonState.ACTIVE:
            leave(work, user.id)
    elif user.state is PersonState.LEFT:
        remember(work, identity)
        _come_back(work, user)
    elif user.slack_user_id is None:
        remember(work, identity)
    else:
        _rename(work, user, identity)


def leave(work: Work, person_id: UUID) -> int:
    """Somebody's account is closed. Returns how many offers to them went on to others; who had left already, none."""
    taken_back = end_what_runs(work, person_id)
    user = work.session.get_one(User, person_id)
    if user.state is not PersonState.ACTIVE:
        return 0
    user.state = PersonState.LEFT
    if {Role.STUDENT, Role.MENTOR} & set(user.roles):
        notify(work, to_channel(ChannelName.ADMINS), Kind.PERSON_LEFT, user.id, work.now.isoformat())
    return taken_back


def _rename(work: Work, user: User, identity: SlackIdentity) -> None:
    """Slack tells of every status and picture that changes: most of it is no news to us."""
    if (user.name, user.tz) != (identity.name, known_zone(identity.tz)):
        user.name, user.tz = identity.name, known_zone(identity.tz)
        work.queue(Job.REFRESH_HOME, user.id)


def _come_back(work: Work, user: User) -> None:
    redraw(work, Kind.PERSON_LEFT, user.id)
    work.queue(Job.FILL_PLACES, user.id)


def departure(reading: Reading, person_id: UUID) -> Departure:
    """Somebody who left, as things stand. Raises `NotFound`."""
    person = by_id(reading, person_id)
    return Departure(person_id, person.name, person.is_active, person.roles, live_matches(reading, person_id))
