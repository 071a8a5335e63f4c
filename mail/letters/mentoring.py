"""A mentor's pause, by letter: when it began by itself, and when it is over."""

from datetime import datetime
from uuid import UUID

from core.links import Purpose
from core.words import day
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader

WHY = "You get this because you are a mentor of this programme."


def paused_letter(reader: Reader, profile_id: UUID, until: datetime | None) -> Draft:
    """To a mentor who left several offers without an answer. `until` is None once the pause was ended."""
    if until is None:
        return _draft(profile_id, "You can be offered students again", "Your pause is over.", ())
    told = (
        "Your last offers passed without an answer. That happens in busy weeks, and nobody is cross. "
        f"So that no student waits in vain, we offer you nobody new until {day(until, reader.person.tz)}. "
        "Your mentees stay yours."
    )
    resume = Button("Offer me students again", reader.link(Purpose.RESUME, profile_id, until), main=True)
    return _draft(
        profile_id,
        "We paused new students for you",
        told,
        (Paragraph("If you have room now, one click and a confirmation bring you back."), Buttons((resume,))),
    )


def pause_over_letter(reader: Reader, profile_id: UUID) -> Draft:
    """To a mentor whose pause has ended."""
    pause = Button("Pause new students", reader.link(Purpose.PAUSE, profile_id))
    return _draft(
        profile_id,
        "Welcome back: your pause is over",
        "Your pause is over, and you can be offered new students again. You need not do anything. "
        "If it is too early, pause again.",
        (Buttons((pause,)),),
    )


def _draft(profile_id: UUID, subject: str, told: str, more: tuple[Paragraph | Buttons, ...]) -> Draft:
    return Draft(subject, (Paragraph(told), *more), WHY, thread=f"mentoring.{profile_id}")
