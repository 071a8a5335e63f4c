"""The arguments of a call: from form or JSON, read as the type the method needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.errors import SlackError

TRUE = (True, 1, "1", "true", "True")


class Arguments:
    """What the app sent with a call. A value may have come as text or, in JSON, as it is."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = dict(given)

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """A string, empty if it was not sent."""
        value = self.given.get(name)
        return default if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """A string that has to be there, or else this error."""
        if name not in self:
            missing = [f"missing required field: {name}"] if error == "invalid_arguments" else []
            raise SlackError(error, missing)
        return self.text(name)

    def flag(self, name: str) -> bool:
        """A boolean, false if it was not sent."""
        return self.given.get(name) in TRUE

    def number(self, name: str, default: int, error: str) -> int:
        """A whole number, or this error if it is none."""
        try:
            return int(self.given[name]) if name in self else default
        except (TypeError, ValueError):
            raise SlackError(error) from None

    def names(self, name: str) -> list[str]:
        """A list that came as text with commas, or as an array; each name once."""
        value = self.given.get(name) or ""
        listed = value.split(",") if isinstance(value, str) else list(value)
        return list(dict.fromkeys(str(one).strip() for one in listed if str(one).strip()))

    def json(self, name: str, error: str) -> Any:
        """A structure that came as JSON text, or as it is; None if it was not sent."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(error) from None


async def read_arguments(request: Request) -> Arguments:
    """What stands in the address, then in the body.

    Raises `SlackError`: `invalid_json`, `json_not_object`, `invalid_form_data`.
    """
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        given |= {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
        return Arguments(given)
    raw = await request.body()
    if "json" in kind and raw:
        given |= _json_object(raw)
    elif raw:
        try:
            given |= dict(parse_qsl(raw.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise SlackError("invalid_form_data") from None
    return Arguments(given)


def _json_object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body
