"""The keepsake of a completed mentorship: a page to read and to print."""

from dataclasses import dataclass

from core.rules.errors import NotFound
from core.services.keepsakes import Keepsake, keepsake
from core.uow import Reading
from core.words import count, day, duration
from web.actions.pages import Page, Shown, Visit


@dataclass(frozen=True)
class KeepsakePage:
    """What the two did, with dates on the reader's own calendar."""

    kept: Keepsake
    since: str
    until: str
    together: str


def show(reading: Reading, visit: Visit) -> Shown:
    """What both may keep."""
    kept = keepsake(reading, visit.link.subject_id)
    if visit.person.id not in (kept.student_id, kept.mentor_id):
        raise NotFound
    tz, held = visit.person.tz, len(kept.meetings)
    since, until = (f"{day(moment, tz)} {moment.year}" for moment in (kept.started_at, kept.ended_at))
    together = f"{count(held, 'meeting')}, {duration(kept.minutes)} together" if held else ""
    return Shown("keepsake.html", KeepsakePage(kept, since, until, together))


PAGE = Page(show, {})
