"""A match: the introduction that opens the pair's conversation."""

from bot.blocks import Json, Message, actions, escape, mention, message, quote_within, quoted, section, titled
from bot.views.meetings import log_button
from bot.views.reasons import not_compared, reason_block, reasons
from bot.views.scheduling import schedule_button
from core.rules.matches import LIVE
from core.rules.scores import TOPICS, telling
from core.services.matches import MatchView
from core.services.profiles import ProfileCard
from core.words import listed


def introduction_message(match: MatchView) -> Message:
    """To both at once: who they are, why they fit, what the student hopes for, and a first agenda."""
    student, mentor = escape(match.student.name), escape(match.mentor.name)
    text = (
        f"{student} and {mentor}, you are student and mentor now. "
        "Here is why you fit, and an agenda for your first meeting."
    )
    return message(text, _blocks(match))


def _blocks(match: MatchView) -> list[Json]:
    student, mentor = match.student, match.mentor
    return [
        section(f"Hello {_mention(student)} and {_mention(mentor)}, you are student and mentor now."),
        *([quoted(match.welcome)] if match.welcome else []),
        *_by_mail(match),
        *_why(match),
        *titled(f"What {student.name} hopes for", match.wish),
        section("\n".join(("*For your first meeting*", *_agenda(match)))),
        section("How often you meet, and how, is for the two of you to agree."),
        *([_buttons(match)] if match.state in LIVE else []),
    ]


def _by_mail(match: MatchView) -> list[Json]:
    """How to reach who is not in Slack: there is no conversation then in which the two would meet."""
    sides = ((match.student, match.student_email), (match.mentor, match.mentor_email))
    return [
        section(f"{escape(card.name)} is not in Slack. Please write to {escape(email)}, and they answer by e-mail.")
        for card, email in sides
        if email and not card.slack_user_id
    ]


def _why(match: MatchView) -> list[Json]:
    told = reasons(match.criteria, match.student.name, match.mentor.name)
    return [reason_block("Why you fit", [*told, *not_compared(match.criteria)])] if told else []


def _agenda(match: MatchView) -> list[str]:
    """Two points made of what both wrote and of nothing else, then the programme's own, then a first step."""
    own = (escape(point) for point in match.agenda)
    points = (_who_is_who(match.student, match.mentor), _common_ground(match), *own, _first_step(match))
    return [f"{number}. {point}" for number, point in enumerate(points, start=1)]


def _who_is_who(student: ProfileCard, mentor: ProfileCard) -> str:
    return f"Get to know each other: {_headline(student)} and {_headline(mentor)}."


def _headline(card: ProfileCard) -> str:
    return escape(card.name) + (f" ({quote_within(card.answers.headline)})" if card.answers.headline else "")


def _common_ground(match: MatchView) -> str:
    """The topic that weighed most, else what the mentor offers."""
    mentor = escape(match.mentor.name)
    if best := next((part for part in telling(match.criteria) if part.criterion in TOPICS), None):
        other = "" if best.same_words else f" and {quote_within(best.mentor_phrase)}"
        return f"Begin where you are closest, {best.criterion}: {quote_within(best.student_phrase)}{other}."
    if match.mentor.answers.goals:
        return f"Hear what {mentor} can help with: {quote_within(match.mentor.answers.goals)}."
    return f"Hear what {mentor} can help with."


def _first_step(match: MatchView) -> str:
    """One step, and how to go on: by a way of meeting that both like, if there is one."""
    both = [way for way in match.student.answers.meet if way in match.mentor.answers.meet]
    ways = f" Ways to meet that you both like: {escape(listed(both).lower())}." if both else ""
    return f"Agree on one step until the next meeting, and when that is.{ways}"


def _mention(card: ProfileCard) -> str:
    return mention(card.slack_user_id, card.name)


def _buttons(match: MatchView) -> Json:
    return actions(schedule_button(match.match_id, main=True), log_button(match.match_id))
