"""Times to meet: one side proposes three, the other picks one."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.rules.errors import NotFound
from core.rules.meetings import MOST_MINUTES, MeetingState
from core.rules.profiles import TEXT
from core.rules.scheduling import KINDS, TIME_FIELDS
from core.services.matches import pair
from core.services.scheduling import Plan, Proposal, pick_time, plan, propose_meeting, refuse_times
from core.uow import Reading, Work
from core.words import moment_there, place_or_time
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

PROPOSE, PICK, REFUSE = "propose", "pick", "refuse"
USUAL_MINUTES = 60


@dataclass(frozen=True)
class SchedulePage:
    """The form, or that it was sent."""

    partner: str
    sent: bool
    zone: str
    earliest: str
    minutes: int = USUAL_MINUTES
    most_minutes: int = MOST_MINUTES
    kinds: tuple[str, ...] = tuple(KINDS)
    most: int = TEXT


@dataclass(frozen=True)
class PickPage:
    """The times on the reader's clock; `open` while one can be picked."""

    plan: Plan
    partner: str
    times: tuple[str, ...]
    open: bool
    picked: str


def show_schedule(reading: Reading, visit: Visit) -> Shown:
    """The same form as in Slack, for the match that the mail was about."""
    partner = pair(reading, visit.link.subject_id).other(visit.person.id)
    earliest = reading.now.astimezone(ZoneInfo(visit.person.tz)).strftime("%Y-%m-%dT%H:%M")
    page = SchedulePage(partner.name, PROPOSE in visit.done, place_or_time(visit.person.tz), earliest)
    return Shown("schedule.html", page)


def propose(work: Work, visit: Visit, form: Form) -> None:
    """`Send` the three times to the partner."""
    proposal = Proposal(
        match_id=visit.link.subject_id,
        times=tuple(form.moment(field, visit.person.tz) for field in TIME_FIELDS),
        minutes=form.number("minutes"),
        kind=form.choice("kind", KINDS),
        agenda=form.text("agenda", TEXT),
    )
    form.check()
    propose_meeting(work, proposal)


def show_times(reading: Reading, visit: Visit) -> Shown:
    """The times to pick from, else what came of them. For who did not propose them."""
    found = plan(reading, visit.link.subject_id)
    partner, tz = found.other(visit.person.id), visit.person.tz
    open_ = found.state is MeetingState.PROPOSED
    if open_ and found.proposer_id == visit.person.id:
        raise NotFound
    times = tuple(moment_there(time, tz) for time in found.times)
    picked = moment_there(found.starts_at, tz) if found.starts_at else ""
    return Shown("pick.html", PickPage(found, partner.name, times, open_, picked))


def pick(work: Work, visit: Visit, form: Form) -> None:
    """One of the buttons that are named by a time."""
    index = form.number("time")
    form.check()
    pick_time(work, visit.link.subject_id, index)


def refuse(work: Work, visit: Visit, form: Form) -> None:
    """`None of these`."""
    del form
    refuse_times(work, visit.link.subject_id)


SCHEDULE_PAGE = Page(show_schedule, {PROPOSE: propose})
PICK_PAGE = Page(show_times, {PICK: pick, REFUSE: refuse})
