"""An offer by letter: one student shown to one mentor; the reminder; and word that it is no longer needed."""

from collections.abc import Mapping
from uuid import UUID

from core.links import Purpose
from core.rules.offers import OfferState
from core.rules.scores import word
from core.services.offers import OfferCard
from core.services.profiles import ProfileCard
from core.wanted_words import ASKED_BY_NAME
from core.words import moment_there
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Part, Reader, SmallPrint, told
from mail.letters.reasons import reasons
from mail.letters.why import IS_MENTOR
from mail.text import one_line, quoted

OVER: Mapping[OfferState, tuple[str, str]] = {
    OfferState.TAKEN: (
        "{name} has found a mentor",
        "{name}, about whom we asked you, has found a mentor. Thank you for being willing. "
        "Nothing is left for you to do.",
    ),
    OfferState.WITHDRAWN: (
        "No answer needed for {name} any more",
        "You need not answer about {name} any more: the offer was taken back. Nothing is left for you to do.",
    ),
}
OTHERWISE = ("No answer needed for {name} any more", "Nothing is left for you to do about {name}.")


def offer_letter(reader: Reader, card: OfferCard, profile_id: UUID) -> Draft:
    """The offer while it is open; afterwards one kind line on how it ended. `profile_id` is the mentor's own."""
    if card.student is None:
        subject, text = (part.format(name=one_line(card.student_name)) for part in OVER.get(card.state, OTHERWISE))
        return _draft(reader, card, profile_id, subject, (Paragraph(text),))
    subject = f"Would you mentor {one_line(card.student_name)}?"
    return _draft(reader, card, profile_id, subject, _open_parts(reader, card, card.student))


def reminder_letter(reader: Reader, card: OfferCard, profile_id: UUID) -> Draft:
    """The same offer again, shorter, while there is still time to answer."""
    if card.student is None:
        return offer_letter(reader, card, profile_id)
    name = one_line(card.student_name)
    parts = (
        Paragraph(
            f"{name} still hopes to hear from you. You can answer until {moment_there(card.deadline, card.mentor_tz)}; "
            "after that we ask somebody else. A no is a good answer too."
        ),
        *told("Wants from a mentor", card.wish),
        *doors(reader, card),
    )
    return _draft(reader, card, profile_id, f"A reminder: would you mentor {name}?", parts)


def _open_parts(reader: Reader, card: OfferCard, student: ProfileCard) -> tuple[Part, ...]:
    name, headline = one_line(card.student_name), student.answers.headline
    who = f"{name}, {quoted(headline)}," if headline.strip() else name
    return (
        Paragraph(f"{who} is looking for a mentor. {ASKED_BY_NAME if card.asked_by_name else 'We thought of you.'}"),
        *told("Career goals", student.answers.goals),
        *told("Wants from a mentor", card.wish),
        *told("Anything else", card.anything_else),
        *reasons(fit(card), card.criteria, name, "you", points=True),
        Paragraph(
            f"Please answer by {moment_there(card.deadline, card.mentor_tz)}. "
            "Others may have been asked too; the first yes counts."
        ),
        *doors(reader, card),
    )


def fit(card: OfferCard) -> str:
    """`76 of 100, a strong fit`."""
    return f"{card.score:.0f} of 100, a {word(card.score)} fit"


def doors(reader: Reader, card: OfferCard) -> tuple[Part, ...]:
    """What a mentor can do about an open offer."""

    def door(label: str, purpose: Purpose, *, main: bool = False) -> Button:
        return Button(label, reader.link(purpose, card.offer_id, card.deadline), main)

    return (
        Buttons(
            (
                door("Accept", Purpose.OFFER_ACCEPT, main=True),
                door("Decline", Purpose.OFFER_DECLINE),
                door("Ask a question", Purpose.OFFER_ASK),
                door("View profile", Purpose.PROFILE_VIEW),
            )
        ),
        SmallPrint("Each of these opens a page. Nothing is decided until you confirm it there."),
    )


def ways_out(reader: Reader, profile_id: UUID) -> tuple[Button, ...]:
    """How a mentor keeps the next offers away."""
    return (Button("Pause new students", reader.link(Purpose.PAUSE, profile_id)),)


def _draft(reader: Reader, card: OfferCard, profile_id: UUID, subject: str, parts: tuple[Part, ...]) -> Draft:
    return Draft(
        subject=subject,
        parts=parts,
        why=IS_MENTOR,
        thread=f"offer.{card.offer_id}",
        standing=card.state,
        ways_out=ways_out(reader, profile_id),
    )
