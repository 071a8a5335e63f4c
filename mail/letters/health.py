"""How a mentorship does, for staff by letter: here only while Slack cannot be reached."""

from core.rules.health import HealthState
from core.services.health import HealthView
from core.words import day
from mail.letters.parts import Draft, Entry, Paragraph, Reader, SmallPrint, listing
from mail.letters.why import IS_STAFF_WITHOUT_SLACK
from mail.text import one_line

AT_RISK, OVER = "at_risk", "over"


def at_risk_letter(reader: Reader, match: HealthView) -> Draft:
    """A mentorship that came to be at risk, with causes and a step; once it no longer is, one line that says so."""
    pair = f"{one_line(match.student_name)} and {one_line(match.mentor_name)}"
    thread = f"health.{match.match_id}"
    if match.state is not HealthState.AT_RISK:
        text = f"The mentorship of {pair} {'is not at risk any more' if match.state else 'is over'}"
        return Draft(text, (Paragraph(f"{text}."),), IS_STAFF_WITHOUT_SLACK, thread, OVER)
    since = f" since {day(match.since, reader.person.tz)}" if match.since else ""
    return Draft(
        subject=f"The mentorship of {pair} may be at risk",
        parts=(
            Paragraph(f"The mentorship of {pair} may be at risk{since}."),
            *listing("Why", (Entry("", cause) for cause in match.causes)),
            Paragraph(f"What you could do: {match.step}"),
            SmallPrint("From meetings, answers and ratings alone: nobody’s messages are read. Only staff see this."),
        ),
        why=IS_STAFF_WITHOUT_SLACK,
        thread=thread,
        standing=AT_RISK,
    )
