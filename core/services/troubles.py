"""What is out of order with deliveries: noted once however many messages meet it, told once, and once when over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, any_, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.models import Trouble, TroubleName, User, new_id
from core.notifications import ChannelName, Kind, notify, notify_each, redraw, to_channel
from core.rules.errors import NotFound
from core.rules.roles import PersonState, Role
from core.uow import Reading, Work

OVER_AFTER = timedelta(hours=24)
"""A trouble that shows only when a message meets it is over when none has for so long."""


SAME_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class TroubleView:
    """One trouble, for staff."""

    name: TroubleName
    code: str
    messages: int
    ended_at: datetime | None


def report(work: Work, name: TroubleName, code: str, messages: int = 1) -> None:
    """Note a trouble. Staff hear of it when it begins, not of every message that meets it.

    While Slack refuses the app no channel can tell them: each of them gets an e-mail.
    """
    known = _known(work, name, code)
    if known:
        counted = name is not TroubleName.STUCK
        known.messages = known.messages + messages if counted else max(known.messages, messages)
        known.seen_at, ended, known.ended_at = work.now, known.ended_at, None
        if ended:
            redraw(work, Kind.DELIVERY_TROUBLE, known.id)
        return
    begun = work.session.scalar(
        insert(Trouble)
        .values(id=new_id(), name=name, code=code, messages=messages, seen_at=work.now, created_at=work.now)
        .on_conflict_do_nothing(index_elements=["name", "code"], index_where=Trouble.ended_at.is_(None))
        .returning(Trouble.id)
    )
    if begun:
        notify(work, to_channel(ChannelName.ADMINS), Kind.DELIVERY_TROUBLE, begun)
        if name is TroubleName.INSTALLATION:
            notify_each(work, staff(work), Kind.DELIVERY_TROUBLE, begun)


def _known(work: Work, name: TroubleName, code: str) -> Trouble | None:
    """The same trouble if it has not ended, or has only just: one that comes and goes is told once."""
    lately = or_(Trouble.ended_at.is_(None), Trouble.ended_at > work.now - SAME_AGAIN)
    return work.session.scalar(
        select(Trouble)
        .where(Trouble.name == name, Trouble.code == code, lately)
        .order_by(Trouble.ended_at.desc().nulls_first())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def end(work: Work, name: TroubleName) -> None:
    """A trouble is over: what staff read of it says so."""
    _end(work, Trouble.name == name)


def end_old(work: Work) -> None:
    """End troubles that no message has met for a day."""
    _end(work, Trouble.name != TroubleName.INSTALLATION, Trouble.seen_at < work.now - OVER_AFTER)


def _end(work: Work, *which: ColumnElement[bool]) -> None:
    ended = work.session.scalars(
        update(Trouble).where(Trouble.ended_at.is_(None), *which).values(ended_at=work.now).returning(Trouble.id)
    )
    for trouble_id in ended.all():
        redraw(work, Kind.DELIVERY_TROUBLE, trouble_id)


def staff(reading: Reading) -> list[UUID]:
    """Everybody on staff."""
    is_staff = literal(Role.ADMIN.value) == any_(User.roles)
    active = User.state == PersonState.ACTIVE
    return list(reading.session.scalars(select(User.id).where(is_staff, active).order_by(User.id)))


def trouble_view(reading: Reading, trouble_id: UUID) -> TroubleView:
    """A trouble as staff read of it."""
    found = reading.session.get(Trouble, trouble_id)
    if found is None:
        raise NotFound(trouble_id=trouble_id)
    return TroubleView(found.name, found.code, found.messages, found.ended_at)
