"""Keys of other systems to the API: shown once, kept as a hash, good as long as their owner is staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from core.models import ApiToken, User
from core.rules import scopes as rules
from core.rules.errors import NotAllowed, NotFound
from core.rules.roles import PersonState, Role
from core.rules.scopes import Scope
from core.services.audit import Deed, Subject, record
from core.services.keys import hashed, new_key
from core.uow import Reading, Work

NOTED_EVERY = timedelta(minutes=1)
"""How exactly we know when a key was last used."""


@dataclass(frozen=True)
class Caller:
    """Who calls the API: a key, whose it is, and what it may do."""

    token_id: UUID
    owner_id: UUID
    name: str
    scopes: frozenset[Scope]


@dataclass(frozen=True)
class TokenView:
    """A key as staff see it."""

    token_id: UUID
    name: str
    owner_name: str
    scopes: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


def create_token(
    work: Work, owner_id: UUID, name: str, scopes: list[str], expires_at: datetime | None = None
) -> tuple[UUID, str]:
    """Make a key for an owner on staff. Returns its id, and the key itself, which nobody can read again.

    Raises `InvalidFields`, or `NotAllowed` for an owner who is no staff.
    """
    name, wanted = rules.checked(name, scopes)
    owner = work.session.get(User, owner_id)
    if owner is None or not _is_staff(owner):
        raise NotAllowed
    key = rules.PREFIX + new_key()
    token = ApiToken(
        owner_id=owner_id,
        name=name,
        token_hash=hashed(key),
        scopes=[scope.value for scope in wanted],
        expires_at=expires_at,
        created_at=work.now,
    )
    work.session.add(token)
    work.session.flush()
    made = {"name": name, "owner": str(owner_id), "scopes": token.scopes}
    record(work, Deed.KEY_MADE, Subject.KEY, token.id, after=made)
    return token.id, key


def revoke_token(work: Work, token_id: UUID) -> None:
    """End a key at once; again changes nothing. Raises `NotFound`."""
    token = work.session.get(ApiToken, token_id)
    if token is None:
        raise NotFound(token_id=token_id)
    if token.revoked_at is None:
        token.revoked_at = work.now
        record(work, Deed.KEY_REVOKED, Subject.KEY, token_id)


def caller(reading: Reading, key: str) -> Caller | None:
    """Whose key this is; None for one that is unknown, revoked, over, or whose owner is no staff any more."""
    found = reading.session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.owner_id)
        .where(ApiToken.token_hash == hashed(key), ApiToken.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    token, owner = found
    if not _is_staff(owner) or (token.expires_at and token.expires_at <= reading.now):
        return None
    known = frozenset(Scope(scope) for scope in token.scopes if scope in set(Scope))
    return Caller(token.id, owner.id, token.name, known)


def note_use(work: Work, token_id: UUID) -> None:
    """Remember that a key was used just now."""
    early = ApiToken.last_used_at.is_(None) | (ApiToken.last_used_at < work.now - NOTED_EVERY)
    work.session.execute(update(ApiToken).where(ApiToken.id == token_id, early).values(last_used_at=work.now))


def note_deed(work: Work, caller: Caller, operation: str, person_id: UUID | None = None) -> None:
    """Note that a key changes something, perhaps in a person's name, in the transaction that does it. As its owner."""
    after = {"operation": operation} | ({"as": str(person_id)} if person_id else {})
    record(work, Deed.KEY_USED, Subject.KEY, caller.token_id, after=after)


def note_refusal(work: Work, caller: Caller, operation: str, scope: Scope) -> None:
    """Note that a key was tried for what it may not do."""
    after = {"operation": operation, "scope": scope.value}
    record(work, Deed.KEY_REFUSED, Subject.KEY, caller.token_id, after=after)


def tokens(reading: Reading) -> tuple[TokenView, ...]:
    """All keys, the newest first."""
    rows = reading.session.execute(
        select(ApiToken, User.name).join(User, User.id == ApiToken.owner_id).order_by(ApiToken.id.desc())
    )
    return tuple(
        TokenView(
            token.id,
            token.name,
            owner,
            tuple(token.scopes),
            token.created_at,
            token.last_used_at,
            token.expires_at,
            token.revoked_at,
        )
        for token, owner in rows
    )


def _is_staff(person: User) -> bool:
    return person.state is PersonState.ACTIVE and Role.ADMIN in person.roles
