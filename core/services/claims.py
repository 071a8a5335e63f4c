"""The outbox's other end: a delivery claims what is due, many messages at once.

A claim lasts as long as the process that took it lives, which the lock of its number shows (`tasks.presence`),
and at least until its lease is over. What a dead process left behind may have gone out: it is claimed again as
`uncertain`. One process claims at a time, which takes milliseconds; sending is done by all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select, text, true, update
from sqlalchemy.orm import aliased

from core.models import Notification, NotificationState, User
from core.notifications import MANNERS, Kind, Urgency, audience_of
from core.queue import Job
from core.services import digests, gates, routing, splits
from core.services.deliveries import Claim, Place
from core.services.routing import Candidate, Drop, Go, Hold, Split, Wait
from core.uow import Work

CLAIMING = "ithaca claims"
"""The advisory lock of whoever claims."""

PRESENCE = 1_179_402_567
"""The class of the advisory locks that living delivery processes hold; the lock's number is the claimant's."""

ABANDONED = """
UPDATE notifications SET state = 'pending', uncertain = true, slot_at = NULL, claimant = NULL, leased_until = NULL
WHERE id IN (
    SELECT id FROM notifications
    WHERE state = 'sending' AND leased_until <= :now AND claimant NOT IN (
        SELECT objid::bigint FROM pg_locks
        WHERE locktype = 'advisory' AND classid = :presence AND objsubid = 2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    FOR NO KEY UPDATE SKIP LOCKED
)
"""

State = NotificationState
BY_MAIL = tuple(kind for kind, manner in MANNERS.items() if manner.by_mail_only)
URGENT = tuple(kind for kind, manner in MANNERS.items() if manner.urgency is Urgency.URGENT)

ROW, CARD, PERSON, OTHER = Notification, aliased(Notification), aliased(User), aliased(Notification)
AT_REST = and_(
    ~exists().where(func.coalesce(OTHER.updates_id, OTHER.id) == ROW.updates_id, OTHER.state == State.SENDING),
    ~and_(CARD.state == State.PENDING, CARD.uncertain),
)
WAITING = (
    select(ROW, PERSON, CARD)
    .outerjoin(PERSON, PERSON.id == ROW.recipient_id)
    .outerjoin(CARD, CARD.id == ROW.updates_id)
    .where(ROW.state == State.PENDING, or_(ROW.updates_id.is_(None), AT_REST))
    .order_by(ROW.not_before, ROW.id)
)
"""Messages that wait, oldest first; changes only of cards that are not on their way themselves."""

MAIL_ONLY = and_(
    ROW.recipient_id.is_not(None),
    or_(ROW.kind.in_(BY_MAIL), PERSON.slack_user_id.is_(None), PERSON.slack_refused.is_not(None)),
)
WITHOUT_SLACK = and_(
    ROW.updates_id.is_(None),
    ~ROW.uncertain,
    or_(
        MAIL_ONLY,
        and_(ROW.recipient_id.is_not(None), ROW.kind.in_(URGENT), PERSON.email.is_not(None)),
        and_(ROW.recipient_id.is_(None), ROW.kind.in_(URGENT), ROW.kind != Kind.DELIVERY_TROUBLE),
    ),
)
"""By e-mail anyway, or urgent. What may be in Slack already waits until Slack can be asked. Of a trouble staff hear one
by one; their channel reads of it when it is over."""


@dataclass(frozen=True)
class Claimed:
    """The messages to deliver now, and how many were due: some of these were held back, split or dropped."""

    claims: list[Claim]
    due: int


@dataclass(frozen=True)
class _Slack:
    """Whether Slack takes the app: yes, no, or one message tries it."""

    broken: bool
    trial: bool


def claim(work: Work, claimant: int, most: int, lease: timedelta) -> Claimed:
    """Take the oldest messages that are due and may go out; what may not is given its next moment, or let go.

    One at a time: the caller holds the lock `CLAIMING`. After a full claim there may be more, so somebody else is
    asked to help.
    """
    put_back_abandoned(work)
    slack = _slack(work)
    found = _candidates(work, 1 if slack.trial else most, slack)
    decided = routing.decide(work, found, broken=slack.broken)
    going = _paced(work, [(one, way) for one, way in decided if isinstance(way, Go)])
    for one, way in decided:
        _settle(work, one, way)
    _take(work, [one.row.id for one, _ in going], claimant, work.now + lease)
    if slack.trial and found and not going:
        gates.try_now(work, gates.INSTALLATION)
    elif len(found) == most:
        work.queue(Job.DELIVER)
    return Claimed([_claim(one, way, trial=slack.trial) for one, way in going], len(found))


def _slack(work: Work) -> _Slack:
    """Each minute while Slack refuses the app, one claim tries it with one message, and the others go on without."""
    if gates.to_be_tried(work, gates.INSTALLATION):
        gates.close(work, gates.INSTALLATION, work.now + gates.TRY_AFTER, "being tried")
        return _Slack(broken=False, trial=True)
    return _Slack(broken=gates.closed_until(work, gates.INSTALLATION) is not None, trial=False)


def put_back_abandoned(work: Work) -> None:
    """Put back what processes had claimed that are gone; whether it went out nobody knows."""
    work.session.execute(text(ABANDONED), {"now": work.now, "presence": PRESENCE})


def _candidates(work: Work, most: int, slack: _Slack) -> list[Candidate]:
    """Due messages, oldest first; changes only of cards at rest. While Slack is broken, what can do without it."""
    found = work.session.execute(
        WAITING.where(
            ROW.not_before <= work.now, WITHOUT_SLACK if slack.broken else ~MAIL_ONLY if slack.trial else true()
        )
        .limit(most)
        .with_for_update(of=ROW, key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return [Candidate(*one) for one in found]


def _paced(work: Work, going: Sequence[tuple[Candidate, Go]]) -> list[tuple[Candidate, Go]]:
    """Those whose turn it is; the others get the moment of their turn."""
    calls = [(one.row.id, way.key, one.row.slot_at is not None) for one, way in going if way.key]
    moments = gates.reserve(work, calls) if calls else {}
    now = []
    for one, way in going:
        moment = moments.get(one.row.id, work.now)
        if moment <= work.now:
            now.append((one, way))
        else:
            _change(work, one.row.id, not_before=moment, slot_at=moment)
    return now


def _settle(work: Work, one: Candidate, way: routing.Way) -> None:
    """What becomes of a message that does not go out now."""
    match way:
        case Wait(until):
            _change(work, one.row.id, not_before=until)
        case Hold(person):
            digests.hold(work, one.row.id, person)
        case Drop(reason):
            _change(work, one.row.id, state=State.CANCELLED, last_error=reason)
        case Split(people):
            splits.split(work, one.row, people)
        case Go():
            pass


def _change(work: Work, notification_id: UUID, **values: object) -> None:
    work.session.execute(
        update(Notification).where(Notification.id == notification_id).values(noticed_at=None, **values),
        execution_options={"synchronize_session": False},
    )


def _take(work: Work, ids: list[UUID], claimant: int, until: datetime) -> None:
    if ids:
        work.session.execute(
            update(Notification)
            .where(Notification.id.in_(ids))
            .values(
                state=State.SENDING,
                claimant=claimant,
                leased_until=until,
                noticed_at=None,
                tries=Notification.tries + 1,
            ),
            execution_options={"synchronize_session": False},
        )


def _claim(one: Candidate, way: Go, *, trial: bool) -> Claim:
    row, card = one.row, one.card
    place = Place(card.slack_channel, card.slack_ts) if card and card.slack_channel and card.slack_ts else None
    return Claim(
        id=row.id,
        audience=audience_of(row),
        kind=Kind(row.kind),
        params=row.params,
        created_at=row.created_at,
        tries=row.tries + 1,
        uncertain=row.uncertain,
        is_change=row.updates_id is not None,
        card_id=row.updates_id,
        card=place,
        by=way.by,
        conversation=way.conversation,
        accounts=way.accounts,
        key=way.key,
        trial=trial,
        trace=row.trace,
    )
