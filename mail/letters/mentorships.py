"""A mentorship by letter: goals and cadence, how it goes on, and the page on which everything can be done."""

from datetime import timedelta

from core.links import Purpose
from core.rules.matches import LIVE, MatchState
from core.services.matches import MatchView
from core.words import day
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Part, Reader, told
from mail.letters.why import PART_OF_IT
from mail.text import one_line

LASTING = timedelta(days=150)
"""A mentorship goes on for long, and so does the link to its page; later letters carry younger ones."""

FOLLOWING = "A time for the next meeting is a good beginning."

UNASKED, WAITING, PROPOSED, AGREED, OWN = "unasked", "waiting", "proposed", "agreed", "own"


def page_button(reader: Reader, match: MatchView, label: str = "See your mentorship", *, main: bool = False) -> Button:
    """To the page where this person sees how it stands, and does what there is to do."""
    return Button(label, reader.link(Purpose.MATCH, match.match_id, reader.now + LASTING), main=main)


def kick_off_letter(reader: Reader, match: MatchView) -> Draft:
    """To one side: what to reach, and how often to meet; once more when both have agreed."""
    partner = _partner(reader, match)
    standing = _standing(reader, match)
    agreement = match.agreement
    if match.state not in LIVE:
        return changed_letter(reader, match)
    if agreement.agreed_at:
        subject = f"You and {partner} agreed on your goals"
        opening = f"You and {partner} have agreed to meet every {agreement.every}."
        goals, label = told("Goals", agreement.goals), "See your mentorship"
    elif standing == PROPOSED:
        return goals_letter(reader, match)
    else:
        subject = f"What do you and {partner} want to reach?"
        opening = (
            f"What do you and {partner} want to reach, and how often will you meet? One of you writes it down, and the "
            "other agrees or changes it. You can change it later."
        )
        goals, label = told("You proposed", agreement.goals), "Change" if agreement.goals else "Set goals"
    button = page_button(reader, match, label, main=True)
    return _draft(match, subject, (Paragraph(opening), *goals, Buttons((button,))), standing)


def goals_letter(reader: Reader, match: MatchView) -> Draft:
    """To one side: the other proposes goals and cadence, and waits for an answer."""
    standing = _standing(reader, match)
    if match.state not in LIVE:
        return changed_letter(reader, match)
    if standing != PROPOSED:
        return kick_off_letter(reader, match)
    partner, agreement = _partner(reader, match), match.agreement
    parts: tuple[Part, ...] = (
        Paragraph(f"{partner} proposes to meet every {agreement.every}, with these goals. They hold once you agree."),
        *told("Goals", agreement.goals),
        Buttons((page_button(reader, match, "Agree or change", main=True),)),
    )
    return _draft(match, f"{partner} proposes goals for your mentorship", parts, standing)


def changed_letter(reader: Reader, match: MatchView) -> Draft:
    """To one side: paused, going on (by itself or not), or over. Never who did it, or why."""
    partner = _partner(reader, match)
    subject, text = _news(match, partner, reader.person.tz)
    look = (Buttons((page_button(reader, match, main=True),)),) if match.state in LIVE else ()
    return _draft(match, subject, (Paragraph(text), *look), match.state)


def match_pause_over_letter(reader: Reader, match: MatchView) -> Draft:
    """To one side: the pause came to its date."""
    if match.state is not MatchState.ACTIVE:
        return changed_letter(reader, match)
    partner = _partner(reader, match)
    text = f"Your pause is over, and your mentorship with {partner} goes on. {FOLLOWING}"
    look = Buttons((page_button(reader, match, main=True),))
    return _draft(match, f"Your mentorship with {partner} goes on", (Paragraph(text), look), match.state)


def _news(match: MatchView, partner: str, tz: str) -> tuple[str, str]:
    if match.state is MatchState.COMPLETED:
        return f"Your mentorship with {partner} is completed", "Your mentorship is completed. Well done, both of you."
    if match.state not in LIVE:
        return (
            f"Your mentorship with {partner} has come to an end",
            f"Your mentorship with {partner} has come to an end. Thank you both for the time you gave each other; what "
            "you learned stays yours.",
        )
    if match.paused_until:
        until = day(match.paused_until, tz)
        return (
            f"Your mentorship with {partner} is paused",
            f"Your mentorship with {partner} is paused until {until}. We remind you of nothing until then, and it goes "
            "on by itself. Either of you can resume it earlier.",
        )
    return (
        f"Your mentorship with {partner} goes on",
        f"Your mentorship with {partner} goes on. {FOLLOWING}",
    )


def _standing(reader: Reader, match: MatchView) -> str:
    """How the goals stand for this reader. Whoever agreed last knows that both did."""
    agreement = match.agreement
    if match.state not in LIVE:
        return match.state
    if not agreement.goals:
        return UNASKED
    if agreement.is_open:
        return WAITING if reader.person.id in agreement.agreed_by else PROPOSED
    return OWN if agreement.agreed_by[-1:] == (reader.person.id,) else f"{AGREED} {agreement.version}"


def _partner(reader: Reader, match: MatchView) -> str:
    i_am_student = reader.person.id == match.student.person_id
    return one_line((match.mentor if i_am_student else match.student).name)


def _draft(match: MatchView, subject: str, parts: tuple[Part, ...], standing: str) -> Draft:
    return Draft(subject, parts, PART_OF_IT, f"match.{match.match_id}", standing)
