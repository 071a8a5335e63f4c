"""What staff read by letter. It goes to Slack as a rule, and here only while Slack cannot be reached."""

from core.rules.requests import RequestState
from core.services.people import Person
from core.services.requests import RequestStatus
from core.words import count, listed
from mail.letters.parts import Draft, Paragraph, Reader, told
from mail.text import clock, one_line

WHY = "You get this because you are on the programme's staff, and Slack cannot be reached at the moment."


def staff_request_letter(reader: Reader, status: RequestStatus, student: Person) -> Draft:
    """A request that needs a person, with the wish; moved on, it is one line that says so."""
    name, thread = one_line(student.name), f"request.{status.request_id}"
    if status.state is not RequestState.STAFF:
        text = f"The request of {name} needs nobody on staff any more."
        return Draft(text.removesuffix("."), (Paragraph(text),), WHY, thread, status.state)
    by = clock(status.next_step_at, reader.person.tz) if status.next_step_at else ""
    shared = listed([rule.value for rule in status.wish.must_share])
    return Draft(
        subject=f"{name} needs your help to find a mentor",
        parts=(
            Paragraph(f"After {count(status.wave, 'wave')} of offers nobody said yes to {name}."),
            *told("Wants from a mentor", status.wish.wish),
            *told("Anything else", status.wish.anything_else),
            *told("Must share", shared),
            Paragraph(f"The student knows that you look at it by {by}."),
        ),
        why=WHY,
        thread=thread,
        standing=status.state,
    )


def person_left_letter(person: Person) -> Draft:
    """Somebody's account in Slack was closed."""
    name = one_line(person.name)
    return Draft(
        subject=f"{name} left Slack",
        parts=(
            Paragraph(
                f"The account of {name} in Slack was closed. What was open for them has moved on by itself. "
                "Please look after their mentorships, if they have any."
            ),
        ),
        why=WHY,
        thread=f"person.{person.id}",
    )
