"""What one side shared with the other, and a report of private help to staff, by letter."""

from core.ask_words import apart_line, help_steps, report_line
from core.links import Purpose
from core.services.feedback import FeedbackView
from core.services.help import HelpView
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Reader, SmallPrint, listing, told
from mail.letters.why import IS_STAFF_WITHOUT_SLACK, PART_OF_IT
from mail.text import one_line


def shared_letter(reader: Reader, shared: FeedbackView) -> Draft:
    """To the partner of who shared it, who may say how it is for them."""
    author = one_line(shared.author.name)
    yours = Button("How is it going?", reader.link(Purpose.FEEDBACK, shared.match_id))
    return Draft(
        subject=f"{author} shared with you how it is going",
        parts=(
            Paragraph(f"{author} shared with you how it is going: {shared.rating} of 5."),
            *told(f"{author} writes", shared.comment),
            *((Paragraph("And how is it for you?"), Buttons((yours,))) if shared.is_running else ()),
        ),
        why=PART_OF_IT,
        thread=f"match.{shared.match_id}",
    )


def report_letter(report: HelpView) -> Draft:
    """To staff: who, about which match, in whose words, and what can be done."""
    person, partner = one_line(report.person.name), one_line(report.partner.name)
    address = one_line(report.person.email or "")
    return Draft(
        subject=f"{person} asks for help, privately",
        parts=(
            Paragraph(report_line(person, partner, report)),
            *told("What happened", report.what),
            Paragraph(apart_line(person, apart=report.apart)),
            *listing("What you can do", (Entry("", step) for step in help_steps(person, partner, address, report))),
            SmallPrint(f"{partner} is not told and sees it nowhere. Please keep it so."),
        ),
        why=IS_STAFF_WITHOUT_SLACK,
        thread=f"help.{report.feedback_id}",
    )
