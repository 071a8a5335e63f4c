"""The programme in figures: the same as in Slack and on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from core.rules.scopes import Scope
from core.services.reports import stats
from web.api.access import Access, requires
from web.api.acting import as_staff

routes = APIRouter(tags=["statistics"])
Reader = Annotated[Access, Depends(requires(Scope.STATS_READ))]


class StatsOut(BaseModel):
    """How the programme stands at this moment. People who have left are not counted."""

    students: int
    mentors: int
    free_places: int = Field(description="At mentors who are not paused.")
    open_requests: int
    waiting: int
    with_staff: int
    live_matches: int
    hours_to_match: float | None = Field(description="Median from request to match; null before the first match.")


@routes.get("/stats")
def read_stats(access: Reader) -> StatsOut:
    """The figures."""
    with as_staff(access) as reading:
        return StatsOut.model_validate(stats(reading), from_attributes=True)
