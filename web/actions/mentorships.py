"""A mentorship on one page: how it stands, and all that one side can do about it."""

from dataclasses import dataclass

from core.links import Purpose
from core.rules.agreements import CADENCES
from core.rules.matches import PAUSES, EndReason
from core.rules.profiles import TEXT
from core.services import mentorships
from core.services.overviews import Mentorship, mentorship
from core.uow import Reading, Work
from core.words import count, day, day_there, moment_there, upper_first
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

GOALS, AGREE, PAUSE, RESUME, COMPLETE, END, ANOTHER = "goals", "agree", "pause", "resume", "complete", "end", "another"
USUAL_PAUSE = "2 weeks"


@dataclass(frozen=True)
class MentorshipPage:
    """How it stands, with dates on the reader's own calendar."""

    seen: Mentorship
    since: str
    paused_until: str
    ended: str
    met: tuple[str, ...]
    schedule: str
    log: str
    feedback: str
    help: str
    keepsake: str
    cadences: tuple[str, ...] = tuple(CADENCES)
    pauses: tuple[str, ...] = tuple(PAUSES)
    usual_pause: str = USUAL_PAUSE
    reasons: tuple[str, ...] = tuple(EndReason)
    most: int = TEXT

    @property
    def goals(self) -> str:
        """What the form for goals begins with: what stands, else what the student hoped for."""
        return self.seen.agreement.goals or self.seen.wish


def show(reading: Reading, visit: Visit) -> Shown:
    """How the mentorship stands for this side."""
    seen = mentorship(reading, visit.link.subject_id)
    tz = visit.person.tz
    return Shown(
        "mentorship.html",
        MentorshipPage(
            seen,
            since=day(seen.started_at, tz),
            paused_until=day_there(seen.paused_until, tz) if seen.paused_until else "",
            ended=day_there(seen.ended_at, tz) if seen.ended_at else "",
            met=_met(seen, tz),
            schedule=visit.link_to(Purpose.MEETING_SCHEDULE),
            log=visit.link_to(Purpose.MATCH_LOG),
            feedback=visit.link_to(Purpose.FEEDBACK),
            help=visit.link_to(Purpose.HELP),
            keepsake=visit.link_to(Purpose.KEEPSAKE),
        ),
    )


def _met(seen: Mentorship, tz: str) -> tuple[str, ...]:
    contact = seen.contact
    held = upper_first(count(contact.meetings, "meeting")) + " so far."
    told = (
        f"Next meeting: {moment_there(contact.next, tz)}." if contact.next else "",
        f"Last met: {day_there(contact.last, tz)}. {held}" if contact.last else "",
    )
    return tuple(filter(None, told)) or ("You have not met yet.",)


def propose(work: Work, visit: Visit, form: Form) -> None:
    """`Propose` goals and cadence; the other side is asked to agree."""
    goals = form.text("goals", TEXT, required=True)
    every = form.choice("cadence", tuple(CADENCES))
    form.check()
    mentorships.propose_goals(work, visit.link.subject_id, goals, CADENCES[every])


def agree(work: Work, visit: Visit, form: Form) -> None:
    """`Agree` to the goals that the page showed."""
    mentorships.agree_to_goals(work, visit.link.subject_id, form.value("version"))


def pause(work: Work, visit: Visit, form: Form) -> None:
    """`Pause` for as long as was chosen."""
    span = form.choice("span", tuple(PAUSES), USUAL_PAUSE)
    form.check()
    mentorships.pause_match(work, visit.link.subject_id, work.now + PAUSES[span])


def resume(work: Work, visit: Visit, form: Form) -> None:
    """`Resume` before the pause is over."""
    del form
    mentorships.resume_match(work, visit.link.subject_id)


def complete(work: Work, visit: Visit, form: Form) -> None:
    """`Complete`: both get a keepsake."""
    del form
    mentorships.complete_match(work, visit.link.subject_id)


def end(work: Work, visit: Visit, form: Form) -> None:
    """`End this mentorship`, with a reason for staff alone."""
    reason, note = _why(form)
    mentorships.end_match(work, visit.link.subject_id, reason, note)


def find_another(work: Work, visit: Visit, form: Form) -> None:
    """`Find another mentor`: ends this one, and asks again with the same wish."""
    reason, note = _why(form)
    mentorships.find_another_mentor(work, visit.link.subject_id, reason, note)


def _why(form: Form) -> tuple[EndReason, str]:
    reason, note = form.choice("reason", tuple(EndReason)), form.text("note", TEXT)
    form.check()
    return EndReason(reason), note


PAGE = Page(
    show,
    {
        GOALS: propose,
        AGREE: agree,
        PAUSE: pause,
        RESUME: resume,
        COMPLETE: complete,
        END: end,
        ANOTHER: find_another,
    },
)
