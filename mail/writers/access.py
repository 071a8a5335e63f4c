"""Who may read a letter: a writer refuses everybody else."""

from collections.abc import Callable
from uuid import UUID

from core.rules.errors import NotFound
from core.uow import Reading
from mail.letters.parts import Draft, Reader

Writer = Callable[[Reading, Reader, UUID], Draft]
"""Writes about a subject for a reader, as things stand. Raises `NotFound` for what is none of their business."""


def only_for(reader: Reader, *people: UUID) -> None:
    """Refuse who is none of these people."""
    if reader.person.id not in people:
        raise NotFound(person_id=reader.person.id)


def only_for_staff(reader: Reader) -> None:
    """Refuse who is not on staff."""
    if not reader.person.is_admin:
        raise NotFound(person_id=reader.person.id)
