"""What was sent with a POST: read up to a limit, in the two ways that browsers and mail programs send forms."""

from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.formparsers import MultiPartException, MultiPartParser

from web.actions.forms import MOST_FIELDS, BadForm, Form

MOST_BYTES = 500_000  # four fields with 10,000 of the longest characters, as browsers encode them


class TooLarge(Exception):
    """More than a form of ours can hold."""


async def sent_form(request: Request) -> Form:
    """The form. Raises `TooLarge`, and `BadForm` for anything else."""
    raw = await _body(request)
    match request.headers.get("content-type", "").partition(";")[0].strip().lower():
        case "application/x-www-form-urlencoded":
            return Form.sent(raw)
        case "multipart/form-data":
            return await _multipart(request, raw)
        case _:
            raise BadForm("no form")


async def _body(request: Request) -> bytes:
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MOST_BYTES:
            raise TooLarge
    return raw


async def _multipart(request: Request, raw: bytes) -> Form:
    """How mail programs unsubscribe; no form of ours is sent like this."""
    parser = MultiPartParser(
        request.headers, _at_once(raw), max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        fields = await parser.parse()
    except MultiPartException as error:
        raise BadForm("broken parts") from error
    return Form({name: value for name, value in fields.items() if isinstance(value, str)})


async def _at_once(raw: bytes) -> AsyncGenerator[bytes, None]:
    yield raw
