"""Everything that is kept about a person, for that person: read from the tables, row by row, with plain names.

What row security shows them is read as them; what it hides in daily use though it is about them, as the system. What
others wrote in private stays with the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.notifications import Kind, notify, to_person
from core.rules.errors import NotFound
from core.rules.roles import PersonState
from core.services.audit import Deed, Subject, record
from core.services.own_data_tables import PARTS
from core.services.own_data_tables.parts import Part, partner_name
from core.services.people import standing
from core.uow import Reading, Work

MOST = 10_000
"""Rows of one part; nobody comes near it."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ToldPart:
    """One table: its title, and its rows by plain names, what is empty left out."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class OwnData:
    """All of it, at one moment."""

    at: datetime
    parts: tuple[ToldPart, ...]


def own_data(reading: Reading) -> OwnData:
    """What is kept about the actor."""
    person_id = reading.actor.user_id
    if person_id is None:
        raise NotFound
    return OwnData(reading.now, tuple(_told(reading, part, person_id) for part in PARTS))


def send_own_data(work: Work, person_id: UUID) -> None:
    """Let a person who asked staff for their data have a private message with the way to it. Raises `NotFound`."""
    if standing(work, person_id) is PersonState.ERASED:
        raise NotFound(person_id=person_id)
    notify(work, to_person(person_id), Kind.OWN_DATA, person_id, work.now.isoformat())
    record(work, Deed.DATA_SENT, Subject.PERSON, person_id)


def _told(reading: Reading, part: Part, person_id: UUID) -> ToldPart:
    if not part.hidden and not part.partner:
        return ToldPart(part.title, _rows(reading, part, person_id))
    with reading.as_system():
        return ToldPart(part.title, _rows(reading, part, person_id))


def _rows(reading: Reading, part: Part, person_id: UUID) -> tuple[Row, ...]:
    columns = [getattr(part.table, name) for name in part.columns]
    labels = list(part.columns.values())
    if part.partner:
        columns, labels = [partner_name(person_id), *columns], [part.partner, *labels]
    of_mine = {part.columns[name] for name in part.of_mine}
    wanted = select(*columns).where(part.mine(person_id)).order_by(part.table.created_at, part.table.id).limit(MOST)
    return tuple(
        {
            label: plain
            for label, value in zip(labels, row, strict=True)
            if (plain := _plain(value.get(str(person_id)) if label in of_mine else value)) not in (None, "", [], {})
        }
        for row in reading.session.execute(wanted)
    )


def _plain(value: Any) -> Any:
    """As JSON takes it, but for moments."""
    match value:
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {str(name): _plain(one) for name, one in value.items()}
        case None | bool() | int() | float() | date():
            return value
        case _:
            return str(value)
