"""Signing staff in: a one-time link opens a session, and each page of the admin asks whether it still runs.

Keys are random and only their hashes are stored: who reads the database cannot sign in with what stands there.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, select, update

from core.models import SignInLink, StaffSession, User, new_id
from core.rules.errors import NotAllowed
from core.rules.sign_ins import IDLE, LINK_LASTS, Ending, LinkFacts, Refusal, ending, refusal
from core.services.audit import Deed, Subject, record
from core.services.keys import hashed, new_key
from core.services.people import Person, by_id, by_slack
from core.uow import SYSTEM, Reading, Work, admin

NOTED_EVERY = timedelta(minutes=1)
"""How exactly we know when a session was last used: not every page is worth a write."""
KEPT = timedelta(days=30)
"""How long links and sessions are kept once their time is over."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody is signed in. `key` is for their browser alone, and stands nowhere else."""

    person: Person
    key: str


def make_link(work: Work) -> str:
    """The key of a link that signs the actor in, once and for ten minutes. Raises `NotAllowed` to who is no staff."""
    person_id = work.actor.user_id
    if work.actor.role != "admin" or person_id is None:
        raise NotAllowed
    key = new_key()
    with work.as_system():
        link = SignInLink(person_id=person_id, key_hash=hashed(key), expires_at=work.now + LINK_LASTS)
        work.session.add(link)
    record(work, Deed.SIGN_IN_LINK_MADE, Subject.PERSON, person_id)
    return key


def who_may_enter(reading: Reading, key: str) -> Person | Refusal:
    """Whom a link would sign in, without using it. As the system: nobody is known yet."""
    link = reading.session.scalar(_link(key))
    if link is None:
        return Refusal.UNKNOWN
    person = by_id(reading, link.person_id)
    return refusal(_facts(link, person), reading.now) or person


def sign_in(work: Work, key: str, *, before: str | None = None) -> SignedIn | Refusal:
    """Use a link, and open a session; the one that this browser had `before` ends. As the system.

    Of several at the same moment, one gets the session; the others wait here for its outcome. A refusal is noted too,
    so it is returned and not raised.
    """
    link = work.session.scalar(_link(key).with_for_update())
    if link is None:
        return _refuse(work, Refusal.UNKNOWN, None)
    person = by_id(work, link.person_id)
    if why := refusal(_facts(link, person), work.now):
        return _refuse(work, why, person.id)
    link.used_at = work.now
    return open_session(work, person, before=before)


def sign_in_by_slack(work: Work, team_id: str, user_id: str, *, before: str | None = None) -> SignedIn | Refusal:
    """Open a session for whom Slack has recognised, if this account of this team is staff here. As the system."""
    person = by_slack(work, team_id, user_id)
    if person is None or not _is_staff(person):
        return _refuse(work, Refusal.NOT_STAFF, person.id if person else None)
    return open_session(work, person, before=before)


def open_session(work: Work, person: Person, *, before: str | None = None) -> SignedIn:
    """Open a session for somebody who has shown who they are, with a key that nobody has seen yet. As the system."""
    if before:
        _end(work, before, Ending.REPLACED)
    key = new_key()
    session = StaffSession(
        id=new_id(), person_id=person.id, key_hash=hashed(key), started_at=work.now, seen_at=work.now
    )
    work.session.add(session)
    work.session.flush()
    work.become(admin(person.id))
    record(work, Deed.SIGNED_IN, Subject.SIGN_IN, session.id)
    work.session.flush()
    work.become(SYSTEM)
    return SignedIn(person, key)


def visitor(work: Work, key: str) -> Person | None:
    """Who sits at the browser with this key, or None. Notes that they are here, or that the session is over."""
    found = work.session.execute(
        select(StaffSession, User).join(User, User.id == StaffSession.person_id).where(_running(key))
    ).one_or_none()
    if found is None:
        return None
    session, _ = found
    person = by_id(work, session.person_id)
    over = ending(session.started_at, session.seen_at, work.now, is_staff=_is_staff(person))
    if over:
        _end(work, key, over)
        return None
    if work.now >= session.seen_at + NOTED_EVERY:
        early = StaffSession.seen_at < work.now
        work.session.execute(update(StaffSession).where(_running(key), early).values(seen_at=work.now))
    return person


def sign_out(work: Work, key: str) -> None:
    """End this session, if it runs."""
    ended = _end(work, key, Ending.SIGNED_OUT)
    if ended is None:
        return
    session_id, person_id = ended
    work.become(admin(person_id))
    record(work, Deed.SIGNED_OUT, Subject.SIGN_IN, session_id)


def forget_old(work: Work) -> None:
    """Forget links and sessions whose time has been over for long; what they were used for stays in the audit log."""
    work.session.execute(delete(SignInLink).where(SignInLink.expires_at < work.now - KEPT))
    work.session.execute(delete(StaffSession).where(StaffSession.seen_at < work.now - IDLE - KEPT))


def _refuse(work: Work, why: Refusal, person_id: UUID | None) -> Refusal:
    subject = Subject.PERSON if person_id else Subject.SIGN_IN
    record(work, Deed.SIGN_IN_REFUSED, subject, person_id, after={"why": why.value})
    return why


def _end(work: Work, key: str, how: Ending) -> tuple[UUID, UUID] | None:
    """End a session that runs. Its id and its person's, or None if it was over."""
    ended = update(StaffSession).where(_running(key)).values(ended_at=work.now, ending=how)
    row = work.session.execute(ended.returning(StaffSession.id, StaffSession.person_id)).one_or_none()
    return (row.id, row.person_id) if row else None


def _running(key: str) -> ColumnElement[bool]:
    return and_(StaffSession.key_hash == hashed(key), StaffSession.ended_at.is_(None))


def _link(key: str) -> Select[SignInLink]:
    return select(SignInLink).where(SignInLink.key_hash == hashed(key))


def _facts(link: SignInLink, person: Person) -> LinkFacts:
    return LinkFacts(link.expires_at, link.used_at is not None, _is_staff(person))


def _is_staff(person: Person) -> bool:
    return person.is_active and person.is_admin
