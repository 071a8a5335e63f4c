"""The introduction by letter: to each side, who the other is, why they fit, and a first agenda."""

from core.links import Purpose
from core.rules.matches import LIVE
from core.rules.scores import TOPICS, telling
from core.services.matches import MatchView
from core.services.profiles import ProfileCard
from core.words import listed
from mail.letters.mentorships import page_button
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Part, Reader, listing, told, write_to
from mail.letters.reasons import reasons
from mail.text import one_line, quoted

WHY = "You get this because the two of you are student and mentor in this programme."


def introduction_letter(reader: Reader, match: MatchView) -> Draft:
    """To one side of a match. Both agreed to it, so each reads the other's address."""
    i_am_student = reader.person.id == match.student.person_id
    name = one_line((match.mentor if i_am_student else match.student).name)
    address = match.mentor_email if i_am_student else match.student_email
    return Draft(
        subject=f"Meet {name}, your {'mentor' if i_am_student else 'mentee'}",
        parts=(
            Paragraph(_opening(name, i_am_student, address)),
            *((Paragraph(match.welcome),) if match.welcome else ()),
            *_how_to_reach(reader, match, name, address),
            *reasons("Why you fit", match.criteria, *_names(match, i_am_student)),
            *told("What you hope for" if i_am_student else f"What {name} hopes for", match.wish),
            *listing("For your first meeting", _agenda(match, i_am_student), numbered=True),
            Paragraph("How often you meet, and how, is for the two of you to agree."),
        ),
        why=WHY,
        thread=f"match.{match.match_id}",
        standing=match.state,
    )


def _opening(name: str, i_am_student: bool, address: str | None) -> str:
    opening = f"{name} is your mentor now." if i_am_student else f"You are {name}'s mentor now."
    if address:
        return f"{opening} Write to them when it suits you: a few lines and two or three times to meet are plenty."
    return f"{opening} They read messages in Slack, have your address, and write to you first."


def _how_to_reach(reader: Reader, match: MatchView, name: str, address: str | None) -> tuple[Part, ...]:
    shown = listing("", (Entry("E-mail", address),) if address else ())
    if match.state not in LIVE:
        return shown
    write = (write_to(name, address, "Our first meeting"),) if address else ()
    plan = Button("Schedule a meeting", reader.link(Purpose.MEETING_SCHEDULE, match.match_id), main=not address)
    log = Button("Log a meeting", reader.link(Purpose.MATCH_LOG, match.match_id))
    return (*shown, Buttons((*write, plan, log, page_button(reader, match))))


def _names(match: MatchView, i_am_student: bool) -> tuple[str, str]:
    if i_am_student:
        return "you", one_line(match.mentor.name)
    return one_line(match.student.name), "you"


def _agenda(match: MatchView, i_am_student: bool) -> tuple[Entry, ...]:
    """Two points made of what both wrote and of nothing else, then the programme's own, then a first step."""
    partner = match.mentor if i_am_student else match.student
    hello = f"Get to know each other: {_who(partner)}."
    points = (hello, _common_ground(match, i_am_student), *match.agenda, _first_step(match))
    return tuple(Entry("", point) for point in points)


def _who(card: ProfileCard) -> str:
    headline = card.answers.headline
    return f"{one_line(card.name)} writes {quoted(headline)}" if headline.strip() else one_line(card.name)


def _common_ground(match: MatchView, i_am_student: bool) -> str:
    """The topic that weighed most, else what the mentor offers."""
    if best := next((part for part in telling(match.criteria) if part.criterion in TOPICS), None):
        other = "" if best.same_words else f" and {quoted(best.mentor_phrase)}"
        return f"Begin where you are closest, {best.criterion}: {quoted(best.student_phrase)}{other}."
    hear = f"Hear what {one_line(match.mentor.name)} can help with" if i_am_student else "Tell what you can help with"
    offers = match.mentor.answers.goals
    return f"{hear}: {quoted(offers)}." if offers.strip() else f"{hear}."


def _first_step(match: MatchView) -> str:
    """One step, and how to go on: by a way of meeting that both like, if there is one."""
    both = [way for way in match.student.answers.meet if way in match.mentor.answers.meet]
    ways = f" Ways to meet that you both like: {one_line(listed(both).lower())}." if both else ""
    return f"Agree on one step until the next meeting, and when that is.{ways}"
