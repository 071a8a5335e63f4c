"""From a kind of message to the letter that says it: read now, drawn now."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from core.links import Links, Purpose
from core.notifications import MANNERS, Kind
from core.rules.errors import NotFound
from core.services.deliveries import NothingToSay
from core.services.digests import held_back
from core.services.people import by_id
from core.services.policies import current_policies
from core.uow import Reading
from mail.letters.deliveries import digest_letter
from mail.letters.letter import Letter
from mail.letters.parts import Button, Draft, Reader
from mail.rendering import html, text
from mail.text import one_line
from mail.worth import worth_sending
from mail.writers import matches, offers, privacy, questions, staff
from mail.writers.access import Writer

A_YEAR = timedelta(days=365)


def compose(reading: Reading, kind: Kind, subject_id: UUID, person_id: UUID, links: Links) -> Letter:
    """The letter of this kind about this subject for this person, as things stand.

    Raises `NotFound` if there is no such subject, or if it is none of this person's business.
    """
    reader = Reader(by_id(reading, person_id), links, reading.now)
    draft, contact = WRITERS[kind](reading, reader, subject_id), current_policies(reading).contact
    return drawn(draft, reader, optional=MANNERS[kind].optional, contact=contact)


def drawn(draft: Draft, reader: Reader, *, optional: bool, contact: str = "") -> Letter:
    """Draw a letter both ways. An optional one can be refused, and says how. `contact` is how staff are reached."""
    refusal = reader.link(Purpose.UNSUBSCRIBE, reader.person.id, reader.now + A_YEAR) if optional else ""
    refuse = (Button("Stop letters that are optional", refusal),) if optional else ()
    ways_out = (*draft.ways_out, *refuse, *_privacy(reader))
    name = reader.person.name
    return Letter(
        subject=one_line(draft.subject),
        text=text(name, draft, ways_out, contact),
        html=html(name, draft, ways_out, contact),
        thread=draft.thread,
        standing=draft.standing,
        optional=optional,
        unsubscribe_url=refusal,
        event=draft.event,
    )


def _privacy(reader: Reader) -> tuple[Button, ...]:
    """Who is not in Slack has no command for it."""
    if reader.person.slack_user_id:
        return ()
    return (Button("Your data and privacy", reader.link(Purpose.PRIVACY, reader.person.id)),)


def _digest(reading: Reading, reader: Reader, digest_id: UUID) -> Draft:
    """Of what was held back, the letters that are still worth sending."""
    drafts = []
    for one in held_back(reading, digest_id):
        with suppress(NotFound):
            draft = WRITERS[one.kind](reading, reader, one.subject_id)
            if worth_sending(one.kind, draft.standing, is_change=False, told_last=None):
                drafts.append(draft)
    if not drafts:
        raise NothingToSay
    return digest_letter(drafts, digest_id)


WRITERS: Mapping[Kind, Writer] = {
    **offers.WRITERS,
    **matches.WRITERS,
    **questions.WRITERS,
    **staff.WRITERS,
    **privacy.WRITERS,
    Kind.DIGEST: _digest,
}
