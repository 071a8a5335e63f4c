"""The list of requests."""

from core.listings import RequestRow
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words

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
    fields = (
        Link("student", by="student_id"),
        Choice("state", choices=STATES, colors=STATE_COLORS),
        Choice("next_step", "Next step", choices=STEPS),
        Moment("next_step_at", "By"),
        Amount("waves"),
        Words("asked", "Asked now"),
        Words("mentor", "Mentor found"),
        Day("created_at", "Asked on"),
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
