"""Who is who: people are remembered when they first turn up, and known by their account or their e-mail."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from core.mailbox import ascii_address
from core.models import Profile, User
from core.rules.errors import NotFound
from core.rules.roles import PersonState, Role
from core.uow import Reading, Work


@dataclass(frozen=True)
class Person:
    """A person as the rest of the service speaks of them."""

    id: UUID
    name: str
    slack_user_id: str | None
    email: str | None
    tz: str
    roles: frozenset[str]
    is_active: bool = True
    slack_refused: str | None = None

    @property
    def is_admin(self) -> bool:
        """Whether they are staff."""
        return Role.ADMIN in self.roles

    @property
    def in_slack(self) -> bool:
        """Whether they have an account, and Slack has not said that it cannot be written to."""
        return self.slack_user_id is not None and self.slack_refused is None


@dataclass(frozen=True)
class SlackIdentity:
    """What Slack tells of an account."""

    team_id: str
    user_id: str
    name: str
    email: str | None = None
    tz: str = "UTC"
    locale: str = "en-US"
    active: bool = True
    is_admin: bool = False


def by_slack(reading: Reading, team_id: str, user_id: str) -> Person | None:
    """The person with this account, if we have met. Runs as the system: nobody is known before this."""
    found = reading.session.scalar(select(User).where(User.slack_team_id == team_id, User.slack_user_id == user_id))
    return _person(found) if found else None


def by_id(reading: Reading, person_id: UUID) -> Person:
    """The person with this id, if the actor may know of them."""
    found = reading.session.get(User, person_id)
    if found is None:
        raise NotFound(person_id=person_id)
    return _person(found)


def by_account(reading: Reading, identity: SlackIdentity) -> User | None:
    """Whose account this is."""
    return reading.session.scalar(
        select(User).where(User.slack_team_id == identity.team_id, User.slack_user_id == identity.user_id)
    )


def by_mail_alone(reading: Reading, identity: SlackIdentity) -> User | None:
    """Who has this account's e-mail, and no account yet."""
    if not identity.email:
        return None
    same_mail = func.lower(User.email) == identity.email.lower()
    return reading.session.scalar(select(User).where(same_mail, User.slack_user_id.is_(None)))


def standing(reading: Reading, person_id: UUID) -> PersonState:
    """Whether a person still takes part. Who is not known any more counts as erased."""
    found = reading.session.get(User, person_id)
    return found.state if found else PersonState.ERASED


def remember(work: Work, identity: SlackIdentity) -> Person:
    """Meet a Slack account: known by its id, or by its e-mail (imported before), or new."""
    user = _alone_with(work, identity) or by_mail_alone(work, identity)
    email = _address(work, identity, user)
    if user is None:
        user = User(name=identity.name, roles=[])
        work.session.add(user)
    user.email = email
    user.state = PersonState.ACTIVE if identity.active else PersonState.LEFT
    _take_over(user, identity)
    work.session.flush()
    return _person(user)


def _address(work: Work, identity: SlackIdentity, user: User | None) -> str | None:
    """The address that this person has from now on. In Slack it belongs to one account at a time, so another account
    that had it has it no more; from somebody who is reached by nothing else it is not taken.
    """
    known = user.email if user else None
    if not identity.email:
        return known
    owner = work.session.scalar(select(User).where(func.lower(User.email) == identity.email.lower()))
    if owner is None or owner is user:
        return identity.email
    if owner.slack_user_id is None:
        return known
    owner.email = None
    work.session.flush()
    return identity.email


def remember_by_mail(work: Work, email: str, name: str, tz: str = "UTC") -> Person:
    """Meet somebody who has no Slack account: known by their address, or new. Slack's word on a person comes first.

    Raises `ValueError` for an address that no letter can be sent to.
    """
    address = ascii_address(email)
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(address.lower()))))
    user = work.session.scalar(select(User).where(func.lower(User.email) == address.lower()))
    if user is None:
        user = User(name=name, email=address, tz=known_zone(tz), roles=[])
        work.session.add(user)
    elif user.slack_user_id is None:
        user.name, user.tz = name, known_zone(tz)
    work.session.flush()
    return _person(user)


def link_account(work: Work, person_id: UUID, identity: SlackIdentity) -> bool:
    """Tie somebody who was reached by e-mail alone to the account that Slack knows them by; whether that was so.

    Their address stays. They stay by themselves if they have an account by now, or somebody else has this one.
    """
    owner = _alone_with(work, identity)
    user = lock_user(work, person_id)
    if owner or user.slack_user_id or user.state is not PersonState.ACTIVE:
        return False
    _take_over(user, identity)
    return True


def lock_user(work: Work, person_id: UUID) -> User:
    """A person's row as it is now, for who changes a part of what it holds: nobody else does until this work is over.
    Others may go on to name the person in rows of theirs. Raises `NotFound`.
    """
    user = work.session.get(User, person_id, with_for_update={"key_share": True}, populate_existing=True)
    if user is None:
        raise NotFound(person_id=person_id)
    return user


def _alone_with(work: Work, identity: SlackIdentity) -> User | None:
    """Whose account this is; nobody else is tied to it until this work is over."""
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{identity.team_id}/{identity.user_id}"))))
    return by_account(work, identity)


def _take_over(user: User, identity: SlackIdentity) -> None:
    """What Slack tells of an account comes before what we were told elsewhere."""
    user.slack_team_id, user.slack_user_id = identity.team_id, identity.user_id
    user.name, user.tz, user.locale = identity.name, known_zone(identity.tz), identity.locale
    user.slack_refused = user.slack_named = user.seek_account_at = None
    if identity.is_admin and Role.ADMIN not in user.roles:
        user.roles = sorted({*user.roles, Role.ADMIN.value})


def unreachable(work: Work, person_id: UUID, code: str) -> None:
    """Slack says, by this code, that it cannot give this person a message: from now on they are served by e-mail.

    Meeting them in Slack again takes it back.
    """
    user = work.session.get_one(User, person_id)
    user.slack_refused = user.slack_refused or code


def known_zone(tz: str) -> str:
    """The zone, or UTC if this machine does not know it: nobody's messages fail over it."""
    try:
        return ZoneInfo(tz).key
    except (ValueError, ZoneInfoNotFoundError):
        return "UTC"


def grant_role(work: Work, person_id: UUID, role: Role) -> None:
    """Note that a person is a student or mentor from now on."""
    user = lock_user(work, person_id)
    if role not in user.roles:
        user.roles = sorted({*user.roles, role.value})


def has_profile(reading: Reading, person_id: UUID, role: Role) -> bool:
    """Whether a person has told of themselves in this role."""
    told = select(Profile.id).where(Profile.user_id == person_id, Profile.role == role)
    return reading.session.scalar(told) is not None


def _person(user: User) -> Person:
    active, roles = user.state is PersonState.ACTIVE, frozenset(user.roles)
    return Person(user.id, user.name, user.slack_user_id, user.email, user.tz, roles, active, user.slack_refused)
