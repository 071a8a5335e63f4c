"""What staff read of mentorships at risk. Nobody else ever reads it: causes may tell what was said in confidence."""

from collections.abc import Sequence

from bot.blocks import Message, context, day_mark, escape, header, message, section
from core.rules.health import HealthState
from core.services.health import HealthView
from core.words import count, day, listed, upper_first

MOST_LISTED = 20
SOURCE = "From meetings, answers and ratings alone: nobody’s messages are read. Only staff see this."


def at_risk_message(match: HealthView) -> Message:
    """A mentorship that came to be at risk, with causes and a step. Once it no longer is, one line that says so."""
    if match.state is not HealthState.AT_RISK:
        text = f"The mentorship of {_pair(match)} {'is not at risk any more' if match.state else 'is over'}."
        return message(text, [section(text)])
    first, causes = f"The mentorship of {_pair(match)} may be at risk.", " ".join(match.causes)
    since = f"At risk since {day_mark(match.since, 'UTC')}. " if match.since else ""
    blocks = [
        section(f"*{first}*\n{_bullets(match)}"),
        section(f"*What you could do*\n{match.step}"),
        context(since + SOURCE),
    ]
    return message(f"{first} {causes} What you could do: {match.step}", blocks)


def at_risk_list_message(matches: Sequence[HealthView], tz: str) -> Message:
    """All mentorships at risk, for how long and why, each with its step."""
    if not matches:
        text = "No mentorship is at risk at the moment."
        return message(text, [section(text)])
    shown = matches[:MOST_LISTED]
    text = f"{upper_first(count(len(matches), 'mentorship'))} at risk: {listed([_pair(one) for one in shown])}."
    blocks = [header("Mentorships at risk")]
    for one in shown:
        since = f", since {day(one.since, tz)}" if one.since else ""
        blocks.append(section(f"*{_pair(one)}*{since}\n{_bullets(one)}\n_What you could do:_ {one.step}"))
    if len(matches) > len(shown):
        blocks.append(context(f"And {count(len(matches) - len(shown), 'more', 'more')}, which began later."))
    return message(text, [*blocks, context(SOURCE)])


def _pair(match: HealthView) -> str:
    return f"{escape(match.student_name)} and {escape(match.mentor_name)}"


def _bullets(match: HealthView) -> str:
    return "\n".join(f"• {cause}" for cause in match.causes)
