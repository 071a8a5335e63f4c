"""Slack's rate limits, kept in the database: a worker that comes, goes or restarts knows what the others know.

A gate has a key as Slack counts: a method, or a method in one conversation. Whoever finds it closed waits, and
nobody else does.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.models import Gate, new_id
from core.rules.pacing import Pace, slot
from core.uow import Reading, Work

POST, UPDATE, DELETE, MAIL = "chat.postMessage", "chat.update", "chat.delete", "mail"
INSTALLATION = "installation"
PACES: Mapping[str, Pace] = {
    POST: Pace(timedelta(seconds=1), at_once=4),  # Slack: about one a second in each conversation, short bursts pass
    UPDATE: Pace(timedelta(seconds=1.2), at_once=20),  # Slack: 50 a minute in the workspace
    DELETE: Pace(timedelta(seconds=1.2), at_once=20),  # the same
    MAIL: Pace(timedelta(0), at_once=1),  # as fast as the mail server takes them
}
TRY_AFTER = timedelta(minutes=1)
"""How long nothing is tried after Slack refused the app."""

FORGET_AFTER = timedelta(hours=1)


def key_of(method: str, conversation: object) -> str:
    """The key under which Slack counts this call."""
    return f"{method} {conversation}" if method == POST else method


def reserve(work: Work, calls: Iterable[tuple[UUID, str, bool]]) -> dict[UUID, datetime]:
    """When each message may go out, in order; the call is counted. `True` in a call: it was counted before.

    A counted call goes out now unless Slack has closed its gate since. One caller at a time, in a claim.
    """
    wanted = list(calls)
    gates = _load(work, {key for _, key, _ in wanted})
    due = {key: gate.due_at for key, gate in gates.items()}
    moments: dict[UUID, datetime] = {}
    for id_, key, counted in wanted:
        closed = gates[key].closed_until if key in gates else None
        opens = max(closed or work.now, work.now)
        if counted and opens == work.now:
            moments[id_] = work.now
            continue
        moments[id_], due[key] = slot(due.get(key), PACES[key.partition(" ")[0]], opens)
    _keep(work, {key: moment for key, moment in due.items() if moment})
    return moments


def _load(work: Work, keys: set[str]) -> dict[str, Gate]:
    found = work.session.scalars(select(Gate).where(Gate.key.in_(keys)).execution_options(populate_existing=True))
    return {gate.key: gate for gate in found}


def _keep(work: Work, due: Mapping[str, datetime]) -> None:
    if not due:
        return
    rows = insert(Gate)
    work.session.connection().execute(
        rows.on_conflict_do_update(index_elements=["key"], set_={"due_at": rows.excluded.due_at}),
        [{"id": new_id(), "key": key, "due_at": due[key]} for key in sorted(due)],
    )


def close(work: Work, key: str, until: datetime, reason: str) -> None:
    """Let nobody through before this moment."""
    row = insert(Gate).values(id=new_id(), key=key, closed_until=until, reason=reason)
    later = func.greatest(func.coalesce(Gate.closed_until, row.excluded.closed_until), row.excluded.closed_until)
    work.session.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"closed_until": later, "reason": reason})
    )


def closed_until(reading: Reading, key: str) -> datetime | None:
    """Until when a gate is closed; None if it is open."""
    return reading.session.scalar(select(Gate.closed_until).where(Gate.key == key, Gate.closed_until > reading.now))


def closed_among(reading: Reading, keys: Iterable[str]) -> frozenset[str]:
    """Those of some gates that let nobody through now."""
    shut = select(Gate.key).where(Gate.key.in_(set(keys)), Gate.closed_until > reading.now)
    return frozenset(reading.session.scalars(shut))


def is_closed(reading: Reading, key: str) -> bool:
    """Whether a gate was closed and has not been opened again."""
    return reading.session.scalar(select(Gate.id).where(Gate.key == key, Gate.closed_until.is_not(None))) is not None


def to_be_tried(reading: Reading, key: str) -> bool:
    """Whether a gate was closed, and the time has come to see whether it still must be."""
    found = reading.session.scalar(select(Gate.id).where(Gate.key == key, Gate.closed_until <= reading.now))
    return found is not None


def open_again(work: Work, key: str) -> None:
    """Open a gate."""
    work.session.execute(update(Gate).where(Gate.key == key).values(closed_until=None, reason=""))


def try_now(work: Work, key: str) -> None:
    """Let a closed gate be tried at the next look."""
    work.session.execute(update(Gate).where(Gate.key == key).values(closed_until=work.now))


def forget(work: Work) -> None:
    """Drop gates that have let everybody through for a while, but for those that somebody uses at this moment."""
    past = work.now - FORGET_AFTER
    unused = select(Gate.id).where(
        func.coalesce(Gate.due_at, past) <= past,
        func.coalesce(Gate.closed_until, past) <= past,
        Gate.key != INSTALLATION,
    )
    work.session.execute(delete(Gate).where(Gate.id.in_(unused.with_for_update(skip_locked=True))))
