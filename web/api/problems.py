"""What the API answers when it refuses: `application/problem+json` (RFC 9457), with a code that programs can read."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from core.rules.errors import DomainError, InvalidFields
from core.staff_words import refused

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[str, int] = {"not_found": 404, "not_allowed": 403, "invalid_fields": 422}
"""Everything else that the rules refuse is a conflict with how things stand: 409."""

TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "A key is needed",
    403: "This is not allowed",
    404: "There is no such thing",
    405: "This is not possible here",
    409: "Things stand otherwise",
    412: "It has changed meanwhile",
    413: "That is too much",
    415: "Send JSON",
    422: "Some values cannot be taken",
    428: "Say which version is to be changed",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "We cannot get at our records just now",
}


class Problem(Exception):
    """A refusal on its way out."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers = status, code, detail, dict(headers or {})


class ProblemBody(BaseModel):
    """A refusal as it is sent."""

    type: str = Field("about:blank", description="Always `about:blank`: the code says more.")
    title: str = Field(examples=["Things stand otherwise"])
    status: int = Field(examples=[409])
    code: str = Field(description="For programs.", examples=["request_already_open"])
    detail: str = Field("", description="For people.", examples=["The student has an open request already."])
    errors: dict[str, str] = Field(default_factory=dict, description="What is wrong with each field.")


def install(app: FastAPI) -> None:
    """Answer every refusal and failure of this application as a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(PoolTimeout, _busy)
    app.add_exception_handler(Exception, _unexpected)


def answer(
    status: int,
    code: str,
    detail: str = "",
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as a response."""
    title = TITLES.get(status, "This cannot be done")
    body = ProblemBody(
        type="about:blank", title=title, status=status, code=code, detail=detail, errors=dict(errors or {})
    )
    return JSONResponse(body.model_dump(), status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


async def _problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - registered for it
    return answer(error.status, error.code, error.detail, headers=error.headers)


async def _domain(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)  # noqa: S101 - registered for it
    errors = error.problems if isinstance(error, InvalidFields) else {}
    facts = ", ".join(f"{name}: {value}" for name, value in error.facts.items() if not isinstance(value, dict))
    return answer(STATUS.get(error.code, 409), error.code, refused(error) or facts, errors)


async def _validation(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return answer(400, "no_json", "The body is no JSON.")
    return answer(422, "invalid_fields", errors={_field(one): str(one["msg"]) for one in error.errors()})


def _field(error: Mapping[str, Any]) -> str:
    """Where a value stands: `wish`, `query.limit`, `industries.0`."""
    place = [str(part) for part in error["loc"]]
    return ".".join(place[1:] if place[0] == "body" and len(place) > 1 else place)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
    return answer(error.status_code, code, headers=error.headers)


async def _busy(_: Request, error: Exception) -> JSONResponse:
    log.warning("the database did not answer the API: %s", error.__class__.__name__)
    return answer(503, "busy", "Nothing was changed. Try again in a minute.", headers={"Retry-After": "60"})


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    reference = secrets.token_hex(4)
    log.error("the API failed, reference %s", reference, exc_info=error)
    return answer(500, "failed", f"Nothing was changed. Reference: {reference}")
