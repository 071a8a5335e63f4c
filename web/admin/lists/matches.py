"""The list of matches."""

from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette_admin import link_row_action
from starlette_admin.types import RequestAction

from core.listings import MatchRow
from core.rules.manual_matches import may_take_back
from core.rules.matches import LIVE, MatchState, Origin
from core.services.match_stories import match_story
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words
from web.admin.lists.match_deeds import MatchDeeds, Of, by_hand
from web.admin.reading import reading_of

STATES = (
    ("pending", "Not begun"),
    ("active", "Running"),
    ("paused", "Paused"),
    ("completed", "Completed"),
    ("ended", "Ended"),
)
STATE_COLORS = {"active": "green", "paused": "yellow", "pending": "blue"}
HEALTH = (("too early", "Too early"), ("healthy", "Healthy"), ("watch", "Watch"), ("at risk", "At risk"))
HEALTH_COLORS = {"healthy": "green", "watch": "yellow", "at risk": "red"}
ORIGINS = (("batch", "Offer"), ("manual", "By staff"), ("cohort", "Cohort"), ("question", "Question"))


class Matches(MatchDeeds, ListPage):
    """Every match, the newest first."""

    key, menu_label, display_name, icon = "matches", "Matches", "Match", "fa fa-people-arrows"
    rows = MatchRow
    searched = ("student", "mentor")
    named_by = ("student", "mentor")
    nothing = "There is no match yet. The first appears here once a mentor accepts an offer."
    fields_default_sort = (("started_at", True),)
    detail_template = "match_page.html"
    row_actions = ("view", "reassign", "message", "end", "take_back")
    fields = (
        Link("student", by="student_id"),
        Link("mentor", by="mentor_id"),
        Choice("state", choices=STATES, colors=STATE_COLORS),
        Choice("health", choices=HEALTH, colors=HEALTH_COLORS),
        Day("started_at", "Since"),
        Amount("meetings", "Meetings held"),
        Day("last_met", "Last met"),
        Moment("next_meeting", "Next meeting"),
        Measure("score", "Score of 100"),
        Choice("origin", "Came about by", choices=ORIGINS),
        Words("cohort"),
        Day("ended_at", "Over since"),
        LongText("causes", "Why this health"),
        LongText("step", "Suggested step"),
        LongText("goals", "Goals they agreed on"),
        Amount("cadence_days", "Days between meetings", exclude_from_list=True),
        Moment("paused_until", "Paused until", exclude_from_list=True),
    )

    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        """A match; for its own page, with its story."""
        row = await super().find_by_pk(request, pk)
        if row is not None and request.state.action == RequestAction.DETAIL:
            request.state.story = await run_in_threadpool(match_story, reading_of(request), UUID(str(pk)))
        return row

    async def match_of(self, request: Request, pk: Any) -> Of | None:
        """The row itself."""
        row = await super().find_by_pk(request, pk)
        return Of(row.id, row.student_id, row.mentor_id) if row else None

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """What is over can be written to, and no more. From a page that is older, the service says so in a sentence."""
        if request.state.action == RequestAction.ROW_ACTION:
            return True
        if name == "take_back":
            return may_take_back(Origin(obj.origin), MatchState(obj.state), obj.started_at, reading_of(request).now)
        return obj.state in LIVE or name not in ("reassign", "end")

    @link_row_action(name="reassign", text="Reassign", icon_class="fa fa-arrows-rotate")
    def reassign(self, request: Request, pk: Any) -> str:
        """Another mentor for the student, in place of this one."""
        del request
        return by_hand(match=pk)
