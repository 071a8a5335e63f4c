"""A mentor's pause, by letter: when it began by itself, and when it is over."""

from core.links import Purpose
from core.services.mentoring import PauseView
from core.words import day
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader

WHY = "You get this because you are a mentor of this programme."
PAUSED, OVER = "paused", "over"


def paused_letter(reader: Reader, pause: PauseView) -> Draft:
    """To a mentor who let three offers in a row pass: paused, no reproach, and a page that ends it."""
    if pause.paused_until is None:
        return _draft(pause, OVER, "You take new students again", "You take new students again. Thank you.", ())
    told = (
        "The last three students we brought to you got no answer, so you may be busy. We bring you no new ones until "
        f"{day(pause.paused_until, pause.tz)}. Your mentees stay yours."
    )
    resume = Button("Resume", reader.link(Purpose.RESUME, pause.profile_id, pause.paused_until), main=True)
    more = (Paragraph("If you have room now, this brings you back at once."), Buttons((resume,)))
    return _draft(pause, PAUSED, "We paused new students for you", told, more)


def pause_over_letter(reader: Reader, pause: PauseView) -> Draft:
    """To a mentor whose pause ended by its date."""
    told = "Your pause is over, so we bring you students who fit again. If you need a while longer, pause once more."
    again = Button("Pause new students", reader.link(Purpose.PAUSE, pause.profile_id))
    return _draft(pause, PAUSED if pause.paused_until else OVER, "Your pause is over", told, (Buttons((again,)),))


def _draft(pause: PauseView, standing: str, subject: str, told: str, more: tuple[Paragraph | Buttons, ...]) -> Draft:
    thread = f"mentoring.{pause.profile_id}"
    return Draft(subject, (Paragraph(told), *more), WHY, thread, standing)
