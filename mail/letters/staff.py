"""What staff read by letter. It goes to Slack as a rule, and here only while Slack cannot be reached."""

from core.rules.requests import RequestState
from core.services.accounts import Departure
from core.services.people import Person
from core.services.standing import RequestStatus
from core.words import count, listed, moment_there
from mail.letters.parts import Draft, Paragraph, Reader, told
from mail.letters.why import IS_STAFF_WITHOUT_SLACK
from mail.text import one_line

GONE, BACK = "gone", "back"


def staff_request_letter(reader: Reader, status: RequestStatus, student: Person) -> Draft:
    """A request that needs a person, with the wish; moved on, it is one line that says so."""
    name, thread = one_line(student.name), f"request.{status.request_id}"
    if status.state is not RequestState.STAFF:
        text = f"The request of {name} needs nobody on staff any more."
        return Draft(text.removesuffix("."), (Paragraph(text),), IS_STAFF_WITHOUT_SLACK, thread, status.state)
    by = moment_there(status.next_step_at, reader.person.tz) if status.next_step_at else ""
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
        why=IS_STAFF_WITHOUT_SLACK,
        thread=thread,
        standing=status.state,
    )


def departure_letter(left: Departure) -> Draft:
    """Somebody left Slack: what became of their part, and whom staff should speak to."""
    name = one_line(left.name)
    thread, standing = f"person.{left.person_id}", BACK if left.is_back else GONE
    if left.is_back:
        text = f"{name} was away from Slack, and is back."
        return Draft(text.removesuffix("."), (Paragraph(text),), IS_STAFF_WITHOUT_SLACK, thread, standing)
    partners = [f"{'mentor' if one.i_am_student else 'mentee'} {one_line(one.partner_name)}" for one in left.matches]
    speak = f" Please speak to their {listed(partners)}: nobody has told them yet." if partners else ""
    text = (
        f"{name} has left Slack.{speak} Students offered to them go on to others at once, "
        "and a request of their own is cancelled."
    )
    return Draft(f"{name} has left Slack", (Paragraph(text),), IS_STAFF_WITHOUT_SLACK, thread, standing)
