"""What lists have in common: rows that are only read, and the small pieces of SQL that make them readable.

People are joined from the outside and by their key: where a list is only counted, PostgreSQL leaves these joins out.
"""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, case, cast, func, literal, type_coerce
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute


class Listing(DeclarativeBase):
    """A row of a list. Its class is mapped to a SELECT instead of a table: there is nothing to write."""


def word(column: SQLColumnExpression[object]) -> ColumnElement[str]:
    """An enum's column as the text that it is kept as: a filter may compare it with anything."""
    return type_coerce(column, Text)


def joined(column: InstrumentedAttribute[list[str]]) -> ColumnElement[str]:
    """A list of words as one text."""
    return func.array_to_string(column, literal(", "), type_=Text)


def hours_between(start: SQLColumnExpression[Any], end: SQLColumnExpression[Any]) -> ColumnElement[float]:
    """The time from one moment to another in hours, to one digit."""
    return func.round(func.extract("epoch", end - start) / 3600, 1)


def reached_by(slack_user_id: SQLColumnExpression[str | None]) -> ColumnElement[str]:
    """How a person is reached."""
    return case((slack_user_id.is_(None), "mail"), else_="slack")


def text_of(column: SQLColumnExpression[object]) -> ColumnElement[str]:
    """A column of open shape as text."""
    return cast(column, Text)
