"""Letters on the way to a meeting: times to pick from, the invitation, a reminder, and word that it is called off."""

from datetime import timedelta

from core.links import Purpose
from core.mailbox import ascii_address
from core.rules.meetings import MeetingState
from core.services.people import Person
from core.services.scheduling import Plan
from core.words import day_there, meeting_length, moment_there
from mail.event import Attendee, Event
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Part, Reader, listing, told
from mail.letters.why import PART_OF_IT
from mail.text import one_line, readable

PROPOSED, CLOSED, BEGUN = "proposed", "closed", "begun"


def proposed_letter(reader: Reader, plan: Plan) -> Draft:
    """To the partner: the times on their clock, and where to pick one. Not worth sending once one is picked."""
    proposer = one_line(plan.other(reader.person.id).name)
    open_ = plan.state is MeetingState.PROPOSED
    pick = Button("Pick a time", reader.link(Purpose.MEETING_PICK, plan.meeting_id, max(plan.times)), main=True)
    return Draft(
        subject=f"{proposer} would like to meet you",
        parts=(
            Paragraph(f"{proposer} would like to meet you: {_length(plan)}. Which of these times suits you?"),
            *listing("", (Entry("", moment_there(time, reader.person.tz)) for time in plan.times), numbered=True),
            *told("Agenda", plan.agenda),
            *((Buttons((pick,)),) if open_ else ()),
        ),
        why=PART_OF_IT,
        thread=f"match.{plan.match_id}",
        standing=PROPOSED if open_ else CLOSED,
    )


def refused_letter(reader: Reader, plan: Plan) -> Draft:
    """To who proposed times: none was picked."""
    partner = one_line(plan.other(reader.person.id).name)
    text = f"None of the three times you proposed suits {partner}"
    return Draft(
        subject=text,
        parts=(Paragraph(f"{text}. You can propose others."), _propose(reader, plan)),
        why=PART_OF_IT,
        thread=f"match.{plan.match_id}",
    )


def planned_letter(reader: Reader, plan: Plan) -> Draft:
    """When they meet. The invitation says it too, and stands in the calendar, so this letter is never worth sending."""
    return invitation_letter(reader, plan)


def invitation_letter(reader: Reader, plan: Plan) -> Draft:
    """The meeting for a calendar, and once it is called off, the word that takes it out again."""
    partner, when = one_line(plan.other(reader.person.id).name), _when(reader, plan)
    thread, event = f"match.{plan.match_id}", _event(plan)
    if plan.state is MeetingState.CANCELLED:
        text = f"Your meeting with {partner} on {when} is called off."
        parts: tuple[Part, ...] = (Paragraph(f"{text} Your calendar drops it by itself."), _propose(reader, plan))
        return Draft(f"Called off: your meeting with {partner}", parts, PART_OF_IT, thread, plan.state, event=event)
    page = Button("See or cancel this meeting", reader.link(Purpose.MEETING, plan.meeting_id, plan.starts_at))
    return Draft(
        subject=f"Your meeting with {partner} on {_day(reader, plan)}",
        parts=(
            Paragraph(f"You meet {partner} on {when}: {_length(plan)}."),
            *told("Agenda", plan.agenda),
            Paragraph("Most mail programs put it in your calendar. If yours does not, open the file meeting.ics."),
            Buttons((page,)),
        ),
        why=PART_OF_IT,
        thread=thread,
        standing=plan.state,
        event=event,
    )


def cancelled_letter(reader: Reader, plan: Plan) -> Draft:
    """To the partner of who called it off. The invitation takes itself back, so this letter is never worth sending."""
    partner = one_line(plan.other(reader.person.id).name)
    text = f"{partner} had to call off your meeting on {_when(reader, plan)}."
    return Draft(
        subject=f"{partner} had to call off your meeting",
        parts=(Paragraph(text), _propose(reader, plan)),
        why=PART_OF_IT,
        thread=f"match.{plan.match_id}",
        standing=plan.state,
    )


def reminder_letter(reader: Reader, plan: Plan) -> Draft:
    """The day or the hour before."""
    partner, when = one_line(plan.other(reader.person.id).name), _when(reader, plan)
    page = Button("See or cancel this meeting", reader.link(Purpose.MEETING, plan.meeting_id, plan.starts_at))
    return Draft(
        subject=f"You meet {partner} on {_day(reader, plan)}",
        parts=(
            Paragraph(f"You meet {partner} on {when}: {_length(plan)}."),
            *told("Agenda", plan.agenda),
            Buttons((page,)),
        ),
        why=PART_OF_IT,
        thread=f"match.{plan.match_id}",
        standing=BEGUN if plan.begun(reader.now) else plan.state,
    )


def _length(plan: Plan) -> str:
    return meeting_length(plan.minutes, plan.kind)


def _when(reader: Reader, plan: Plan) -> str:
    return moment_there(plan.starts_at, reader.person.tz) if plan.starts_at else ""


def _day(reader: Reader, plan: Plan) -> str:
    return day_there(plan.starts_at, reader.person.tz) if plan.starts_at else ""


def _propose(reader: Reader, plan: Plan) -> Buttons:
    return Buttons((Button("Propose other times", reader.link(Purpose.MEETING_SCHEDULE, plan.match_id), main=True),))


def _event(plan: Plan) -> Event | None:
    if plan.starts_at is None:
        return None
    student, mentor = one_line(plan.student.name), one_line(plan.mentor.name)
    agenda = f"\n\nAgenda:\n{readable(plan.agenda)}" if plan.agenda else ""
    return Event(
        meeting_id=plan.meeting_id,
        sequence=plan.sequence,
        cancelled=plan.state is MeetingState.CANCELLED,
        starts_at=plan.starts_at,
        ends_at=plan.starts_at + timedelta(minutes=plan.minutes),
        summary=f"{student} and {mentor}: mentorship meeting",
        description=f"{_length(plan).capitalize()}.{agenda}",
        attendees=tuple(one for person in (plan.student, plan.mentor) for one in _attendee(person)),
    )


def _attendee(person: Person) -> tuple[Attendee, ...]:
    """Nobody, where there is no address that a letter could go to."""
    try:
        return (Attendee(person.name, ascii_address(person.email or "")),)
    except ValueError:
        return ()
