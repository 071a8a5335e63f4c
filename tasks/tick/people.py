"""Who a row is about: the people it points at, or those of the row that it points at."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Table, select, text

from core.changes import Change, Row
from core.models import Base, User
from core.uow import SYSTEM, Reading, Units

PEOPLE = User.__tablename__
FIND = "SELECT to_jsonb(t) FROM {} t WHERE t.id = :id"


class Names:
    """Finds names, and keeps those it has found."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._known: dict[str, str] = {}

    def of(self, change: Change) -> list[str]:
        """The names of those whom a row concerns; of a message, where it goes."""
        if channel := change.after.get("channel_name"):
            return [f"#{channel}"]
        with self._units.read(SYSTEM) as reading:
            ids = list(dict.fromkeys(_people(reading, Base.metadata.tables[change.table], change.after)))
            unknown = [UUID(id_) for id_ in ids if id_ not in self._known]
            for id_, name in reading.session.execute(select(User.id, User.name).where(User.id.in_(unknown))):
                self._known[str(id_)] = name
        return [self._known.get(id_, id_) for id_ in ids]


def _people(reading: Reading, table: Table, row: Row) -> Iterator[str]:
    if table.name == PEOPLE:
        yield row["id"]
        return
    pointing = [(key.column.table, row[key.parent.name]) for key in table.foreign_keys if row.get(key.parent.name)]
    direct = sorted(id_ for other, id_ in pointing if other.name == PEOPLE)
    if direct:
        yield from direct
        return
    for other, id_ in pointing:
        found = reading.session.scalar(text(FIND.format(other.name)), {"id": UUID(id_)})
        if found and other is not table:
            yield from _people(reading, other, found)
