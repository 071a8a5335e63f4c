"""Watches which rows an engine's transactions lock, statement by statement."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Insert, Select, Table, Update, event
from sqlalchemy.sql.selectable import FromClause, Join

from tests.support.lock_order import Lock, LockOrder, Mode, Transaction

GATES = {
    "action_items": ("matches",),
    "match_asks": ("matches",),
    "match_batches": ("mentorship_requests",),
    "match_offers": ("mentorship_requests",),
    "meeting_logs": ("matches",),
    "meetings": ("matches",),
    "offer_questions": ("mentorship_requests",),
    "question_claims": ("quick_questions",),
    "question_referrals": ("quick_questions",),
}
"""Rows that are changed under the lock of a row above them."""
SUBJECTS = ("mentorship_requests", "matches", "quick_questions")
"""What messages are about, itself or the row above it."""
TRIGGERED = {"matches": ("mentorship_profiles", "state="), "users": ("staff_sessions", "roles=")}
"""Tables whose triggers update rows of another one: at an INSERT, and at an UPDATE of what is named."""
OURS = ("/core/", "/tasks/", "/web/", "/embeddings/", "/matching/")
LOCKING = re.compile(r"FOR (NO KEY UPDATE|UPDATE|KEY SHARE)(?: OF ([\w, ]+?))?(?: SKIP LOCKED| NOWAIT)?\s*$")
MODES = {"UPDATE": Mode.UPDATE, "NO KEY UPDATE": Mode.NO_KEY_UPDATE, "KEY SHARE": Mode.KEY_SHARE}
DEPTH = 3  # functions named of each place

Parameters = Sequence[Mapping[str, Any]]
"""What a statement was given, row by row."""


@contextmanager
def watched(engine: Engine, *, tests_too: bool = False) -> Iterator[LockOrder]:
    """Watch what our own code locks, and `tests_too`, in all transactions that begin on this engine meanwhile."""
    order = LockOrder()

    def begin(connection: Connection) -> None:
        connection.info[order] = Transaction()

    def of(connection: Connection) -> Transaction:
        transaction: Transaction = connection.info.setdefault(order, Transaction())
        return transaction

    def save(connection: Connection, _name: str) -> None:
        of(connection).save()

    def release(connection: Connection, _name: str, _context: None) -> None:
        of(connection).release()

    def go_back(connection: Connection, _name: str, _context: None) -> None:
        of(connection).go_back()

    def done(connection: Connection, cursor: Any, sql: str, given: Any, context: Any, _many: bool) -> None:
        if context is not None and context.compiled is not None:
            place = _place() or ("a test" if tests_too else "")
            _Statement(order, of(connection), place, sql, _rows(given), cursor).see(context.compiled.statement)

    listeners: dict[str, Callable[..., None]] = {
        "begin": begin,
        "savepoint": save,
        "release_savepoint": release,
        "rollback_savepoint": go_back,
        "after_cursor_execute": done,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield order
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


class _Statement:
    """One statement that was executed, and what it locked."""

    def __init__(self, order: LockOrder, by: Transaction, place: str, sql: str, given: Parameters, cursor: Any) -> None:
        self._order, self._by, self._place = order, by, place
        self._sql, self._given, self._cursor = sql, given, cursor
        self._waits = "SKIP LOCKED" not in sql

    def see(self, statement: object) -> None:
        if isinstance(statement, Select):
            self._selected(statement)
        elif isinstance(statement, Insert | Update | Delete) and isinstance(statement.table, Table):
            self._changed(statement, statement.table)

    def _selected(self, statement: Select[Any]) -> None:
        locking = LOCKING.search(self._sql)
        if locking is None:
            return
        tables = [table for clause in statement.get_final_froms() for table in _tables(clause)]
        named = locking[2].split(", ") if locking[2] else [table.name for table in tables]
        for table in tables:
            if table.name in named:
                self._take(table.name, self._returned(table), MODES[locking[1]])

    def _changed(self, statement: Insert | Update | Delete, table: Table) -> None:
        if isinstance(statement, Delete):
            self._take(table.name, self._ids(table), Mode.UPDATE)
            return
        changed = self._sql.split(" WHERE ")[0]
        for row in self._given:
            self._refer(table, row, changed)
        if isinstance(statement, Insert):
            self._by.new.update(_text(row.get(_key(table))) for row in self._given)
        else:
            self._take(table.name, self._ids(table), Mode.NO_KEY_UPDATE)
        triggered, at = TRIGGERED.get(table.name, ("", ""))
        if triggered and (isinstance(statement, Insert) or at in changed):
            self._take(triggered, [None], Mode.NO_KEY_UPDATE)

    def _refer(self, table: Table, row: Mapping[str, Any], changed: str) -> None:
        for column in table.columns:
            if column.foreign_keys and row.get(column.name) is not None and column.name in changed:
                parent = next(iter(column.foreign_keys)).column.table.name
                self._take(parent, [_text(row[column.name])], Mode.KEY_SHARE)

    def _take(self, table: str, rows: Sequence[str | None], mode: Mode) -> None:
        if rows and self._place:
            lock = Lock(mode, self._gated(table))
            self._order.take(self._by, table, rows, lock, self._place, waits=self._waits)

    def _gated(self, table: str) -> bool:
        """Whether the row above is locked; or, where all messages about something are changed, what that belongs to."""
        about_one = any(name.startswith("subject_id") for row in self._given for name in row)
        above = SUBJECTS if table == "notifications" and about_one else GATES.get(table, ())
        modes = [self._by.mode(one, None) or Mode.KEY_SHARE for one in above]
        return max(modes, default=Mode.KEY_SHARE) > Mode.KEY_SHARE

    def _ids(self, table: Table) -> list[str | None]:
        """The ids of what was changed: as the ORM names them, or as returned."""
        if self._cursor.rowcount == 0:
            return []
        named = [row[name] for row in self._given for name in (f"{table.name}_{_key(table)}",) if name in row]
        return [_text(one) for one in named] or self._returned(table) or [None]

    def _returned(self, table: Table) -> list[str | None]:
        """The ids of what was returned, in that order; unknown ones if they are not among the columns."""
        result = self._cursor.pgresult
        if result is None or not result.ntuples:
            return []
        names = [column.name for column in self._cursor.description or ()]
        for name in (_key(table), f"{table.name}_{_key(table)}"):
            if name in names:
                return [_text(result.get_value(row, names.index(name))) for row in range(result.ntuples)]
        return [None]


def _rows(given: Any) -> Parameters:
    """One mapping for each row: several rows of one INSERT have numbered names (`id__0`, `id__1`)."""
    if not isinstance(given, Mapping):
        return list(given or ())
    rows: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        column, _, number = name.partition("__")
        rows.setdefault(number, {})[column] = value
    return list(rows.values())


def _tables(clause: FromClause) -> list[Table]:
    if isinstance(clause, Join):
        return [*_tables(clause.left), *_tables(clause.right)]
    element = getattr(clause, "element", clause)
    return [element] if isinstance(element, Table) else []


def _key(table: Table) -> str:
    return table.primary_key.columns[0].name


def _text(value: Any) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)


def _place() -> str:
    """Where in our own code this happens: the innermost functions, the nearest first; nothing where only tests do."""
    frame: FrameType | None = sys._getframe()
    named: list[str] = []
    while frame is not None and len(named) < DEPTH:
        file = frame.f_code.co_filename
        if any(part in file for part in OURS) and "/tests/" not in file and "/site-packages/" not in file:
            named.append(f"{Path(file).stem}.{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(named)
