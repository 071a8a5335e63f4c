"""Scheduling: the form that proposes times, the card to pick from, and the card of a planned meeting."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    confirm,
    context,
    escape,
    message,
    modal,
    moment_input,
    number_input,
    on_moment,
    option,
    question,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from core.rules.meetings import MOST_MINUTES, MeetingState
from core.rules.profiles import TEXT
from core.rules.scheduling import KINDS
from core.services.matches import LiveMatch
from core.services.scheduling import Plan
from core.words import meeting_length, moment, on_both_clocks, place_or_time, short_moment

USUAL_MINUTES = 60
PICKS = (Action.MEETING_PICK_FIRST, Action.MEETING_PICK_SECOND, Action.MEETING_PICK_THIRD)


def schedule_modal(matches: Sequence[LiveMatch], chosen: UUID | None) -> Json:
    """The form, for a person with at least one running match."""
    first = chosen or (matches[0].match_id if len(matches) == 1 else None)
    partners = [option(match.partner_name, match.match_id) for match in matches]
    return modal(
        "Schedule a meeting",
        Callback.SCHEDULE_MEETING,
        [
            question("With", select(Field.SCHEDULE_WITH, partners, first, placeholder="Choose one")),
            question("First time", moment_input(Field.SCHEDULE_FIRST), hint="On your clock. They read it on theirs."),
            question("Second time", moment_input(Field.SCHEDULE_SECOND)),
            question("Third time", moment_input(Field.SCHEDULE_THIRD)),
            question("Minutes", number_input(Field.SCHEDULE_MINUTES, USUAL_MINUTES, 1, MOST_MINUTES)),
            question("Kind", select(Field.SCHEDULE_KIND, [option(kind, kind) for kind in KINDS])),
            question("Agenda", text_input(Field.SCHEDULE_AGENDA, "", TEXT, lines=True), required=False),
        ],
        submit="Send",
    )


def proposed_message(plan: Plan) -> Message:
    """To the partner: the times to pick from, on their clock, and later what came of them."""
    proposer, reader = _proposer(plan)
    if plan.state is MeetingState.CANCELLED:
        text = f"None of the times that {proposer} proposed was picked. Either of you can propose others."
        return message(text, [section(text), actions(schedule_button(plan.match_id))])
    if plan.state is not MeetingState.PROPOSED and plan.starts_at:
        first = f"You and {proposer} agreed to meet"
        text = f"{first} on {moment(plan.starts_at, reader)}."
        return message(text, [section(f"{first} {on_moment(plan.starts_at, reader)}.")])
    first = f"{proposer} would like to meet you: {length(plan.minutes, plan.kind)}."
    times = "; ".join(short_moment(time, reader) for time in plan.times)
    return message(
        f"{first} Which time suits you? {times}.",
        [
            section(f"*{first}* Which time suits you?"),
            *titled("Agenda", plan.agenda),
            pick_buttons(plan.meeting_id, plan.times, reader),
            context(f"Times are on your clock ({escape(place_or_time(reader))})."),
        ],
    )


def pick_buttons(meeting_id: UUID, times: Sequence[datetime], tz: str) -> Json:
    """A button for each time, named by it on the reader's clock, and one for none."""
    each = (button(short_moment(time, tz), pick, meeting_id) for pick, time in zip(PICKS, times, strict=False))
    return actions(*each, button("None of these", Action.MEETING_REFUSE, meeting_id))


def refused_message(plan: Plan) -> Message:
    """To who proposed times: none was picked."""
    partner = escape(plan.other(plan.proposer_id).name)
    text = f"None of the three times you proposed suits {partner}. You can propose others."
    return message(text, [section(text), actions(schedule_button(plan.match_id))])


def planned_message(plan: Plan) -> Message:
    """To both at once: when they meet, each on their own clock."""
    student, mentor = escape(plan.student.name), escape(plan.mentor.name)
    if plan.starts_at is None:
        return refused_message(plan)
    when = on_moment(plan.starts_at, plan.student.tz)
    words = on_both_clocks(plan.starts_at, plan.student.tz, plan.mentor.tz)
    if plan.state is MeetingState.CANCELLED:
        text = f"The meeting of {student} and {mentor} on {escape(words)} is called off."
        shown = f"The meeting of {student} and {mentor} ~{when}~ is called off."
        return message(text, [section(shown), actions(schedule_button(plan.match_id))])
    told = [section(f"*{student} and {mentor} meet {when}*\n{length(plan.minutes, plan.kind)}")]
    clocks = [context(escape(words))] if "(" in words else []
    ahead = [actions(cancel_button(plan.meeting_id))] if plan.state is MeetingState.PLANNED else []
    return message(
        f"{student} and {mentor} meet on {escape(words)}: {length(plan.minutes, plan.kind)}.",
        [*told, *clocks, *titled("Agenda", plan.agenda), *ahead],
    )


def cancelled_message(plan: Plan, reader_id: UUID) -> Message:
    """To the partner of who called it off."""
    partner, reader = escape(plan.other(reader_id).name), plan.side(reader_id)
    if plan.starts_at is None:
        return refused_message(plan)
    first = f"{partner} had to call off your meeting"
    return message(
        f"{first} on {moment(plan.starts_at, reader.tz)}.",
        [section(f"{first} {on_moment(plan.starts_at, reader.tz)}."), actions(schedule_button(plan.match_id))],
    )


def reminder_message(plan: Plan, reader_id: UUID) -> Message:
    """To one side, the day or the hour before."""
    partner, reader = escape(plan.other(reader_id).name), plan.side(reader_id)
    if plan.starts_at is None:
        return refused_message(plan)
    first = f"You meet {partner}"
    return message(
        f"{first} on {moment(plan.starts_at, reader.tz)}: {length(plan.minutes, plan.kind)}.",
        [
            section(f"*{first} {on_moment(plan.starts_at, reader.tz)}*\n{length(plan.minutes, plan.kind)}"),
            *titled("Agenda", plan.agenda),
        ],
    )


def length(minutes: int, kind: str) -> str:
    """`45 minutes, video`."""
    return escape(meeting_length(minutes, kind))


def schedule_button(match_id: UUID, *, main: bool = False) -> Json:
    """Opens the form."""
    return button("Schedule a meeting", Action.MATCH_SCHEDULE, match_id, style="primary" if main else None)


def cancel_button(meeting_id: UUID) -> Json:
    """Calls a planned meeting off, once it is sure that this is meant."""
    sure = confirm(
        "Cancel this meeting?",
        "Both of you get word, and it leaves your calendars.",
        "Cancel meeting",
        "Keep it",
    )
    return button("Cancel meeting", Action.MEETING_CANCEL, meeting_id, confirm=sure)


def _proposer(plan: Plan) -> tuple[str, str]:
    """Who proposed, and the zone of their partner, who reads."""
    partner = plan.other(plan.proposer_id)
    return escape(plan.other(partner.id).name), partner.tz
