"""`./ithaca token`: keys of other systems to the API."""

import argparse
import sys
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, or_, select

from app import environment
from app.errors import CommandError
from core.models import User
from core.queue import Unheard
from core.rules.errors import InvalidFields, NotAllowed, NotFound
from core.services.tokens import TokenView, create_token, revoke_token, tokens
from core.uow import SYSTEM, Units, Work, units_of


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Make, list or revoke keys. Whoever runs this is as good as staff: they hold the database."""
    units = units_of(environment.settings(environ), Unheard(), pool_size=2)
    try:
        ACTIONS[arguments.action](units, arguments)
    finally:
        units.engine.dispose()
    return 0


def _create(units: Units, arguments: argparse.Namespace) -> None:
    try:
        with units.work(SYSTEM) as work:
            expires_at = work.now + arguments.days if arguments.days else None
            owner_id = _owner(work, arguments.owner)
            token_id, key = create_token(work, owner_id, arguments.name, arguments.scope, expires_at)
    except InvalidFields as error:
        raise CommandError(" ".join(error.problems.values())) from None
    except NotAllowed:
        raise CommandError(f"{arguments.owner} is nobody on staff: a key is good as long as its owner is.") from None
    sys.stdout.write(f"{key}\n")
    sys.stderr.write(f"Keep it now: it is not shown again. To end it: ./ithaca token revoke {token_id}\n")


def _owner(work: Work, named: str) -> UUID:
    found = work.session.scalar(
        select(User.id).where(or_(func.lower(User.email) == named.lower(), User.slack_user_id == named))
    )
    if found is None:
        raise CommandError(f"Nobody is known by {named}: give the e-mail address or Slack id of somebody on staff.")
    return found


def _list(units: Units, arguments: argparse.Namespace) -> None:
    del arguments
    with units.read(SYSTEM) as reading:
        for token in tokens(reading):
            sys.stdout.write(f"{token.token_id}  {_state(token):<26} {token.name}, of {token.owner_name}: ")
            sys.stdout.write(f"{' '.join(token.scopes)}\n")


def _state(token: TokenView) -> str:
    if token.revoked_at:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    if token.expires_at:
        return f"until {token.expires_at:%Y-%m-%d}"
    return f"used {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"


def _revoke(units: Units, arguments: argparse.Namespace) -> None:
    try:
        with units.work(SYSTEM) as work:
            revoke_token(work, arguments.token)
    except NotFound:
        raise CommandError(f"There is no key {arguments.token}: ./ithaca token list shows them.") from None
    sys.stdout.write("Revoked: it opens nothing any more.\n")


ACTIONS = {"create": _create, "list": _list, "revoke": _revoke}
