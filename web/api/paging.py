"""Long lists in pages: a cursor is the id of the last row seen, and ids sort by the time they were made."""

from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import Select

from core.models import Base
from core.uow import Reading

MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows in a page.")]
After = Annotated[UUID | None, Query(description="`next` of the page before.")]
Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row", bound=Base)


class Page(BaseModel, Generic[Item]):
    """One page of a list, the newest first."""

    items: list[Item]
    next: UUID | None = Field(None, description="Ask for the next page with `after` set to this; null on the last.")


def rows(
    reading: Reading, query: Select[Any], table: type[Row], after: UUID | None, limit: int
) -> tuple[list[Row], UUID | None]:
    """The rows of a page, and the cursor of the next one; None if this is the last."""
    if after:
        query = query.where(table.id < after)
    found = list(reading.session.scalars(query.order_by(table.id.desc()).limit(limit + 1)))
    return found[:limit], found[limit - 1].id if len(found) > limit else None
