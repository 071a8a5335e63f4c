"""How a part of a person's data is described: whose rows, which columns under which names, and what is kept back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, select

from core.models import Base, Match, User
from core.services.two_sides import either_side, matches_of

Mine = Callable[[UUID], ColumnElement[bool]]

KEY = "a key: only its hash is kept, and who had it could act as you"
OTHERS = "tells of somebody else"
LINKED = "an id that leads to another of your rows"
OURS = "how the service does its work: it says nothing about you"


@dataclass(frozen=True)
class Part:
    """One table as a person reads it. `kept_back` are columns that are not told, each with the reason.

    `hidden`: row security shows these rows to staff alone in daily use, yet they are about the person. `of_mine` names
    columns that hold words by people's ids, of which each person is told their own.
    """

    title: str
    table: type[Base]
    mine: Mine
    columns: Mapping[str, str]
    kept_back: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    partner: str = ""
    of_mine: frozenset[str] = frozenset()


def theirs(table: Any, name: str) -> Mine:
    """Rows that name the person in this column."""
    return lambda person_id: getattr(table, name) == person_id


def either(table: Any) -> Mine:
    """Rows of pairs that the person is one of."""
    return lambda person_id: either_side(table, person_id)


def of_matches(table: Any) -> Mine:
    """Rows that belong to a match of theirs."""
    return lambda person_id: table.match_id.in_(matches_of(person_id))


def partner_name(person_id: UUID) -> ColumnElement[str]:
    """The name of the other side of a match."""
    other = case((Match.student_id == person_id, Match.mentor_id), else_=Match.student_id)
    return select(User.name).where(User.id == other).correlate(Match).scalar_subquery()
