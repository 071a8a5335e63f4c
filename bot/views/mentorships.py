"""A mentorship as its pair reads of it: goals and cadence, and how it goes on. Never who did it, or why."""

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    context,
    day_mark,
    escape,
    mention,
    message,
    section,
    titled,
)
from bot.ids import Action
from bot.views.scheduling import schedule_button
from core.rules.matches import LIVE, MatchState
from core.services.matches import MatchView
from core.services.profiles import ProfileCard
from core.words import day

QUESTION = "What do you two want to reach, and how often will you meet?"
HOW = "One of you writes it down, and the other agrees or changes it. You can change it later."
OVER: dict[MatchState, str] = {
    MatchState.COMPLETED: "your mentorship is completed. Well done, both of you.",
    MatchState.ENDED: "your mentorship has come to an end. Thank you both for the time you gave each other; what you "
    "learned stays yours.",
}


def kick_off_message(match: MatchView) -> Message:
    """To both at once: goals and cadence, from the question to what both agreed on."""
    return _goals(match, f"{_names(match)}, {QUESTION[0].lower()}{QUESTION[1:]}")


def goals_proposed_message(match: MatchView) -> Message:
    """To one side: the other proposes goals, or proposes to change them."""
    return _goals(match, f"Nothing is proposed any more. {QUESTION}")


def _goals(match: MatchView, asked: str) -> Message:
    agreement = match.agreement
    if match.state not in LIVE:
        return _goals_over(match)
    if not agreement.goals:
        blocks = [section(f"*{QUESTION}*\n{HOW}"), actions(_set_button(match, "Set goals", main=True))]
        return message(f"{asked} {HOW}", blocks)
    if agreement.is_open:
        return _proposal(match)
    text = f"{_names(match)} have agreed to meet every {agreement.every}."
    goals = titled("Goals", agreement.goals)
    schedule = schedule_button(match.match_id)
    return message(text, [section(f"*{text}*"), *goals, actions(schedule, _set_button(match, "Change"))])


def _goals_over(match: MatchView) -> Message:
    """The same once the match is over, with nothing left to press."""
    agreement = match.agreement
    if not agreement.agreed_at:
        text = f"{_names(match)}, your mentorship is over, so no goals are needed any more."
        return message(text, [section(text)])
    text = f"{_names(match)} had agreed to meet every {agreement.every}."
    return message(text, [section(text), *titled("Goals", agreement.goals)])


def _proposal(match: MatchView) -> Message:
    agreement = match.agreement
    by_student = match.student.person_id in agreement.agreed_by
    proposer, other = (match.student, match.mentor) if by_student else (match.mentor, match.student)
    proposes = f"{escape(proposer.name)} proposes to meet every {agreement.every}, with these goals."
    waits = f"It holds once {escape(other.name)} agrees."
    agree = button("Agree", Action.MATCH_AGREE, f"{match.match_id} {agreement.version}", style="primary")
    blocks = [
        section(f"*{proposes}*"),
        *titled("Goals", agreement.goals),
        context(waits),
        actions(agree, _set_button(match, "Change")),
    ]
    return message(f"{proposes} {waits}", blocks)


def changed_message(match: MatchView) -> Message:
    """To both at once: paused, going on, or over. The same words for both."""
    if match.state not in LIVE:
        text = f"{_names(match)}, {OVER[match.state]}"
        return message(text, [section(_mentioned(match, OVER[match.state]))])
    if match.paused_until:
        told = (
            "your mentorship is paused until {day}. We remind you of nothing until then, and it goes on by itself. "
            "Either of you can resume it earlier."
        )
        shown = told.format(day=day_mark(match.paused_until, match.student.tz))
        text = f"{_names(match)}, {told.format(day=day(match.paused_until, match.student.tz))}"
        resume = button("Resume", Action.MATCH_RESUME, match.match_id)
        return message(text, [section(_mentioned(match, shown)), actions(resume, manage_button(match))])
    return _goes_on(match, "your mentorship goes on.")


def match_pause_over_message(match: MatchView) -> Message:
    """To one side: the pause came to its date."""
    if match.state is not MatchState.ACTIVE:
        return changed_message(match)
    return _goes_on(match, "your pause is over, and your mentorship goes on.")


def _goes_on(match: MatchView, told: str) -> Message:
    following = "A time for the next meeting is a good beginning."
    schedule = schedule_button(match.match_id)
    blocks = [section(_mentioned(match, f"{told} {following}")), actions(schedule, manage_button(match))]
    return message(f"{_names(match)}, {told} {following}", blocks)


def manage_button(match: MatchView) -> Json:
    """To all that can be done about a mentorship. It never grows stale: it shows only what applies."""
    return button("Manage", Action.MATCH_MANAGE, match.match_id)


def _set_button(match: MatchView, label: str, *, main: bool = False) -> Json:
    return button(label, Action.MATCH_GOALS, match.match_id, style="primary" if main else None)


def _names(match: MatchView) -> str:
    return f"{escape(match.student.name)} and {escape(match.mentor.name)}"


def _mentioned(match: MatchView, told: str) -> str:
    return f"{_mention(match.student)} and {_mention(match.mentor)}, {told}"


def _mention(card: ProfileCard) -> str:
    return mention(card.slack_user_id, card.name)
