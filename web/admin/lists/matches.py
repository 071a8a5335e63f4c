"""The list of matches."""

from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette_admin import flash, row_action
from starlette_admin.exceptions import ActionFailed
from starlette_admin.types import RequestAction, RowActionsDisplayType

from core.listings import MatchRow
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import MatchOver
from core.services.match_stories import match_story
from core.services.staff_matches import WHY, end_as_staff
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words
from web.admin.reading import reading_of, work_as_staff

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
FORM = (
    '<form><label class="form-label mt-3" for="why">Why? Only staff read this.</label>'
    f'<textarea class="form-control" id="why" name="why" rows="3" maxlength="{WHY}" required></textarea></form>'
)


class Matches(ListPage):
    """Every match, the newest first."""

    key, menu_label, display_name, icon = "matches", "Matches", "Match", "fa fa-people-arrows"
    rows = MatchRow
    searched = ("student", "mentor")
    named_by = ("student", "mentor")
    nothing = "There is no match yet. The first appears here once a mentor accepts an offer."
    fields_default_sort = (("started_at", True),)
    detail_template = "match_page.html"
    row_actions = ("view", "end")
    row_actions_display_type = RowActionsDisplayType.INLINE_LINKS
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

    @row_action(
        name="end",
        text="End",
        icon_class="fa fa-circle-stop",
        header="End this mentorship",
        confirmation="Both are told that it has ended, not why and not by whom. It cannot be undone.",
        form=FORM,
        submit_btn_text="End it",
        submit_btn_class="btn btn-danger",
        modal_size="md",
    )
    async def end(self, request: Request, pk: Any) -> None:
        """End a running match, with a reason for the audit log."""
        why = str((await request.form()).get("why", ""))

        def act() -> None:
            with work_as_staff(request) as work:
                end_as_staff(work, UUID(str(pk)), why)

        try:
            await run_in_threadpool(act)
        except InvalidFields as error:
            raise ActionFailed(error.problems["why"]) from None
        except (MatchOver, NotFound):
            raise ActionFailed("This mentorship is over already, so nothing was changed.") from None
        flash(request, "It has ended, and both are told.", "success")
