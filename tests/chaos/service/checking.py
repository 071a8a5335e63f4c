"""What has to hold once it is quiet again: in the database, and at the receiving end."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select, text

from core.models import Channel, Notification, NotificationState, Profile, Request
from core.rules.requests import RequestState
from core.rules.roles import Role
from core.services.invariants import PATIENCE, Broken, broken
from core.uow import SYSTEM, Reading, Units
from tests.support.people import Person

State = NotificationState


@dataclass(frozen=True)
class Found:
    """What was found."""

    broken: tuple[Broken, ...]
    over_capacity: int
    double_matches: int
    double_claims: int
    stored: int
    sent: int
    by_mail: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether all holds."""
        wrong = (self.broken, self.over_capacity, self.double_matches, self.double_claims)
        return not any((*wrong, self.lost, self.twice, self.strangers))


def left(units: Units) -> str:
    """What is still to be done now, in words; empty if nothing is."""
    states = (State.PENDING, State.SENDING)
    with units.read(SYSTEM) as reading:
        due = select(func.count()).where(Notification.state.in_(states), Notification.not_before <= reading.now)
        searching = select(func.count()).where(Request.state == RequestState.SEARCHING)
        waiting = {
            "messages": reading.session.scalar(due) or 0,
            "searches": reading.session.scalar(searching) or 0,
            "broken": len(_broken_without_patience(reading)),
        }
    return ", ".join(f"{number} {name}" for name, number in waiting.items() if number)


def check(units: Units, people: list[Person]) -> Found:
    """Look at everything."""
    posts = standing(people)
    with units.read(SYSTEM) as reading:
        rows = reading.session.execute(
            select(Notification.id, Notification.state, Notification.channel, Notification.slack_ts).where(
                Notification.updates_id.is_(None)
            )
        ).all()
        in_slack = {str(row.id) for row in rows if row.state is State.SENT and row.slack_ts}
        full = (Profile.role == Role.MENTOR, Profile.current_mentees > Profile.max_mentees)
        return Found(
            broken=broken(reading),
            over_capacity=reading.session.scalar(select(func.count()).where(*full)) or 0,
            double_matches=_count(reading, "SELECT request_id FROM matches GROUP BY 1 HAVING count(*) > 1"),
            double_claims=_count(
                reading,
                "SELECT question_id FROM question_claims WHERE ended_at IS NULL GROUP BY 1 HAVING count(*) > 1",
            ),
            stored=len(rows),
            sent=len(in_slack),
            by_mail=sum(row.state is State.SENT and row.channel is Channel.EMAIL for row in rows),
            lost=tuple(sorted(in_slack - posts.keys())),
            twice=tuple(sorted(id_ for id_, times in posts.items() if times > 1)),
            strangers=tuple(sorted(posts.keys() - {str(row.id) for row in rows})),
        )


def standing(people: list[Person]) -> Counter[str]:
    """How often each message stands in the workspace, by the id that it carries."""
    seen: dict[tuple[str, str], str] = {}
    for person in people:
        for one in person.state()["conversations"]:
            for message in person.messages(one["id"]):
                carried = (message.get("metadata") or {}).get("event_payload") or {}
                if "id" in carried:
                    seen[one["id"], message["ts"]] = str(carried["id"])
    return Counter(seen.values())


def _broken_without_patience(reading: Reading) -> tuple[Broken, ...]:
    """The invariants, with no half hour for what is late."""
    return broken(Reading(reading.session, reading.actor, reading.now + PATIENCE))


def _count(reading: Reading, query: str) -> int:
    return len(reading.session.execute(text(query)).all())
