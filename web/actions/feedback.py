"""How a match goes, said without being asked."""

from dataclasses import dataclass

from core.ask_words import MEANINGS
from core.rules.checkins import MOST_COMMENT, Rating
from core.rules.matches import LIVE
from core.services.feedback import give_feedback
from core.services.matches import match_view, pair
from core.uow import Reading, Work
from web.actions.forms import NO, YES, Form
from web.actions.pages import Page, Shown, Visit

SEND = "send"
RATINGS = tuple(map(str, MEANINGS))


@dataclass(frozen=True)
class RatingFields:
    """The fields of a rating. `mark` tells those of several forms on one page apart."""

    partner: str
    mark: str = ""
    ratings: tuple[str, ...] = RATINGS
    sharing: tuple[str, ...] = (NO, YES)
    most: int = MOST_COMMENT


@dataclass(frozen=True)
class FeedbackPage:
    """The form, or that it was sent, or that the match is over."""

    partner: str
    sent: bool
    is_running: bool
    rating: RatingFields


def rating_in(form: Form, mark: str = "") -> Rating:
    """The rating that a form holds; what is wrong with it stands in the form."""
    rating = form.choice(f"rating{mark}", RATINGS)
    comment = form.text(f"comment{mark}", MOST_COMMENT)
    shared = form.agreed(f"shared{mark}")
    return Rating(int(rating) if rating in RATINGS else 0, comment, shared)


def show(reading: Reading, visit: Visit) -> Shown:
    """The same form as in Slack."""
    partner = pair(reading, visit.link.subject_id).other(visit.person.id)
    running = match_view(reading, visit.link.subject_id).state in LIVE
    return Shown("feedback.html", FeedbackPage(partner.name, SEND in visit.done, running, RatingFields(partner.name)))


def send(work: Work, visit: Visit, form: Form) -> None:
    """`Send` it to staff, and to the partner if it is shared."""
    rating = rating_in(form)
    form.check()
    give_feedback(work, visit.link.subject_id, rating)


PAGE = Page(show, {SEND: send})
