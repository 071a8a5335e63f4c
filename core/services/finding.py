"""Finding a person by what staff type of them: a name or an e-mail address."""

from sqlalchemy import ColumnElement, any_, func, literal, select

from core.models import User
from core.rules.errors import DomainError
from core.rules.profiles import tidy
from core.rules.roles import PersonState, Role
from core.services.people import Person, by_id
from core.uow import Reading


class NobodyFound(DomainError):
    """Nobody in this role has this name or address; `typed` and `role` say which."""

    code = "nobody_found"


class SeveralFound(DomainError):
    """Several people in this role fit; `typed`, `role` and `names` say which."""

    code = "several_found"


def find_person(reading: Reading, typed: str, role: Role) -> Person:
    """The one active person in this role with this address or name; else the one whose name holds what was typed.

    Raises `NobodyFound` or `SeveralFound`: staff are never given somebody else than they meant.
    """
    said = " ".join(tidy(typed).split())
    for fits in (func.lower(User.email) == said.lower(), func.lower(User.name) == said.lower()):
        if said and (found := _people(reading, fits, role)):
            return _one(reading, found, said, role)
    found = _people(reading, User.name.icontains(said, autoescape=True), role) if said else []
    if not found:
        raise NobodyFound(typed=said, role=role)
    return _one(reading, found, said, role)


def _people(reading: Reading, fits: ColumnElement[bool], role: Role) -> list[User]:
    in_role = literal(role.value) == any_(User.roles)
    statement = select(User).where(fits, in_role, User.state == PersonState.ACTIVE).order_by(User.name)
    return list(reading.session.scalars(statement.limit(5)))


def _one(reading: Reading, found: list[User], said: str, role: Role) -> Person:
    if len(found) > 1:
        raise SeveralFound(typed=said, role=role, names=tuple(user.name for user in found))
    return by_id(reading, found[0].id)
