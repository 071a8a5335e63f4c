"""A mentor's pause, by letter: when it began by itself, after silence or Slack's refusal, and when it is over."""

from core.links import Purpose
from core.services.mentoring import PauseView
from core.services.refused import MovedOn
from core.words import count, day, listed
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader
from mail.letters.why import IS_MENTOR
from mail.text import one_line

PAUSED, OVER, LEFT = "paused", "over", "left"


def paused_letter(reader: Reader, pause: PauseView) -> Draft:
    """To a mentor who let offers in a row pass: paused, no reproach, and a page that ends it."""
    if pause.paused_until is None:
        return _draft(pause, OVER, "You take new students again", "You take new students again. Thank you.", ())
    students = count(pause.ignored, "student")
    silent = f"The last {students} we brought to you got no answer, so you may be busy."
    if not pause.ignored:
        silent = "You take no new students for a while."
    told = f"{silent} We bring you no new ones until {day(pause.paused_until, pause.tz)}. Your mentees stay yours."
    resume = Button("Resume", reader.link(Purpose.RESUME, pause.profile_id, pause.paused_until), main=True)
    more = (Paragraph("If you have room now, this brings you back at once."), Buttons((resume,)))
    return _draft(pause, PAUSED, "We paused new students for you", told, more)


def moved_on_letter(reader: Reader, found: MovedOn) -> Draft:
    """To a mentor whom Slack refused, in the place of the offers it refused: what became of them, and the way back."""
    thread, students = f"mentoring.{found.profile_id}", listed([one_line(name) for name in found.students])
    relieved = (
        f"What we asked you about {students} may not have reached you. So that nobody waits in vain we ask others now: "
        "nothing is left for you to do."
    )
    if found.has_left:
        closed = "Slack says that your account is closed, so we bring you no more students."
        back = (
            "If that is a mistake, open the Home tab of this app once your account works again: that brings you back."
        )
        told = (Paragraph(f"{closed} {relieved}"), Paragraph(f"{back} Thank you for being a mentor."))
        return Draft(f"No answer needed for {students} any more", told, IS_MENTOR, thread, LEFT)
    refused = "Slack does not let us write to you, so we write by e-mail from now on."
    if found.paused_until is None:
        return Draft("We write to you by e-mail now", (Paragraph(f"{refused} {relieved}"),), IS_MENTOR, thread, OVER)
    resume = Button("Resume", reader.link(Purpose.RESUME, found.profile_id, found.paused_until), main=True)
    parts = (
        Paragraph(f"{refused} {relieved}"),
        Paragraph(
            f"We bring you no new students until {day(found.paused_until, found.tz)}. Your mentees stay yours. "
            "If e-mail suits you, this brings you back at once, and you answer from your mailbox."
        ),
        Buttons((resume,)),
    )
    return Draft("We paused new students for you: Slack does not let us write to you", parts, IS_MENTOR, thread, PAUSED)


def pause_over_letter(reader: Reader, pause: PauseView) -> Draft:
    """To a mentor whose pause ended by its date."""
    told = "Your pause is over, so we bring you students who fit again. If you need a while longer, pause once more."
    again = Button("Pause new students", reader.link(Purpose.PAUSE, pause.profile_id))
    return _draft(pause, PAUSED if pause.paused_until else OVER, "Your pause is over", told, (Buttons((again,)),))


def _draft(pause: PauseView, standing: str, subject: str, told: str, more: tuple[Paragraph | Buttons, ...]) -> Draft:
    thread = f"mentoring.{pause.profile_id}"
    return Draft(subject, (Paragraph(told), *more), IS_MENTOR, thread, standing)
