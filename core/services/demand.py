"""Where mentors are missing: open requests against free places, by the industries of students and of mentors."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, select

from core.models import Profile, Request, User
from core.rules.requests import OPEN, RequestState
from core.rules.roles import PersonState, Role
from core.uow import Reading


@dataclass(frozen=True)
class Field:
    """One industry at this moment. Who names several counts in each of them."""

    name: str
    requests: int  # open ones, of students who name it
    waiting: int  # of these, on the waiting list or with staff: nobody could be asked, or nobody said yes
    mentors: int  # who name it and have room
    places: int  # free ones, at these mentors

    @property
    def missing(self) -> int:
        """How many more requests there are than places."""
        return self.requests - self.places


class Load(StrEnum):
    """How much of what a mentor takes on is taken."""

    NONE = "none"
    SOME = "some"
    FULL = "full"
    OVER = "over"  # staff gave them more than they wished for


STUCK = (RequestState.WAITING, RequestState.STAFF)


def demand(reading: Reading) -> tuple[Field, ...]:
    """Every industry that somebody seeks or offers, the greatest shortage first. For staff."""
    named = func.unnest(Profile.industries).label("industry")
    asked = (
        select(named, Request.state)
        .select_from(Request)
        .join(Profile, and_(Profile.user_id == Request.student_id, Profile.role == Role.STUDENT))
        .where(Request.state.in_(OPEN))
        .subquery()
    )
    wanted = reading.session.execute(
        select(asked.c.industry, func.count(), func.count().filter(asked.c.state.in_(STUCK))).group_by(asked.c.industry)
    )
    free = (
        select(named, (Profile.max_mentees - Profile.current_mentees).label("places"))
        .join(User, User.id == Profile.user_id)
        .where(has_room())
        .subquery()
    )
    offered = reading.session.execute(
        select(free.c.industry, func.count(), func.sum(free.c.places)).group_by(free.c.industry)
    )
    requests = {str(name): (int(asking), int(stuck)) for name, asking, stuck in wanted}
    rooms = {str(name): (int(mentors), int(places)) for name, mentors, places in offered}
    fields = [
        Field(name, *requests.get(name, (0, 0)), *rooms.get(name, (0, 0))) for name in requests.keys() | rooms.keys()
    ]
    return tuple(sorted(fields, key=lambda field: (-field.missing, -field.requests, field.name)))


def loads(reading: Reading) -> dict[Load, int]:
    """How many mentors who take part are how busy, those in a pause among them. For staff."""
    busy = load()
    counted = (
        select(busy, func.count())
        .select_from(Profile)
        .join(User, User.id == Profile.user_id)
        .where(Profile.role == Role.MENTOR, User.state == PersonState.ACTIVE)
        .group_by(busy)
    )
    found = {str(row[0]): int(row[1]) for row in reading.session.execute(counted)}
    return {each: found.get(each, 0) for each in Load}


def has_room() -> ColumnElement[bool]:
    """Of a profile and its person: a mentor who could be given one more student at this moment."""
    return and_(
        Profile.role == Role.MENTOR,
        User.state == PersonState.ACTIVE,
        Profile.paused_until.is_(None),
        Profile.current_mentees < Profile.max_mentees,
    )


def load() -> ColumnElement[str]:
    """How busy a mentor's profile is."""
    return case(
        (Profile.current_mentees > Profile.max_mentees, Load.OVER.value),
        (Profile.current_mentees == Profile.max_mentees, Load.FULL.value),
        (Profile.current_mentees == 0, Load.NONE.value),
        else_=Load.SOME.value,
    )
