"""What people read when they are asked about a match, the same in Slack, in letters and on pages.

Names come as they are to be shown: escaped where they would be marked up.
"""

from collections.abc import Sequence

from core.rules.checkins import LAST_FIRST, LAST_SECOND, AskKind, AskState, CheckInAnswer
from core.rules.matches import LIVE
from core.services.asks import AskView
from core.services.help import HelpView
from core.words import listed, upper_first

SPANS = {7: "a week", 14: "two weeks", 30: "a month", 60: "two months", 90: "three months", 180: "half a year"}
MEANINGS = {5: "Very well", 4: "Well", 3: "All right", 2: "Not so well", 1: "Not well at all"}
"""What the numbers of a rating mean."""
ONLY_STAFF = "Only staff read what is said here. {partner} is not told, and sees it nowhere."


def first_line(partner: str, ask: AskView) -> str:
    """The question."""
    if ask.kind is AskKind.CLOSING:
        return f"Your mentorship with {partner} has come to its end. How was it?"
    day = int(ask.slot.removeprefix("day "))
    span = SPANS.get(day, f"{day} days")
    if ask.kind is AskKind.SURVEY:
        return f"You and {partner} have worked together for {span}. How is it going?"
    if day <= LAST_FIRST:
        return f"You and {partner} were introduced {span} ago. Have you met, and how is it going?"
    if day <= LAST_SECOND:
        return f"{upper_first(span)} with {partner} have passed. How is it going?"
    return f"How is it going with {partner}?"


def home_line(partner: str, ask: AskView) -> str:
    """The question on the Home tab, under a title that asks how it is going. It stands there for weeks, so it names no
    day."""
    return f"Your mentorship with {partner} is over. How was it?" if ask.kind is AskKind.CLOSING else f"With {partner}"


def sheet_line(partners: Sequence[str]) -> str:
    """The question about several matches at once."""
    return f"How is it going with {listed(partners)}?"


def privacy(ask: AskView, partner: str) -> str:
    """Who reads an answer; without a partner's name, for several asks together."""
    if ask.kind is AskKind.CHECK_IN:
        return f"One tap is enough. Only staff see your answer, {partner or 'your partner'} does not."
    return f"A number is enough. Only staff see it, unless you share it with {partner or 'your partner'}."


def outcome(partner: str, ask: AskView, any_time: str) -> str:
    """How it stands once it is not open any more. `any_time` names the way to say more without being asked."""
    if ask.state is AskState.ANSWERED:
        return f"{_said(partner, ask)} Thank you."
    if ask.match_state not in LIVE:
        return f"Your mentorship with {partner} is over, so this needs no answer any more."
    return f"This question about {partner} has had its time. Tell us how it is going whenever you like: {any_time}."


def _said(partner: str, ask: AskView) -> str:
    if ask.answer:
        return f"About {partner} you said “{ask.answer}”."
    shared = f", which {partner} can read" if ask.shared else ""
    return f"You gave your mentorship with {partner} {ask.rating or 0} of 5{shared}."


def next_step(partner: str, ask: AskView) -> str:
    """What would help now, after an answer that says something is missing."""
    if ask.state is not AskState.ANSWERED or ask.match_state not in LIVE:
        return ""
    match ask.answer:
        case CheckInAnswer.NOT_MET:
            return f"The first step is the hardest: three times to choose from make it easy for {partner}."
        case CheckInAnswer.COULD_BE_BETTER:
            return "If you like, tell us more. If something is wrong, staff help you in private."
        case _:
            return ""


def thanks(partner: str, report: HelpView) -> str:
    """What somebody reads who has asked staff for help."""
    told = f"Staff have your message and will write to you. {partner} is not told."
    if not report.apart:
        return told
    never = f"You and {partner} are never matched again, and we ask neither of you about this mentorship any more."
    stays = " It stays as it is until staff have spoken with you; they can end it for you." if report.is_running else ""
    return f"{told} {never}{stays}"


def report_line(person: str, partner: str, report: HelpView) -> str:
    """A report in one sentence, for staff."""
    role, other = ("student", "mentor") if report.i_am_student else ("mentor", "student")
    which = "their mentorship" if report.is_running else "their mentorship, which is over,"
    return f"{person} ({role}) asks for help, privately, about {which} with {partner} ({other})."


def apart_line(person: str, *, apart: bool) -> str:
    """Whether the pair is to be kept apart, for staff."""
    if apart:
        return f"{person} asked never to be matched with them again: it is done, and this pair gets no check-ins."
    return f"{person} did not ask to be kept apart from them."


def help_steps(person: str, partner: str, address: str, report: HelpView) -> list[str]:
    """What staff can do next. `address` is where the person is reached, if not in Slack."""
    where = f" at {address}" if address else ""
    first = f"Write to {person}{where} today, in private: ask what they wish for, and say what will happen."
    if not report.is_running:
        return [first, f"Speak with {partner} only if {person} agrees."]
    goes_on = f"The mentorship goes on until it is ended. If {person} wishes, end it for them, without giving a reason."
    return [first, goes_on, f"Speak with {partner} only if {person} agrees."]
