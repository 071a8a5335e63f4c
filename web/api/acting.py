"""In whose name the API acts: it reads as the key's owner, and does what people do as those people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Path

from core.rules.roles import PersonState
from core.services.people import standing
from core.services.tokens import note_deed
from core.uow import Reading, Work, admin, member
from web.api.access import Access
from web.api.problems import Problem

Id = Annotated[UUID, Path(description="Its id.")]


@contextmanager
def as_staff(access: Access) -> Iterator[Reading]:
    """Read what staff may read."""
    with access.units.read(admin(access.caller.owner_id)) as reading:
        yield reading


@contextmanager
def changing(access: Access, person_id: UUID | None = None) -> Iterator[Work]:
    """Change something as the key's owner; the audit log has a line of it if it comes to that."""
    with access.units.work(admin(access.caller.owner_id)) as work:
        note_deed(work, access.caller, access.operation, person_id)
        yield work


@contextmanager
def on_behalf_of(access: Access, person_id: UUID) -> Iterator[Work]:
    """Do something as this person, by the rules that hold for them. Raises `Problem`: 409 if nobody takes part so."""
    with changing(access, person_id) as work:
        if standing(work, person_id) is not PersonState.ACTIVE:
            raise Problem(409, "no_such_person", "Nobody with this id takes part.")
        work.session.flush()
        work.become(member(person_id))
        yield work
