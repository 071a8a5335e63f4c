"""The API as an application of its own, mounted at `/api/v1`."""

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from core.config import Settings
from core.uow import Units
from web.api import problems
from web.api.limits import Bounded, Meter
from web.api.problems import MEDIA_TYPE, ProblemBody
from web.api.resources import batches, matches, matching_runs, people, questions, reports, requests

PATH = "/api/v1"
DESCRIPTION = """
For other systems that work with a mentorship programme.

**Keys.** Staff make them, with the scopes that a system needs: `Authorization: Bearer ithaca_…`.
**Problems** come as `application/problem+json` with a `code`.
**Lists** come in pages, the newest first: ask on with `after` set to `next`.
**Changes** of what can change under your hands take the `ETag` you read as `If-Match`.
**In whose name?** What people do, the API does as those people, by the rules that hold for them.
"""
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": problems.TITLES[status],
        "content": {MEDIA_TYPE: {"schema": ProblemBody.model_json_schema()}},
    }
    for status in (400, 401, 403, 404, 409, 412, 422, 428, 429, 503)
}


def make_api(settings: Settings, units: Units) -> ASGIApp:
    """The API on these units of work, a few requests at a time."""
    return Bounded(api(settings, units))


def api(settings: Settings, units: Units) -> FastAPI:
    """What there is to call, and its OpenAPI document at `/openapi.json`."""
    made = FastAPI(
        title="Ithaca",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": f"{settings.public_url.rstrip('/')}{PATH}"}],
        root_path_in_servers=False,
        responses=REFUSALS,
    )
    made.state.units, made.state.meter = units, Meter(settings.redis_url)
    problems.install(made)
    for resource in (people, requests, batches, matches, matching_runs, questions, reports):
        made.include_router(resource.routes)
    return made
