"""A mentor's switch: no new students for a while, or again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.rules.mentoring import PAUSES
from core.services.mentoring import pause_mentoring, paused_until, resume_mentoring
from core.uow import Reading, Work
from core.words import day_there
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

PAUSE, RESUME = "pause", "resume"
SPANS: Mapping[str, timedelta] = {name: span for name, span in PAUSES.items() if span}
USUAL = "1 month"


@dataclass(frozen=True)
class MentoringPage:
    """Whether new students come."""

    paused_until: str
    spans: tuple[str, ...] = tuple(SPANS)
    usual: str = USUAL


def show(reading: Reading, visit: Visit) -> Shown:
    """How it is now, and the button for the other way."""
    until = paused_until(reading, visit.person.id)
    return Shown("mentoring.html", MentoringPage(day_there(until, visit.person.tz) if until else ""))


def pause(work: Work, visit: Visit, form: Form) -> None:
    """`Pause` for as long as was chosen."""
    span = form.choice("span", tuple(SPANS), USUAL)
    form.check()
    pause_mentoring(work, visit.person.id, SPANS[span])


def resume(work: Work, visit: Visit, form: Form) -> None:
    """`Take new students again`."""
    del form
    resume_mentoring(work, visit.person.id)


PAGE = Page(show, {PAUSE: pause, RESUME: resume})
