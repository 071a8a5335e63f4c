"""Who helped most: by well-rated answers, then by answered questions; never by speed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True)
class Tally:
    """What one mentor answered in some time, and how many of the answers were rated 4 or 5.

    Of who is not `shown` to others only they themselves have a tally.
    """

    mentor_id: UUID
    name: str
    well_rated: int
    answered: int
    shown: bool = True


@dataclass(frozen=True)
class Line:
    """A mentor's place. Who did equally much shares one: 1, 1, 3."""

    place: int
    mentor_id: UUID
    name: str
    well_rated: int
    answered: int
    shown: bool = True


def ranked(tallies: Iterable[Tally]) -> tuple[Line, ...]:
    """Everybody who answered something, best first; those who share a place by name."""
    order = sorted((one for one in tallies if one.answered), key=lambda one: (-one.well_rated, -one.answered, one.name))
    lines: list[Line] = []
    for number, one in enumerate(order, start=1):
        last = lines[-1] if lines else None
        tied = last is not None and (last.well_rated, last.answered) == (one.well_rated, one.answered)
        place = last.place if last is not None and tied else number
        lines.append(Line(place, one.mentor_id, one.name, one.well_rated, one.answered, one.shown))
    return tuple(lines)


def month_of(now: datetime) -> datetime:
    """When this calendar month began, in UTC: the same for everybody."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
