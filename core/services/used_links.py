"""That a link in an e-mail is used once: noted in the transaction of what was done with it."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core.links import Link
from core.models import UsedLink, new_id
from core.rules.errors import DomainError
from core.uow import Reading, Work

KEPT = timedelta(days=1)
"""How long a used link is remembered after its time: clocks may differ a little between machines."""


class LinkUsed(DomainError):
    """This link has done this already."""

    code = "link_used"


def use_once(work: Work, link: Link, deed: str) -> None:
    """Use a link for a deed, before the deed is done. Raises `LinkUsed` the second time.

    Of several at the same moment, one goes on and the others wait here for its outcome.
    """
    statement = insert(UsedLink).values(
        id=new_id(),
        person_id=link.person_id,
        fingerprint=link.fingerprint,
        deed=deed,
        expires_at=link.expires_at,
    )
    first = work.session.scalar(
        statement.on_conflict_do_nothing(index_elements=["fingerprint", "deed"]).returning(UsedLink.id)
    )
    if first is None:
        raise LinkUsed(purpose=link.purpose, deed=deed)


def deeds_done(reading: Reading, link: Link) -> frozenset[str]:
    """What this link has been used for."""
    found = reading.session.scalars(select(UsedLink.deed).where(UsedLink.fingerprint == link.fingerprint))
    return frozenset(found)


def forget_expired(work: Work) -> None:
    """Forget links whose time is over: they are refused for that."""
    work.session.execute(delete(UsedLink).where(UsedLink.expires_at < work.now - KEPT))
