"""Letters about deliveries themselves: the digest of a day, and for staff, what is out of order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from core import trouble_words
from core.services.troubles import TroubleView
from core.words import count
from mail.letters.parts import Buttons, Draft, Heading, Paragraph, Part
from mail.letters.why import IS_STAFF

WHY_DIGEST = "You get this because more came up in a day than we write of one by one: the rest comes in one letter."
OPEN, OVER = "open", "over"


def trouble_letter(trouble: TroubleView, trouble_id: UUID) -> Draft:
    """One thing that is out of order, and once it no longer is, that it is over."""
    what, advice = trouble_words.WHAT[trouble.name]
    thread = f"trouble.{trouble_id}"
    if trouble.ended_at:
        good = trouble_words.OVER[trouble.name]
        return Draft(good.removesuffix("."), (Paragraph(f"{good} Nothing is left to do."),), IS_STAFF, thread, OVER)
    seen = f"Reason: {trouble.code}, met by {count(trouble.messages, 'message')} so far."
    return Draft(what, (Paragraph(f"{what}. {advice.replace('`', '')}"), Paragraph(seen)), IS_STAFF, thread, OPEN)


def digest_letter(drafts: Sequence[Draft], digest_id: UUID) -> Draft:
    """Everything that each of these letters would have said, with its buttons."""
    subject = f"{count(len(drafts), 'message').capitalize()} from your mentorship programme"
    return Draft(subject, tuple(_parts(drafts)), WHY_DIGEST, f"digest.{digest_id}")


def _parts(drafts: Sequence[Draft]) -> Iterator[Part]:
    for draft in drafts:
        yield Heading(draft.subject)
        for part in draft.parts:
            if isinstance(part, Buttons):
                yield Buttons(tuple(replace(button, main=False) for button in part.buttons))
            else:
                yield part
