"""Who calls, and what they may do: a key in `Authorization: Bearer …`, its scopes, and its share of a minute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core.rules.scopes import Scope
from core.services.tokens import Caller, caller, note_refusal, note_use
from core.uow import SYSTEM, Units, admin
from web.api.limits import Meter
from web.api.problems import Problem

BEARER = HTTPBearer(auto_error=False, description="A key that staff made, as in `Bearer ithaca_…`.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


@dataclass(frozen=True)
class Access:
    """What a request needs besides its own values; `operation` is as in `POST /requests`."""

    units: Units
    caller: Caller
    operation: str


def requires(scope: Scope) -> Callable[[Request, HTTPAuthorizationCredentials | None], Access]:
    """Lets in who has a key with this scope. Raises `Problem`: 401 without a key, 403 without the scope, 429."""

    def entered(request: Request, given: Credentials) -> Access:
        units: Units = request.app.state.units
        meter: Meter = request.app.state.meter
        known = _caller(units, given.credentials) if given else None
        if known is None:
            raise Problem(
                401, "no_key", "Send a key that is valid as `Authorization: Bearer …`.", {"WWW-Authenticate": "Bearer"}
            )
        if wait := meter.seconds_to_wait(str(known.token_id)):
            raise Problem(429, "too_many", f"Come again in {wait} seconds.", {"Retry-After": str(wait)})
        operation = f"{request.method} {request.scope['route'].path}"
        if scope not in known.scopes:
            with units.work(admin(known.owner_id)) as work:
                note_refusal(work, known, operation, scope)
            raise Problem(403, "no_scope", f"The key {known.name} may not do this: it needs the scope {scope.value}.")
        return Access(units, known, operation)

    return entered


def _caller(units: Units, key: str) -> Caller | None:
    with units.work(SYSTEM) as work:
        found = caller(work, key)
        if found:
            note_use(work, found.token_id)
        return found
