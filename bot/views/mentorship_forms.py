"""What one side can do about a mentorship: the list of it, and the forms behind it."""

from collections.abc import Sequence

from bot.blocks import (
    Json,
    button,
    confirm,
    context,
    day_mark,
    divider,
    escape,
    modal,
    on_day,
    option,
    question,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.feedback import feedback_button
from bot.views.help import help_button
from bot.views.keepsakes import keepsake_button
from bot.views.mentorships import HOW
from bot.views.partners import met
from core.rules.agreements import CADENCES
from core.rules.matches import PAUSES, EndReason, MatchState
from core.rules.profiles import TEXT
from core.services.held_meetings import MeetingView
from core.services.overviews import Mentorship
from core.words import calendar_day, day, duration

PRIVATE = "{partner} does not learn who ended it, or why. Both of you read the same kind words."


def goals_modal(seen: Mentorship) -> Json:
    """Goals and cadence as they stand, or as the student hoped in the beginning."""
    agreement = seen.agreement
    cadences = [option(name, name) for name in CADENCES]
    return modal(
        "Goals and cadence",
        Callback.GOALS,
        [
            question("Goals", text_input(Field.GOALS, agreement.goals or seen.wish, TEXT, lines=True)),
            question("Meet every", select(Field.CADENCE, cadences, agreement.every, placeholder="Choose one")),
            context(f"{escape(seen.partner.name)} is asked to agree. {HOW.partition('. ')[2]}"),
        ],
        submit="Propose",
        carries=seen.match_id,
    )


def pause_modal(seen: Mentorship) -> Json:
    """For how long."""
    return modal(
        "Pause this mentorship",
        Callback.PAUSE_MATCH,
        [
            section("You both get no reminders until then. It goes on by itself, or when one of you resumes."),
            question("Pause for", select(Field.PAUSE_SPAN, [option(name, name) for name in PAUSES], "2 weeks")),
        ],
        submit="Pause",
        carries=seen.match_id,
    )


def end_modal(seen: Mentorship) -> Json:
    """Why, for staff alone."""
    return _ending(seen, "End this mentorship", Callback.END_MATCH, "End it", PRIVATE)


def another_modal(seen: Mentorship) -> Json:
    """The same, and a new search with it."""
    told = f"This ends your mentorship, and we look for another mentor with the same wish. {PRIVATE}"
    return _ending(seen, "Find another mentor", Callback.FIND_ANOTHER, "Find another", told)


def _ending(seen: Mentorship, title: str, callback: Callback, submit: str, told: str) -> Json:
    reasons = [option(reason, reason) for reason in EndReason]
    return modal(
        title,
        callback,
        [
            section(told.format(partner=escape(seen.partner.name))),
            question("Reason", select(Field.END_REASON, reasons, placeholder="Choose one"), hint="Only staff read it."),
            question(
                "Note", text_input(Field.END_NOTE, "", TEXT, lines=True), required=False, hint="Only staff read it."
            ),
        ],
        submit=submit,
        carries=seen.match_id,
    )


def manage_modal(seen: Mentorship, history: Sequence[MeetingView] = ()) -> Json:
    """How a mentorship stands with its last meetings, and a line and a button for each thing that can be done now."""
    partner = escape(seen.partner.name)
    return modal(
        "Your mentorship",
        Callback.NOTICE,
        [
            section(f"*You and {partner}*\n{_standing(seen)}"),
            *titled("Goals", seen.agreement.goals),
            *([context(line)] if (line := met(seen)) else []),
            *_history(history),
            divider(),
            *_deeds(seen),
        ],
    )


def _history(held: Sequence[MeetingView]) -> list[Json]:
    lines = [f"• {calendar_day(one.held_on)}: {duration(one.minutes)}, {escape(one.kind.lower())}" for one in held]
    return [section("\n".join(("*Your last meetings*", *lines)))] if lines else []


def _standing(seen: Mentorship) -> str:
    tz = seen.person.tz
    match seen.state:
        case MatchState.PAUSED if seen.paused_until:
            return f"Paused until {day_mark(seen.paused_until, tz)}, when it goes on by itself."
        case MatchState.COMPLETED if seen.ended_at:
            return f"Completed {on_day(seen.ended_at, tz)}."
        case MatchState.ENDED if seen.ended_at:
            return f"It came to an end {on_day(seen.ended_at, tz)}."
        case _:
            return f"Since {day(seen.started_at, tz)}. {_agreed(seen)}"


def _agreed(seen: Mentorship) -> str:
    agreement = seen.agreement
    if not agreement.goals:
        return "Goals and cadence are not set yet."
    if seen.asks_me:
        return f"{escape(seen.partner.name)} proposes to meet every {agreement.every}, and waits for your answer."
    if agreement.is_open:
        return f"You proposed to meet every {agreement.every}. {escape(seen.partner.name)} is asked to agree."
    return f"You agreed to meet every {agreement.every}."


def _deeds(seen: Mentorship) -> list[Json]:
    id_ = seen.match_id
    if seen.state is MatchState.COMPLETED:
        told = "*Keepsake*\nGoals, meetings and what you did, on a page to print."
        return [section(told, beside=keepsake_button(id_)), *_help(seen)]
    if not seen.is_live:
        return _help(seen)
    sure = confirm(
        "Complete this mentorship?",
        "It is over for both of you then, and each gets a keepsake of what you did.",
        "Complete",
        "Not yet",
    )
    return [
        *_goals_deeds(seen),
        section(
            "*Feedback*\nSay how it is going, in private or shared.",
            beside=feedback_button(id_),
        ),
        *_help(seen),
        *_pausing(seen),
        section(
            "*Complete*\nYou have done what you came for. Both of you get a keepsake.",
            beside=button("Complete", Action.MATCH_COMPLETE, id_, confirm=sure),
        ),
        section(
            "*End*\nStop before that, without blame. Only staff read why.", beside=button("End", Action.MATCH_END, id_)
        ),
        *_another(seen),
    ]


def _help(seen: Mentorship) -> list[Json]:
    told = f"*Is something wrong?*\nOnly staff read it, {escape(seen.partner.name)} never does."
    return [section(told, beside=help_button(seen.match_id))]


def _goals_deeds(seen: Mentorship) -> list[Json]:
    id_, agreement = seen.match_id, seen.agreement
    told = "*Goals and cadence*\nWhat you two want to reach, and how often you meet."
    blocks = [section(told, beside=button("Change" if agreement.goals else "Set goals", Action.MATCH_GOALS, id_))]
    if seen.asks_me:
        agree = button("Agree", Action.MATCH_AGREE, f"{id_} {agreement.version}", style="primary")
        blocks.append(section(f"*Agree*\nSay yes to what {escape(seen.partner.name)} proposes.", beside=agree))
    return blocks


def _pausing(seen: Mentorship) -> list[Json]:
    if seen.state is MatchState.PAUSED:
        resume = button("Resume", Action.MATCH_RESUME, seen.match_id)
        return [section("*Resume*\nGo on now, before the pause is over.", beside=resume)]
    pause = button("Pause", Action.MATCH_PAUSE, seen.match_id)
    return [section("*Pause*\nNo reminders for a while. It goes on by itself.", beside=pause)]


def _another(seen: Mentorship) -> list[Json]:
    if not seen.i_am_student:
        return []
    find = button("Find another mentor", Action.MATCH_ANOTHER, seen.match_id)
    return [section("*Find another mentor*\nEnds this one, and asks again with the same wish.", beside=find)]
