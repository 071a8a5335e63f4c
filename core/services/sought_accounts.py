"""People who were imported, and are looked for in Slack: by the account that the file named, or by their address."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.models import User
from core.queue import Job
from core.rules.roles import PersonState
from core.services.people import SlackIdentity, link_account, lock_user
from core.uow import Reading, Work

AT_ONCE = 40
"""As many as Slack may be asked for in a minute by the methods that find people (tier 3), and some left for others."""


@dataclass(frozen=True)
class Sought:
    """Somebody whose account is not known yet."""

    person_id: UUID
    email: str
    slack_named: str | None


def sought_accounts(reading: Reading) -> tuple[Sought, ...]:
    """Whom Slack is to be asked for next, the longest waiting first."""
    rows = reading.session.execute(
        select(User.id, User.email, User.slack_named)
        .where(User.seek_account_at <= reading.now, User.slack_user_id.is_(None), User.state == PersonState.ACTIVE)
        .order_by(User.seek_account_at, User.id)
        .limit(AT_ONCE)
    )
    return tuple(Sought(person_id, email, named) for person_id, email, named in rows if email)


def account_found(work: Work, person_id: UUID, identity: SlackIdentity) -> None:
    """Slack knows them: from now on they are reached there, unless the account belongs to somebody else already."""
    if link_account(work, person_id, identity):
        work.queue(Job.REFRESH_HOME, person_id)
    else:
        no_account(work, person_id)


def no_account(work: Work, person_id: UUID) -> None:
    """Slack does not know them: they stay with e-mail. If they join later, Slack tells us of it."""
    lock_user(work, person_id).seek_account_at = None
