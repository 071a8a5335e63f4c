"""A meeting that took place, told by one side."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.rules.meetings import MOST_MINUTES
from core.rules.profiles import TEXT
from core.services.matches import pair
from core.services.meetings import KINDS, HeldMeeting, log_meeting
from core.uow import Reading, Work
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

LOG = "log"
USUAL_MINUTES = 60
MOST_TEXT = 2 * TEXT


@dataclass(frozen=True)
class MeetingPage:
    """The form, or that it was sent."""

    partner: str
    logged: bool
    today: str
    minutes: int = USUAL_MINUTES
    most_minutes: int = MOST_MINUTES
    kinds: tuple[str, ...] = tuple(KINDS)
    most: int = MOST_TEXT


def show(reading: Reading, visit: Visit) -> Shown:
    """The same form as in Slack, for the match that the mail was about."""
    both = pair(reading, visit.link.subject_id)
    partner = both.mentor if visit.person.id == both.student.id else both.student
    today = reading.now.astimezone(ZoneInfo(visit.person.tz)).date()
    return Shown("meeting.html", MeetingPage(partner.name, LOG in visit.done, today.isoformat()))


def log(work: Work, visit: Visit, form: Form) -> None:
    """`Save` the meeting, for both to see."""
    held = HeldMeeting(
        match_id=visit.link.subject_id,
        held_on=form.day("held_on"),
        minutes=form.number("minutes"),
        kind=form.choice("kind", KINDS),
        notes=form.text("notes", MOST_TEXT),
        action_items=tuple(filter(None, map(str.strip, form.text("action_items", MOST_TEXT).splitlines()))),
    )
    form.check()
    log_meeting(work, held)


PAGE = Page(show, {LOG: log})
