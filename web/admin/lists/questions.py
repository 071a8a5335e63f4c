"""The list of quick questions."""

from core.listings import QuestionRow
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words

STATES = (
    ("draft", "Draft"),
    ("open", "Open"),
    ("claimed", "Claimed"),
    ("answered", "Answered"),
    ("closed", "Closed"),
)
STATE_COLORS = {"open": "yellow", "claimed": "blue", "answered": "green"}


class Questions(ListPage):
    """Every quick question, the newest first."""

    key, menu_label, display_name, icon = "questions", "Questions", "Question", "fa fa-circle-question"
    rows = QuestionRow
    searched = ("question", "student", "mentor", "topics")
    named_by = ("question",)
    nothing = "Nobody has asked a quick question yet. Students ask with /ask."
    fields_default_sort = (("created_at", True),)
    fields = (
        Words("question"),
        Choice("state", choices=STATES, colors=STATE_COLORS),
        Link("student", "Asked by", by="student_id"),
        Link("mentor", "Taken by", by="claimer_id"),
        Day("posted_at", "Posted on"),
        Measure("hours_to_claim", "Hours to first claim"),
        Amount("rating", "Rating of 5"),
        Words("topics"),
        Amount("claims", "Times claimed"),
        Amount("lost", "Given back or silent"),
        Day("answered_at", "Answered on"),
        Day("rated_at", "Rated on"),
        Day("referred_at", "Mentors asked on"),
        Day("staff_told_at", "Staff told on"),
        LongText("details"),
        LongText("summary", "Summary of the answer"),
        Moment("created_at", "Written on", exclude_from_list=True),
    )
