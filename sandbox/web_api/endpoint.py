"""The HTTP side of the Web API: who calls, whether they may, and what they are told."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import SlackError
from sandbox.store import Json
from sandbox.web_api import bad_days
from sandbox.web_api.arguments import Arguments, read_arguments
from sandbox.web_api.methods import METHODS, Method
from sandbox.web_api.rates import RateLimited, RateLimits
from sandbox.workspace.state import Workspace

OPEN_TO_ALL = {"api.test"}


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace
        self._rates = RateLimits(enforced=workspace.settings.rate_limits)

    async def call(self, request: Request) -> Response:
        """Carry out one call. What it changed is saved before it is answered."""
        begun, name = time.perf_counter(), request.path_params["method"]
        args, status, headers = Arguments({}), 200, self._headers()
        carried_out = False
        try:
            args = await read_arguments(request)
            call = bad_days.call_of(self._w, name, args)
            await bad_days.before(self._w.faults, call)
            answer = {"ok": True, **self._run(name, _token(request, args), args)}
            carried_out = True
        except RateLimited as error:
            status, answer = 429, error.body
            headers["Retry-After"] = str(error.retry_after)
        except SlackError as error:
            answer = error.body
        self._w.save()
        response: Response = JSONResponse(answer, status, headers)
        error_code = None if answer["ok"] else str(answer["error"])
        if carried_out and (trouble := bad_days.after(self._w.faults, call, request)):
            response, error_code = trouble
            status = response.status_code if response.body else 0
        self._w.journal.write(
            "from_app", name, begun=begun, status=status, request=args.given, answer=answer, error=error_code
        )
        return response

    def _run(self, name: str, token: str, args: Arguments) -> Json:
        method = METHODS.get(name)
        if not method:
            raise SlackError("unknown_method", req_method=name)
        if name not in OPEN_TO_ALL:
            self._check(token, method)
        granted = self._w.app.scopes
        if method.scopes and granted is not None and not granted & set(method.scopes):
            raise SlackError("missing_scope", needed=method.scopes[0], provided=",".join(sorted(granted)))
        self._rates.take(name, method, args)
        return method.run(self._w, args)

    def _check(self, token: str, method: Method) -> None:
        settings = self._w.settings
        wanted, other = settings.bot_token, settings.app_token
        if method.of_the_app:
            wanted, other = other, wanted
        if not token or token != wanted:
            known = token and token == other
            raise SlackError("not_allowed_token_type" if known else "invalid_auth" if token else "not_authed")

    def _headers(self) -> dict[str, str]:
        scopes = self._w.app.scopes
        return {} if scopes is None else {"X-OAuth-Scopes": ",".join(sorted(scopes))}


def _token(request: Request, args: Arguments) -> str:
    """The token of the header, or else of the arguments, where it then no longer stands."""
    argument = args.given.pop("token", None)
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ").strip() or str(argument or "")
