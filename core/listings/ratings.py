"""What both sides of a match rated it. What was said in confidence is not among it: only the rating is."""

from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, word
from core.models import Cohort, Feedback, Match, User

student, mentor, author = (aliased(User, name=name) for name in ("student", "mentor", "author"))


def _ratings() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Feedback.id,
            Feedback.match_id,
            (student.name + " and " + mentor.name).label("pair"),
            Feedback.author_id,
            author.name.label("author"),
            case((Feedback.author_id == Match.student_id, "student"), else_="mentor").label("side"),
            Feedback.rating,
            Feedback.said_at,
            word(Feedback.kind).label("kind"),
            case((Feedback.shared, "shared"), else_="private").label("shared"),
            case((Feedback.shared, Feedback.comment), else_="").label("comment"),
            Cohort.name.label("cohort"),
        )
        .join(Match, Match.id == Feedback.match_id)
        .outerjoin(student, student.id == Match.student_id)
        .outerjoin(mentor, mentor.id == Match.mentor_id)
        .outerjoin(author, author.id == Feedback.author_id)
        .outerjoin(Cohort, Cohort.id == Match.cohort_id)
        .where(Feedback.rating.is_not(None))
    )


class RatingRow(Listing):
    """A rating for staff."""

    __table__ = _ratings().subquery("rating_rows")
