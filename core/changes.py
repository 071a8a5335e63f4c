"""What a unit of work has written, told by the database itself: whichever way it was written, triggers among them."""

from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.models import Base
from core.queue import Unheard
from core.uow import SYSTEM, Actor, Reading, Units, Work

DERIVED = frozenset({"profile_vectors", "delivery_gates"})  # nobody's news
TABLES = tuple(table.name for table in Base.metadata.sorted_tables if table.name not in DERIVED)
TOUCHED = text("SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0")
# Rows written by this transaction or one that began after it. Subtransactions have numbers of their own.
FRESH = "SELECT to_jsonb(t) FROM {} t WHERE age(t.xmin) <= age(pg_current_xact_id()::xid)"
COMMITTED = "SELECT to_jsonb(t) FROM {} t WHERE t.id = ANY(:ids)"
Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A row that was added (`before` is None) or changed."""

    table: str
    before: Row | None
    after: Row


class Watched(Units):
    """The same units of work, with a list of what they wrote.

    In a rehearsal, where nothing is ever committed, `rehearsed` keeps what each row has become.
    """

    def __init__(self, units: Units, *, rehearsed: bool = False) -> None:
        super().__init__(units.engine, Unheard(), units.clock)
        self._units, self._others = units, Units(units.engine, Unheard(), units.clock)
        self._known: dict[tuple[str, str], Row] | None = {} if rehearsed else None
        self.changes: list[Change] = []

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """Do several things wholly or not at all, and note what was written when it is done."""
        found: list[Change] = []
        with self._units.work(actor) as work:
            yield work
            work.session.flush()
            if touched := frozenset(work.session.scalars(TOUCHED)):
                with work.as_system():
                    found = list(self._written(work, touched))
        self.changes += found
        if self._known is not None:
            self._known |= {(one.table, one.after["id"]): one.after for one in found}

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reading]:
        """Look at one consistent state."""
        with self._units.read(actor) as reading:
            yield reading

    def _written(self, work: Work, touched: Container[str]) -> Iterator[Change]:
        known = self._known or {}
        for table in (name for name in TABLES if name in touched):
            fresh: list[Row] = list(work.session.scalars(text(FRESH.format(table))))
            committed = self._committed(table, [row["id"] for row in fresh if (table, row["id"]) not in known])
            for row in fresh:
                before = known.get((table, row["id"])) or committed.get(row["id"])
                if before != row:
                    yield Change(table, before, row)

    def _committed(self, table: str, ids: Collection[str]) -> dict[str, Row]:
        """These rows as everybody else sees them, by a connection of its own."""
        if not ids:
            return {}
        with self._others.read(SYSTEM) as reading:
            found = reading.session.scalars(text(COMMITTED.format(table)), {"ids": [UUID(id_) for id_ in ids]})
            return {row["id"]: row for row in found}


def net(changes: Iterable[Change]) -> list[Change]:
    """What is left of changes to the same rows: from the first state to the last."""
    found: dict[tuple[str, str], Change] = {}
    for one in changes:
        key = (one.table, one.after["id"])
        first = found[key].before if key in found else one.before
        found[key] = Change(one.table, first, one.after)
    return [one for one in found.values() if one.before != one.after]
