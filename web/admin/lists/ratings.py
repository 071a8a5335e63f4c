"""The list of ratings."""

from core.listings import RatingRow
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Amount, Choice, Day, Link, LongText, Words

SIDES = (("student", "Student"), ("mentor", "Mentor"))
KINDS = (("check_in", "Check-in"), ("survey", "Survey"), ("closing", "At the end"), ("ending", "When it was ended"))
SHARED = (("shared", "Shared"), ("private", "Kept private"))


class Ratings(ListPage):
    """What students and mentors rate their mentorships, the newest first."""

    key, menu_label, display_name, icon = "ratings", "Ratings", "Rating", "fa fa-star-half-stroke"
    rows = RatingRow
    searched = ("pair", "author")
    named_by = ("pair",)
    nothing = "Nobody has rated a mentorship yet. Both sides are asked twice on the way, and at its end."
    hint = "A comment stands here where its writer shared it. What was said in confidence is not shown."
    fields_default_sort = (("said_at", True),)
    fields = (
        Link("pair", "Mentorship", to="matches", by="match_id"),
        Amount("rating", "Rating of 5"),
        Link("author", "Said by", by="author_id"),
        Choice("side", "As", choices=SIDES),
        Day("said_at", "Said on"),
        Choice("kind", "Asked in", choices=KINDS),
        Choice("shared", "Comment", choices=SHARED),
        Words("cohort"),
        LongText("comment", "Shared comment"),
    )
