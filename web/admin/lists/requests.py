"""The list of requests."""

from typing import Any

from fastapi import Request
from starlette_admin import link_row_action

from core.listings import RequestRow
from core.rules.requests import OPEN
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words
from web.admin.lists.match_deeds import by_hand

STATES = (
    ("searching", "Searching"),
    ("offered", "Mentors asked"),
    ("waiting", "Waiting list"),
    ("staff", "With staff"),
    ("matched", "Matched"),
    ("cancelled", "Cancelled"),
)
STATE_COLORS = {"staff": "red", "waiting": "yellow", "offered": "blue", "searching": "blue", "matched": "green"}
STEPS = (
    ("search", "We look for mentors"),
    ("answer", "Mentors answer"),
    ("retry", "We look again"),
    ("staff", "Staff step in"),
    ("none", "–"),
)


class Requests(ListPage):
    """Every request, the newest first."""

    key, menu_label, display_name, icon = "requests", "Requests", "Request", "fa fa-hand"
    rows = RequestRow
    searched = ("student", "mentor", "asked", "wish")
    named_by = ("student",)
    nothing = "Nobody has asked for a mentor yet."
    fields_default_sort = (("created_at", True),)
    row_actions = ("view", "match")
    fields = (
        Link("student", by="student_id"),
        Choice("state", choices=STATES, colors=STATE_COLORS),
        Choice("next_step", "Next step", choices=STEPS),
        Moment("next_step_at", "By"),
        Day("created_at", "Asked on"),
        Words("industries"),
        Words("asked", "Mentors asked now"),
        Words("mentor", "Mentor found"),
        Amount("waves"),
        Day("matched_at", "Matched on"),
        Measure("hours_to_match", "Hours to match"),
        Amount("offers", "Mentors asked in all"),
        Amount("meetings", "Meetings held"),
        Words("cohort"),
        LongText("wish", "Wants from a mentor"),
        Words("must_share", "Must share", exclude_from_list=True),
        LongText("anything_else", "Anything else"),
        Moment("closed_at", "Closed on", exclude_from_list=True),
    )

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """Who still looks for a mentor can be given one."""
        del request
        return name != "match" or obj.state in OPEN

    @link_row_action(name="match", text="Match", icon_class="fa fa-handshake")
    def match(self, request: Request, pk: Any) -> str:
        """A mentor by hand for the student of this request."""
        del request
        return by_hand(request=pk)
