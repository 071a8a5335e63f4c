"""Which version of something a change is about: `ETag` out, `If-Match` in (RFC 9110, 13.1.1)."""

from datetime import datetime
from typing import Annotated

from fastapi import Header

from web.api.problems import Problem

IfMatch = Annotated[str | None, Header(description="The `ETag` of what is to be changed.")]


def etag(changed_at: datetime) -> str:
    """The version of a row, by when it was last changed."""
    return f'"{int(changed_at.timestamp() * 1_000_000):x}"'


def require_version(given: str | None, changed_at: datetime) -> None:
    """Refuse a change of something that was changed since it was read. Raises `Problem`: 428 or 412."""
    if given is None:
        raise Problem(428, "no_version", "Send the ETag of what you read as If-Match.")
    if given.strip() not in ("*", etag(changed_at)):
        raise Problem(412, "changed", "It was changed since you read it: read it again.")
