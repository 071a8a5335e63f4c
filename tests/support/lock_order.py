"""Tells of orders of row locks in which two transactions could wait for each other.

A deadlock shows itself only to who is unlucky; the order of locks shows itself in every transaction, so one thread is
enough to find a possible deadlock. The technique is that of the Linux kernel's lock validator (lockdep): a lock's class
is its table, "this, then that" is an edge, and edges whose modes conflict and that close a circle are an order that is
not kept.

Who has locked the row above some rows is alone with these (`gated`): two that are both gated never wait there for each
other. Rows of one table are to be taken by ascending id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class Mode(IntEnum):
    """How strongly a row is locked: PostgreSQL's row-level locks, of which nobody here uses FOR SHARE."""

    KEY_SHARE = 1
    """By a row that refers to it."""
    NO_KEY_UPDATE = 2
    """By an UPDATE of what nobody refers to."""
    UPDATE = 3
    """By FOR UPDATE and DELETE."""

    def conflicts(self, other: "Mode") -> bool:
        """Whether one waits for the other. Who refers to a row waits only for who may delete it."""
        return self + other > Mode.KEY_SHARE + Mode.NO_KEY_UPDATE


@dataclass(frozen=True)
class Lock:
    """What is known of a row's lock."""

    mode: Mode
    gated: bool = False


@dataclass(frozen=True)
class Edge:
    """Somebody who held a row of one table could have to wait for one of another."""

    held: str
    held_as: Lock
    wanted: str
    wanted_as: Lock

    def __str__(self) -> str:
        return f"{self.held} ({self.held_as.mode.name}), then {self.wanted} ({self.wanted_as.mode.name})"

    def leads_to(self, other: "Edge") -> bool:
        """Whether who takes this step can wait for who takes the other."""
        mine, theirs = self.wanted_as, other.held_as
        both_gated = mine.gated and theirs.gated
        return self.wanted == other.held and mine.mode.conflicts(theirs.mode) and not both_gated


Rows = dict[str, dict[str | None, Lock]]
"""The locks that a transaction holds, by table and by id; `None` stands for rows whose ids are not known."""


@dataclass
class Transaction:
    """What a transaction holds now, where it took it, and how that stood at each savepoint."""

    rows: Rows = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    """Rows that nobody else sees yet, so that nobody waits for them."""
    savepoints: list[Rows] = field(default_factory=list)

    def mode(self, table: str, row: str | None) -> Mode | None:
        """How this row is locked; a row whose id is not known is one that was locked already, if any was."""
        rows = self.rows.get(table, {})
        modes = [lock.mode for known, lock in rows.items() if row in (None, known)]
        return max(modes, default=None)

    def save(self) -> None:
        """Set a savepoint."""
        self.savepoints.append({table: dict(rows) for table, rows in self.rows.items()})

    def release(self) -> None:
        """Forget the last savepoint."""
        self.savepoints.pop()

    def go_back(self) -> None:
        """Return to the last savepoint: what was locked since is free again."""
        self.rows = self.savepoints.pop()


@dataclass(eq=False)
class LockOrder:
    """What was seen: each step from table to table with the places of its locks, and rows of one table out of order."""

    edges: dict[Edge, str] = field(default_factory=dict)
    unordered: dict[str, str] = field(default_factory=dict)
    raised: dict[str, str] = field(default_factory=dict)

    def take(
        self, by: Transaction, table: str, rows: Sequence[str | None], lock: Lock, place: str, *, waits: bool = True
    ) -> None:
        """Note that these rows were locked, in this order. Without `waits` those locked by others were left out."""
        for row in rows:
            now = by.mode(table, row)
            if row in by.new or (now is not None and now >= lock.mode):
                continue
            if waits:
                self._note(by, table, row, lock, place)
            by.rows.setdefault(table, {})[row] = lock
            by.places.setdefault(table, place)

    def _note(self, by: Transaction, table: str, row: str | None, lock: Lock, place: str) -> None:
        for other, rows in by.rows.items():
            if other != table:
                for held in set(rows.values()):
                    self.edges.setdefault(Edge(other, held, table, lock), f"{by.places[other]} .. {place}")
        mine = by.rows.get(table, {})
        here = f"{by.places.get(table)} .. {place}"
        if row in mine and lock.mode.conflicts(mine[row].mode):
            self.raised.setdefault(table, here)
        if (
            row
            and not lock.gated
            and any(one and one > row and how.mode.conflicts(lock.mode) for one, how in mine.items())
        ):
            self.unordered.setdefault(table, here)

    def circles(self) -> list[list[Edge]]:
        """The shortest circle through each edge that is in one; each circle once."""
        found = {frozenset(circle): circle for circle in map(self._circle, self.edges) if circle}
        return list(found.values())

    def _circle(self, first: Edge) -> list[Edge]:
        ways, seen = [[first]], {first}
        for way in ways:
            if way[-1].leads_to(first):
                return way
            further = [step for step in self.edges if step not in seen and way[-1].leads_to(step)]
            seen.update(further)
            ways += [[*way, step] for step in further]
        return []

    def told(self) -> list[str]:
        """Everything out of order, as lines that name the places in the code."""
        lines = []
        for circle in self.circles():
            lines.append("Some could wait for each other, each holding the one and wanting the other:")
            lines += [f"  {edge}: {self.edges[edge]}" for edge in circle]
        lines += [f"Rows of {table} are not taken by id: {place}" for table, place in self.unordered.items()]
        lines += [f"A reference to {table} becomes a lock: {place}" for table, place in self.raised.items()]
        return lines
