"""The list of offers."""

from core.listings import OfferRow
from core.rules.offers import DeclineReason
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Measure, Moment, Words

STATES = (
    ("open", "Open"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("taken", "Another was first"),
    ("expired", "No answer in time"),
    ("withdrawn", "Taken back"),
)
STATE_COLORS = {"open": "blue", "accepted": "green", "declined": "yellow"}
REASONS = tuple((reason.value, reason.value) for reason in DeclineReason)


class Offers(ListPage):
    """Every offer, the newest first."""

    key, menu_label, display_name, icon = "offers", "Offers", "Offer", "fa fa-envelope-open-text"
    rows = OfferRow
    searched = ("mentor", "student", "decline_note")
    named_by = ("mentor", "student")
    nothing = "No mentor has been asked yet."
    fields_default_sort = (("created_at", True),)
    fields = (
        Link("mentor", by="mentor_id"),
        Link("student", "About", by="student_id"),
        Choice("state", "Answer", choices=STATES, colors=STATE_COLORS),
        Choice("decline_reason", "Why not", choices=REASONS),
        Measure("score", "Score of 100"),
        Amount("rank", "Place among three"),
        Amount("wave"),
        Day("created_at", "Asked on"),
        Moment("deadline", "To answer by"),
        Measure("hours_to_answer", "Hours to answer"),
        Words("cohort"),
        LongText("decline_note", "Note"),
    )
