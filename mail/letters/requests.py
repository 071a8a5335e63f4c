"""Where a student's request stands, by letter: one when it begins, and one at each turn that matters."""

from core.rules.requests import RequestState
from core.services.standing import RequestStatus
from core.wanted_words import with_wanted
from core.words import count, moment_there, span, upper_first
from mail.letters.parts import Draft, Paragraph, Reader, told
from mail.text import one_line

WHY = "You get this because you asked for a mentor."


def status_letter(reader: Reader, status: RequestStatus) -> Draft:
    """Where the request stands, what comes next and when. Each wave of offers counts as a standing of its own."""
    by = moment_there(status.next_step_at, reader.person.tz) if status.next_step_at else ""
    subject, *usual = _standing(status, by)
    now, following = with_wanted(status, one_line(status.wanted_name), by, (usual[0], usual[1]))
    open_ = bool(status.next_step_at)
    return Draft(
        subject=subject,
        parts=(
            Paragraph(" ".join(filter(None, (now, following, usual_wait(status) if open_ else "")))),
            *(told("You asked for", status.wish.wish) if open_ else ()),
            *((Paragraph("To change your request or to take it back, just answer this letter."),) if open_ else ()),
        ),
        why=WHY,
        thread=f"request.{status.request_id}",
        standing=f"{status.state} {status.wave}" if status.state is RequestState.OFFERED else status.state,
    )


def _standing(status: RequestStatus, by: str) -> tuple[str, str, str]:
    """A subject line, where it stands, and what comes next by `by`."""
    match status.state:
        case RequestState.SEARCHING:
            return _searching(status, by)
        case RequestState.OFFERED:
            return _offered(status, by)
        case RequestState.WAITING:
            return (
                "You are on the waiting list for a mentor",
                "No mentor who fits you is free today, so you are on the waiting list.",
                f"We look again by {by}, and go on until somebody is free. You need not do anything.",
            )
        case RequestState.STAFF:
            return (
                "A person has your request for a mentor now",
                "The mentors we asked could not take this on. A person on our staff has your request now.",
                f"They look at it by {by}, and you hear from us by letter.",
            )
        case RequestState.MATCHED:
            who = one_line(status.mentor_name) if status.mentor_name else "Somebody"
            return "You have a mentor", f"{who} is your mentor.", "The introduction comes in a letter of its own."
        case RequestState.CANCELLED:
            return (
                "Your request for a mentor is cancelled",
                "Your request for a mentor is cancelled, and the mentors we had asked know.",
                "You can ask again any time.",
            )


def _searching(status: RequestStatus, by: str) -> tuple[str, str, str]:
    if status.wave == 0:
        return (
            "We are looking for your mentor",
            "Your request has arrived, and we are looking for mentors who fit you.",
            f"Next we ask the three who fit best, by {by}.",
        )
    return (
        "We are asking further mentors",
        "We are looking for the next mentors who fit you.",
        f"They are asked by {by}.",
    )


def _offered(status: RequestStatus, by: str) -> tuple[str, str, str]:
    asked = upper_first(count(status.asked, "mentor who fits you has", "mentors who fit you have"))
    no = f" {upper_first(count(status.cannot, 'cannot', 'cannot'))} this time." if status.cannot else ""
    else_ = "the next ones are asked" if status.wave < status.most_waves else "a person on our staff takes over"
    return (
        f"{upper_first(count(status.asked, 'mentor has', 'mentors have'))} been asked",
        f"{asked} been asked.{no}",
        f"They have until {by} to answer, and the first yes is your mentor. If none of them can, {else_}.",
    )


def usual_wait(status: RequestStatus) -> str:
    """The usual waiting time, where there is history enough to tell it."""
    if status.usual_wait is None:
        return ""
    least, most = span(status.usual_wait.least), span(status.usual_wait.most)
    took = f"about {least}" if least == most else f"between {least} and {most}"
    return f"For half of those who found a mentor here it took {took}."
