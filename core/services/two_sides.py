"""What belongs to a student and a mentor, read from either side."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from core.models import Match
from core.rules.errors import NotFound
from core.services.people import Person


class TwoSides:
    """A match, and whatever two people share in one."""

    student: Person
    mentor: Person

    def other(self, person_id: UUID | None) -> Person:
        """The partner of this person. Raises `NotFound` for who is none of the two."""
        if person_id not in (self.student.id, self.mentor.id):
            raise NotFound(person_id=person_id)
        return self.mentor if person_id == self.student.id else self.student

    def side(self, person_id: UUID | None) -> Person:
        """This person, as one of the two. Raises `NotFound` for anybody else."""
        return self.other(self.other(person_id).id)


def either_side(table: Any, person_id: UUID) -> ColumnElement[bool]:
    """The rows of a table of pairs in which this person is the student or the mentor."""
    return or_(table.student_id == person_id, table.mentor_id == person_id)


def matches_of(person_id: UUID) -> Select[UUID]:
    """The ids of all matches that this person is or was part of."""
    return select(Match.id).where(either_side(Match, person_id))
