"""Client API: the conditions of the game: what time it is, and what goes wrong."""

from __future__ import annotations

import re
import time

from sandbox.client_api.asked import Asked
from sandbox.errors import ClientError
from sandbox.faults import USUAL_REFUSAL, Fault, Kind
from sandbox.jumps import Jumps
from sandbox.store import Json
from sandbox.web_api.methods import METHODS
from sandbox.workspace.state import Workspace

TICKED = (True, "on")  # from JSON, from a form
ERROR_CODE = re.compile(r"[a-z][a-z0-9_]*")


class Conditions:
    """The calls that set time and faults, for everybody at once."""

    def __init__(self, workspace: Workspace, jumps: Jumps) -> None:
        self._w, self._jumps = workspace, jumps

    async def clock(self, asked: Asked) -> Json:
        """What time it is, and how the last jump went."""
        del asked
        return self._jumps.shown()

    async def jump(self, asked: Asked) -> Json:
        """Set out for a time that lies so many seconds ahead; the clock says when it is reached."""
        self._jumps.begin(_positive(asked, "seconds") or 0.0)
        return self._jumps.shown()

    async def faults(self, asked: Asked) -> Json:
        """What goes wrong at present."""
        del asked
        return {"faults": [fault.shown() for fault in self._w.faults.all()]}

    async def switch_on(self, asked: Asked) -> Json:
        """Let something go wrong from now on: so many `times`, or `lasting` so many seconds, or until switched off."""
        try:
            kind = Kind(str(asked.need("kind")))
        except ValueError:
            kinds = ", ".join(kind.value for kind in Kind)
            raise ClientError(400, "invalid_argument", f"kind must be one of {kinds}.") from None
        method, error = asked.text("method"), asked.text("error").strip() or USUAL_REFUSAL
        if method and method not in METHODS:
            raise ClientError(400, "invalid_argument", f"{method} is no method of the Web API.")
        if not ERROR_CODE.fullmatch(error):
            raise ClientError(400, "invalid_argument", "error must be a code such as channel_not_found.")
        user = asked.someone(asked.text("user"))["id"] if asked.text("user") else ""
        if kind is Kind.REFUSED_PERSON and not user:
            raise ClientError(400, "missing_argument", "Say which user is refused.")
        if kind is Kind.ERROR:
            asked.need("error")
        times, lasting = _positive(asked, "times"), _positive(asked, "lasting")
        fault = Fault(
            id="",
            kind=kind,
            method=method,
            user=user,
            conversation=asked.text("conversation").strip().removeprefix("#"),
            address=asked.text("address").strip(),
            error=error,
            taken=kind is Kind.ERROR and asked.given.get("taken") in TICKED,
            seconds=_positive(asked, "seconds") or 5.0,
            left=int(times) if times else None,
            until=time.monotonic() + lasting if lasting else None,
        )
        return {"fault": self._w.faults.switch_on(fault).shown()}

    async def switch_off(self, asked: Asked) -> Json:
        """End one fault, or all."""
        self._w.faults.switch_off(asked.text("id") or None)
        return {"ok": True}


def _positive(asked: Asked, name: str) -> float | None:
    if asked.given.get(name) in (None, ""):
        return None
    try:
        number = float(asked.given[name])
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise ClientError(400, "invalid_argument", f"{name} must be a number above 0.")
    return number
