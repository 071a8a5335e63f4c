"""Meetings: the form that logs one, what the two tell of it, and what is ahead on the Home tab."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    and_more,
    button,
    context,
    date_input,
    escape,
    message,
    modal,
    moment_mark,
    number_input,
    on_moment,
    option,
    question,
    quote,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.action_items import item_line
from bot.views.scheduling import cancel_button, length, pick_buttons, schedule_button
from core.rules.accounts import MOST_NOTES, Account
from core.rules.meetings import MOST_MINUTES, MeetingState
from core.rules.scheduling import KINDS
from core.services.coming_meetings import ComingMeeting
from core.services.held_meetings import MeetingView
from core.services.listing import First
from core.services.matches import LiveMatch
from core.services.scheduling import Plan
from core.words import calendar_day, listed, moment

USUAL_MINUTES = 60
ITEMS_HINT = "One on each line. Name one of you and a day if you like, as in “Ana: read chapter 3 by 2031-02-03”."


def log_modal(matches: Sequence[LiveMatch], chosen: UUID | None, today: date) -> Json:
    """The form, for a person with at least one running match; `today` is by that person's calendar."""
    first = chosen or (matches[0].match_id if len(matches) == 1 else None)
    partners = [option(match.partner_name, match.match_id) for match in matches]
    form = select(Field.MEETING_WITH, partners, first, placeholder="Choose one")
    return modal("Log a meeting", Callback.LOG_MEETING, _fields(form, today), submit="Save")


def log_button(match_id: UUID) -> Json:
    """Opens the form."""
    return button("Log a meeting", Action.MATCH_LOG, match_id)


def correction_modal(meeting: MeetingView, reader_id: UUID, partner_name: str) -> Json:
    """The same form, as this person told it before, or as it stands."""
    told = meeting.version_of(reader_id)
    shown = told or Account(meeting.held_on, meeting.minutes, meeting.kind, "", meeting.versions[-1].account.told_at)
    form = select(Field.MEETING_WITH, [option(partner_name, meeting.match_id)], meeting.match_id)
    fields = _fields(form, shown.held_on, shown)
    return modal("Log a meeting", Callback.CORRECT_MEETING, fields, submit="Save", carries=meeting.meeting_id)


def _fields(partner: Json, day: date, told: Account | None = None) -> list[Json]:
    kinds = [option(kind, kind) for kind in KINDS]
    minutes, kind, notes = (told.minutes, told.kind, told.notes) if told else (USUAL_MINUTES, None, "")
    return [
        question("With", partner),
        question("Date", date_input(Field.MEETING_DATE, day)),
        question("Minutes", number_input(Field.MEETING_MINUTES, minutes, 1, MOST_MINUTES)),
        question("Kind", select(Field.MEETING_KIND, kinds, kind)),
        question("Notes", text_input(Field.MEETING_NOTES, notes, MOST_NOTES, lines=True), required=False),
        question(
            "Action items",
            text_input(Field.MEETING_ACTION_ITEMS, "", MOST_NOTES, lines=True),
            required=False,
            hint=ITEMS_HINT,
        ),
    ]


def meeting_message(meeting: MeetingView) -> Message:
    """A meeting that one side noted, for both to see, with the other's version where it differs."""
    noted = f"{escape(meeting.author_name)} noted a meeting on {_facts(meeting)}."
    told = [section(noted)]
    if meeting.disputed:
        noted = " ".join((DIFFERENT, *_versions(meeting)))
        told = [section("\n".join((f"*{DIFFERENT}*", *(f"• {one}" for one in _versions(meeting)))))]
    items = "\n".join(item_line(item) for item in meeting.items)
    return message(
        noted,
        [*told, *_notes(meeting), *titled("Action items", items), *_answer(meeting)],
    )


DIFFERENT = "You two tell this meeting differently."


def _facts(meeting: MeetingView) -> str:
    return f"{calendar_day(meeting.held_on)}: {length(meeting.minutes, meeting.kind)}"


def _versions(meeting: MeetingView) -> list[str]:
    """`Mia Tan: 1 March, 45 minutes, video.`"""
    return [
        f"{escape(one.name)}: {calendar_day(one.account.held_on)}, {length(one.account.minutes, one.account.kind)}."
        for one in meeting.versions
    ]


