"""The people a person is matched with, on their Home tab: how each mentorship stands, and the next thing to do."""

from bot.blocks import Json, actions, and_more, button, context, day_mark, divider, mention, moment_mark, quote, section
from bot.ids import Action
from bot.views.meetings import log_button
from bot.views.scheduling import schedule_button
from core.rules.matches import MatchState
from core.services.listing import First
from core.services.overviews import Mentorship
from core.words import count, upper_first

IN_FULL = 5
GOALS = 200


def partner_blocks(seen: First[Mentorship]) -> list[Json]:
    """Each in full while they are few; of many, a line and a button each."""
    if seen.all > IN_FULL:
        return [*(block for one in seen for block in _in_short(one)), *and_more(seen.more)]
    return [block for number, one in enumerate(seen) for block in ([divider()] * (number > 0) + _in_full(one))]


def _in_full(seen: Mentorship) -> list[Json]:
    lines = [f"*{who(seen)}*", _agreed(seen)]
    return [
        section("\n".join(lines)),
        *([context(line)] if (line := met(seen)) else []),
        actions(*partner_buttons(seen)),
    ]


def _in_short(seen: Mentorship) -> list[Json]:
    told = [line for line in (_state(seen), met(seen)) if line]
    return [section("\n".join((f"*{who(seen)}*", *told)), beside=manage(seen))]


def manage(seen: Mentorship) -> Json:
    """To all that can be done."""
    return button("Manage", Action.MATCH_MANAGE, seen.match_id)


def met(seen: Mentorship) -> str:
    """When they meet next and met last, and how often in all."""
    contact, tz = seen.contact, seen.person.tz
    parts = [
        f"Next meeting {moment_mark(contact.next, tz)}" if contact.next else "",
        f"Last met {day_mark(contact.last, tz)}" if contact.last else "",
        "You have not met yet" if seen.is_live and not (contact.last or contact.next) else "",
        f"{upper_first(count(contact.meetings, 'meeting'))} so far" if contact.meetings else "",
    ]
    return " · ".join(filter(None, parts))


def who(seen: Mentorship) -> str:
    """The other side, marked up."""
    return mention(seen.partner.slack_user_id, seen.partner.name)


def _state(seen: Mentorship) -> str:
    if seen.state is MatchState.PAUSED and seen.paused_until:
        return f"Paused until {day_mark(seen.paused_until, seen.person.tz)}"
    if seen.asks_me:
        return "Proposes goals, and waits for your answer"
    return ""


def _agreed(seen: Mentorship) -> str:
    """How it stands, and what they want to reach."""
    agreement = seen.agreement
    paused = f"{state}. " if seen.state is MatchState.PAUSED and (state := _state(seen)) else ""
    if not agreement.goals:
        return f"{paused}You have not set goals yet."
    goals = quote(agreement.goals, GOALS)
    if seen.asks_me:
        return f"{paused}Proposes to meet every {agreement.every}: {goals}"
    if agreement.is_open:
        return f"{paused}You proposed to meet every {agreement.every}: {goals}"
    return f"{paused}You meet every {agreement.every}: {goals}"


def partner_buttons(seen: Mentorship) -> list[Json]:
    """What can be done next, and the way to all else."""
    id_, agreement = seen.match_id, seen.agreement
    if seen.state is MatchState.PAUSED:
        return [
            button("Resume", Action.MATCH_RESUME, id_),
            log_button(id_),
            manage(seen),
        ]
    made = []
    if seen.asks_me:
        made += [
            button("Agree", Action.MATCH_AGREE, f"{id_} {agreement.version}", style="primary"),
            button("Change", Action.MATCH_GOALS, id_),
        ]
    elif not agreement.goals:
        made.append(button("Set goals", Action.MATCH_GOALS, id_, style="primary"))
    return [*made, schedule_button(id_), log_button(id_), manage(seen)]
