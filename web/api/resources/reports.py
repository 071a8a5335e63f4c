"""The programme in figures: the same as in Slack and on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from core.rules.scopes import Scope
from core.services.demand import demand, loads
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


class FieldOut(BaseModel):
    """One industry at this moment. Who names several counts in each of them."""

    name: str
    requests: int = Field(description="Open requests of students who name it.")
    waiting: int = Field(description="Of these, on the waiting list or with staff.")
    mentors: int = Field(description="Mentors who name it and have room.")
    places: int = Field(description="Free places at these mentors.")


class MentorsOut(BaseModel):
    """Where mentors are missing, the greatest shortage first, and how many mentors are how busy."""

    fields: list[FieldOut]
    loads: dict[str, int] = Field(description="Mentors by load: none, some, full, or over what they wished for.")


@routes.get("/stats/mentors")
def read_demand(access: Reader) -> MentorsOut:
    """Demand against free places by industry, and the load of mentors."""
    with as_staff(access) as reading:
        fields = [FieldOut.model_validate(field, from_attributes=True) for field in demand(reading)]
        return MentorsOut(fields=fields, loads={str(load): number for load, number in loads(reading).items()})
