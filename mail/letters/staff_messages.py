"""What somebody on staff writes to a pair or to one of the two, by letter."""

from core.services.staff_messages import StaffMessageView
from core.staff_words import FROM_STAFF, answer_to
from mail.letters.parts import Buttons, Draft, Paragraph, told, write_to
from mail.text import one_line

WHY = "You get this because somebody on the programme's staff wrote to you about your mentorship."


def staff_message_letter(written: StaffMessageView) -> Draft:
    """The message in its writer's words, with who wrote it and how to answer."""
    author = one_line(written.author.name) if written.author else ""
    address = written.author.email if written.author else None
    write = (write_to(author, address, "Our mentorship"),) if address else ()
    return Draft(
        subject=f"A message from {author or 'the programme'}",
        parts=(
            Paragraph(FROM_STAFF.format(author=author or "Somebody") + "."),
            *told("Message", written.text),
            Paragraph(answer_to(author, only_you=written.to is not None)),
            *((Buttons(write),) if write else ()),
        ),
        why=WHY,
        thread=f"match.{written.match_id}",
    )
