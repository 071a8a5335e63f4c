"""A meeting: planned and cancelled, told by one side, confirmed or corrected by the other."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from core.rules.accounts import MOST_NOTES, Account
from core.rules.meetings import MOST_MINUTES, MeetingState
from core.rules.scheduling import KINDS
from core.services.held_meetings import MeetingView, meeting_view
from core.services.matches import pair
from core.services.meetings import HeldMeeting, confirm_meeting, correct_meeting, log_meeting, we_did_not_meet, we_met
from core.services.scheduling import Plan, cancel_meeting, plan
from core.uow import Reading, Work
from core.words import calendar_day, meeting_length, moment_there
from mail.letters.items import item_line
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

LOG, MET, NOT_MET, CANCEL, CONFIRM, CORRECT = "log", "met", "not_met", "cancel", "confirm", "correct"
USUAL_MINUTES = 60


@dataclass(frozen=True)
class LogForm:
    """What the fields of the form begin with."""

    today: str
    held_on: str
    minutes: int = USUAL_MINUTES
    kind: str = ""
    most_minutes: int = MOST_MINUTES
    kinds: tuple[str, ...] = tuple(KINDS)
    most: int = MOST_NOTES


@dataclass(frozen=True)
class LogPage:
    """The form, or that it was sent."""

    partner: str
    logged: bool
    fields: LogForm


@dataclass(frozen=True)
class MeetingPage:
    """A meeting on its way, and once it was held, what the two tell of it."""

    plan: Plan
    partner: str
    when: str
    begun: bool
    held: MeetingView | None
    i_agree: bool
    fields: LogForm

    @property
    def items(self) -> tuple[str, ...]:
        """What was noted to be done, a line each."""
        return tuple(map(item_line, self.held.items)) if self.held else ()

    @property
    def versions(self) -> tuple[tuple[str, str, str], ...]:
        """Who says what: name, facts, notes."""
        told = self.held.versions if self.held else ()
        return tuple((one.name, _facts(one.account), one.account.notes) for one in told)


def show(reading: Reading, visit: Visit) -> Shown:
    """The same form as in Slack, for the match that the mail was about."""
    partner = pair(reading, visit.link.subject_id).other(visit.person.id)
    today = _today(reading, visit)
    return Shown("log_meeting.html", LogPage(partner.name, LOG in visit.done, LogForm(today, today)))


def log(work: Work, visit: Visit, form: Form) -> None:
    """`Save` the meeting, for both to see."""
    held = _told(visit, form)
    form.check()
    log_meeting(work, held)


def show_meeting(reading: Reading, visit: Visit) -> Shown:
    """How the meeting stands, with what can be said of it now."""
    found = plan(reading, visit.link.subject_id)
    me = visit.person.id
    held = meeting_view(reading, found.meeting_id) if found.state is MeetingState.HELD else None
    page = MeetingPage(
        plan=found,
        partner=found.other(me).name,
        when=moment_there(found.starts_at, visit.person.tz) if found.starts_at else "",
        begun=found.begun(reading.now),
        held=held,
        i_agree=held is not None and me in held.confirmed_by and not held.disputed,
        fields=_fields(held, visit, _today(reading, visit)),
    )
    return Shown("meeting.html", page)


def met(work: Work, visit: Visit, form: Form) -> None:
    """`We met`: logged in one press."""
    del form
    we_met(work, visit.link.subject_id)


def not_met(work: Work, visit: Visit, form: Form) -> None:
    """`We didn't`."""
    del form
    we_did_not_meet(work, visit.link.subject_id)


def cancel(work: Work, visit: Visit, form: Form) -> None:
    """`Cancel meeting`."""
    del form
    cancel_meeting(work, visit.link.subject_id)


def confirm(work: Work, visit: Visit, form: Form) -> None:
    """`Confirm`: as the partner tells it."""
    del form
    confirm_meeting(work, visit.link.subject_id)


def correct(work: Work, visit: Visit, form: Form) -> None:
    """`Save` another version, beside the partner's."""
    match_id = plan(work, visit.link.subject_id).match_id
    held = _told(visit, form, match_id)
    form.check()
    correct_meeting(work, visit.link.subject_id, held)


def _told(visit: Visit, form: Form, match_id: UUID | None = None) -> HeldMeeting:
    return HeldMeeting(
        match_id=match_id or visit.link.subject_id,
        held_on=form.day("held_on"),
        minutes=form.number("minutes"),
        kind=form.choice("kind", KINDS),
        notes=form.text("notes", MOST_NOTES),
        action_items=tuple(filter(None, map(str.strip, form.text("action_items", MOST_NOTES).splitlines()))),
    )


def _today(reading: Reading, visit: Visit) -> str:
    return reading.now.astimezone(ZoneInfo(visit.person.tz)).date().isoformat()


def _fields(held: MeetingView | None, visit: Visit, today: str) -> LogForm:
    if held is None:
        return LogForm(today, today)
    told = held.version_of(visit.person.id)
    if told is None:
        return LogForm(today, held.held_on.isoformat(), held.minutes, held.kind)
    return LogForm(today, told.held_on.isoformat(), told.minutes, told.kind)


def _facts(account: Account) -> str:
    return f"{calendar_day(account.held_on)}, {meeting_length(account.minutes, account.kind)}"


LOG_PAGE = Page(show, {LOG: log})
MEETING_PAGE = Page(show_meeting, {MET: met, NOT_MET: not_met, CANCEL: cancel, CONFIRM: confirm, CORRECT: correct})
