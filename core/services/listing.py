"""Lists of which a page shows the first few and says how many more there are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select

from core.uow import Reading

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class First(Generic[Shown]):
    """The first few of a list, and how many come after them."""

    shown: tuple[Shown, ...] = ()
    more: int = 0

    def __iter__(self) -> Iterator[Shown]:
        return iter(self.shown)

    @property
    def all(self) -> int:
        """How many there are."""
        return len(self.shown) + self.more

    @classmethod
    def of(cls, everything: Sequence[Shown], most: int) -> "First[Shown]":
        """Cut a list that is loaded already."""
        return cls(tuple(everything[:most]), max(0, len(everything) - most))


def first(reading: Reading, statement: Select[Row], most: int, draw: Callable[[Row], Shown]) -> First[Shown]:
    """The first rows of an ordered statement, drawn. The others are counted, and only where there may be some."""
    rows = reading.session.scalars(statement.limit(most)).all()
    everything = len(rows)
    if everything == most:
        everything = reading.session.scalars(
            select(func.count()).select_from(statement.order_by(None).subquery())
        ).one()
    return First(tuple(draw(row) for row in rows), everything - len(rows))