def _notes(meeting: MeetingView) -> list[Json]:
    with_notes = [one for one in meeting.versions if one.account.notes]
    titles = ["Notes"] if len(with_notes) == 1 else [f"Notes of {one.name}" for one in with_notes]
    return [block for title, one in zip(titles, with_notes, strict=True) for block in titled(title, one.account.notes)]


def _answer(meeting: MeetingView) -> list[Json]:
    """For whoever has not said yet that it is true."""
    if meeting.settled:
        return [context("Both of you agree on this.")]
    if meeting.disputed:
        who = "“Confirm” takes over what the other one says. Both versions are kept."
    else:
        who = f"{listed([escape(person.name) for person in meeting.unconfirmed])}, is this right?"
    return [context(who), told_buttons(meeting.meeting_id)]


def told_buttons(meeting_id: UUID) -> Json:
    """`Confirm` and `Correct`."""
    return actions(
        button("Confirm", Action.MEETING_CONFIRM, meeting_id), button("Correct", Action.MEETING_CORRECT, meeting_id)
    )


def over_message(plan: Plan, held: MeetingView | None, reader_id: UUID) -> Message:
    """To one side after a planned meeting: did they meet? Once either has answered, what was said."""
    partner, reader = escape(plan.other(reader_id).name), plan.side(reader_id)
    when = moment(plan.starts_at, reader.tz) if plan.starts_at else ""
    mark = on_moment(plan.starts_at, reader.tz) if plan.starts_at else ""
    if held:
        return _over_and_held(held, reader_id, partner)
    if plan.state is MeetingState.MISSED:
        text = f"You and {partner} did not meet on {when}."
        again = actions(schedule_button(plan.match_id), log_button(plan.match_id))
        return message(text, [section(f"You and {partner} did not meet {mark}."), again])
    if plan.state is MeetingState.CANCELLED:
        text = f"Your meeting with {partner} on {when} was called off."
        return message(text, [section(text)])
    first = f"Did you and {partner} meet"
    return message(f"{first} on {when}?", [section(f"*{first} {mark}?*"), met_buttons(plan.meeting_id)])


def _over_and_held(held: MeetingView, reader_id: UUID, partner: str) -> Message:
    if reader_id in held.confirmed_by:
        text = f"You met {partner} on {_facts(held)}."
        add = button("Add notes", Action.MEETING_CORRECT, held.meeting_id)
        return message(text, [section(text), actions(add)])
    text = f"{partner} noted that you met on {_facts(held)}. Is this right?"
    return message(text, [section(text), told_buttons(held.meeting_id)])


def met_buttons(meeting_id: UUID) -> Json:
    """`We met` and `We didn't`."""
    return actions(
        button("We met", Action.MEETING_MET, meeting_id, style="primary"),
        button("We didn't", Action.MEETING_NOT_MET, meeting_id),
    )


def coming_blocks(meetings: First[ComingMeeting], tz: str) -> list[Json]:
    """What is ahead, for the Home tab: times to pick, meetings planned, and what is still to be answered."""
    return [*(block for one in meetings for block in _coming(one, tz)), *and_more(meetings.more)]


def _coming(one: ComingMeeting, tz: str) -> list[Json]:
    partner, agenda = escape(one.partner_name), f"\n{quote(one.agenda)}" if one.agenda else ""
    if one.held:
        versions = "\n".join(f"• {version}" for version in _versions(one.held))
        return [section(f"*You and {partner} tell a meeting differently*\n{versions}"), told_buttons(one.meeting_id)]
    if one.state is MeetingState.PROPOSED:
        return _proposed(one, partner, agenda, tz)
    mark = on_moment(one.starts_at, tz) if one.starts_at else ""
    if one.over:
        return [section(f"*Did you and {partner} meet {mark}?*"), met_buttons(one.meeting_id)]
    told = section(f"*You meet {partner} {mark}*\n{length(one.minutes, one.kind)}{agenda}")
    return [told] if one.begun else [told, actions(cancel_button(one.meeting_id))]


def _proposed(one: ComingMeeting, partner: str, agenda: str, tz: str) -> list[Json]:
    if one.i_proposed:
        times = "\n".join(f"• {moment_mark(time, tz)}" for time in one.times)
        back = button("Take back", Action.MEETING_CANCEL, one.meeting_id)
        return [section(f"*{partner} has your times to choose from*\n{times}"), actions(back)]
    wish = f"*{partner} would like to meet you: {length(one.minutes, one.kind)}*"
    return [section(f"{wish}{agenda}\nWhich time suits you?"), pick_buttons(one.meeting_id, one.times, tz)]
