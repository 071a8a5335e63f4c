"""The keepsake of a completed mentorship by letter, with its page to print."""

from datetime import timedelta

from core.links import Purpose
from core.services.keepsakes import Keepsake
from core.words import count, day, duration
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Reader, listing, told
from mail.letters.why import PART_OF_IT
from mail.text import one_line

A_YEAR = timedelta(days=365)
MOST_DONE = 10


def keepsake_letter(reader: Reader, kept: Keepsake) -> Draft:
    """To one side: what the two did."""
    partner = one_line(kept.mentor_name if reader.person.id == kept.student_id else kept.student_name)
    tz = reader.person.tz
    met = f"{count(len(kept.meetings), 'meeting')}, {duration(kept.minutes)}" if kept.meetings else ""
    facts = (
        Entry("From", f"{day(kept.started_at, tz)} to {day(kept.ended_at, tz)}"),
        *((Entry("Together", met),) if met else ()),
        *((Entry("Agreed to meet", f"every {kept.every}"),) if kept.every else ()),
    )
    page = reader.link(Purpose.KEEPSAKE, kept.match_id, reader.now + A_YEAR)
    return Draft(
        subject=f"You and {partner} completed your mentorship",
        parts=(
            Paragraph(
                f"You and {partner} have completed your mentorship. Well done, both of you. This is yours to keep."
            ),
            *told("What you wanted to reach", kept.goals),
            *listing("", facts),
            *listing("What you did", (Entry("", one_line(item, 500)) for item in kept.done[:MOST_DONE])),
            Buttons((Button("Open the page to print", page, main=True),)),
        ),
        why=PART_OF_IT,
        thread=f"match.{kept.match_id}",
        standing="completed",
    )
