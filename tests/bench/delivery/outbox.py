"""A full outbox: one message for each of many people who ask for a mentor."""

from sqlalchemy import insert, text

from core.models import Notification, NotificationState, Request, User, new_id
from core.notifications import Kind
from core.rules.requests import RequestState, position
from core.rules.roles import PersonState
from core.uow import SYSTEM, Units

TEAM = "T0BENCH"


def fill(units: Units, messages: int) -> None:
    """Store people, their requests, and a message to each, all due."""
    with units.work(SYSTEM) as work:
        first = position(RequestState.SEARCHING, work.now)
        people = [new_id() for _ in range(messages)]
        requests = [new_id() for _ in range(messages)]
        work.session.execute(
            insert(User),
            [
                {
                    "id": id_,
                    "name": f"Person {number}",
                    "slack_team_id": TEAM,
                    "slack_user_id": f"U{number:07}",
                    "slack_dm_channel": f"D{number:07}",
                    "state": PersonState.ACTIVE,
                }
                for number, id_ in enumerate(people)
            ],
        )
        work.session.execute(
            insert(Request),
            [
                {
                    "id": id_,
                    "student_id": student,
                    "wish": "A plan for my first two years.",
                    "state": first.state,
                    "next_step": first.next_step,
                    "next_step_at": first.next_step_at,
                }
                for id_, student in zip(requests, people, strict=True)
            ],
        )
        work.session.execute(
            insert(Notification),
            [
                {
                    "id": new_id(),
                    "recipient_id": student,
                    "kind": Kind.REQUEST_STATUS,
                    "params": {"subject": str(request)},
                    "dedupe_key": str(request),
                    "state": NotificationState.PENDING,
                    "not_before": work.now,
                }
                for request, student in zip(requests, people, strict=True)
            ],
        )


def analyse(units: Units) -> None:
    """Let the planner know what it deals with, as autovacuum would."""
    with units.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
